package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import org.jspecify.annotations.Nullable;

/** The rules that are active, and those that wait: for a second operator, or for their time. */
final class RuleBook {
  private @Nullable RuleSet active;
  private @Nullable RuleProposal proposal;
  private @Nullable RuleSet scheduled;

  /** Everything, as values. */
  record Image(
      @Nullable RuleSet active, @Nullable RuleProposal proposal, @Nullable RuleSet scheduled) {}

  void activated(Fact.RulesActivated fact) {
    active = fact.ruleSet();
    // They were for the version that these rules have now.
    proposal = null;
    scheduled = null;
  }

  void proposed(Fact.RulesProposed fact) {
    proposal = fact.proposal();
  }

  void closed() {
    proposal = null;
  }

  void conduct(ConductFact fact) {
    if (fact instanceof ConductFact.RulesScheduled arranged) {
      scheduled = arranged.ruleSet();
    }
  }

  Image image() {
    return new Image(active, proposal, scheduled);
  }

  void restore(Image image) {
    active = image.active();
    proposal = image.proposal();
    scheduled = image.scheduled();
  }

  /** Null before the first rules. */
  @Nullable RuleSet active() {
    return active;
  }

  /** The highest number that is used here, by rules that are active or wait; 0 for none. */
  long highest() {
    long waiting = proposal == null ? 0 : proposal.ruleSet().version();
    long later = scheduled == null ? 0 : scheduled.version();
    return Math.max(Math.max(waiting, later), active == null ? 0 : active.version());
  }

  /** Null when none wait for a second operator. */
  @Nullable RuleProposal proposal() {
    return proposal;
  }

  /** Null when none wait for their time. */
  @Nullable RuleSet scheduled() {
    return scheduled;
  }
}
