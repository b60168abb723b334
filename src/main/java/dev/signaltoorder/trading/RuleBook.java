package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import org.jspecify.annotations.Nullable;

/** The rules that are active, and those that wait for a second operator. */
final class RuleBook {
  private @Nullable RuleSet active;
  private @Nullable RuleProposal proposal;

  void activated(Fact.RulesActivated fact) {
    active = fact.ruleSet();
    // It was for the version that these rules have now.
    proposal = null;
  }

  void proposed(Fact.RulesProposed fact) {
    proposal = fact.proposal();
  }

  void closed() {
    proposal = null;
  }

  void restore(@Nullable RuleSet rules, @Nullable RuleProposal waiting) {
    active = rules;
    proposal = waiting;
  }

  /** Null before the first rules. */
  @Nullable RuleSet active() {
    return active;
  }

  /** Null when none wait. */
  @Nullable RuleProposal proposal() {
    return proposal;
  }
}
