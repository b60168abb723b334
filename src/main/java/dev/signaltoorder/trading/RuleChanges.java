package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a rule set takes effect: at once, at its time, or once a second operator confirmed it. */
final class RuleChanges {
  private final AccountState state;

  RuleChanges(AccountState state) {
    this.state = state;
  }

  void activate(Message.ActivateRules message, Step step, Instant now) {
    if (isNext(message.ruleSet(), step)) {
      takeEffect(message.ruleSet(), step, now);
    }
  }

  /** Rules that wait for their time are replaced by later ones that wait, or take effect. */
  private static void takeEffect(RuleSet ruleSet, Step step, Instant now) {
    if (ruleSet.activeFrom().isAfter(now)) {
      step.record(new ConductFact.RulesScheduled(ruleSet));
      step.answer(new CommandResult(true, "active from " + ruleSet.activeFrom()));
    } else {
      step.record(new Fact.RulesActivated(ruleSet));
      step.answer(new CommandResult(true, "active"));
    }
  }

  void propose(Message.ProposeRules message, Step step) {
    if (isNext(message.proposal().ruleSet(), step)) {
      step.record(new Fact.RulesProposed(message.proposal()));
      step.answer(new CommandResult(true, "waits for a second operator"));
    }
  }

  void confirm(Message.ConfirmRules message, Step step, Instant now) {
    RuleProposal proposal = pending(message.version(), step);
    if (proposal == null) {
      return;
    }
    if (now.isAfter(proposal.expiresAt())) {
      close(proposal, "EXPIRED", message.actor(), "confirmed too late", step);
      step.answer(new CommandResult(false, "the proposal expired at " + proposal.expiresAt()));
    } else if (proposal.ruleSet().author().equals(message.actor())) {
      step.answer(new CommandResult(false, "another operator than its author must confirm it"));
    } else {
      close(proposal, "CONFIRMED", message.actor(), "", step);
      RuleSet set = proposal.ruleSet();
      Instant from = set.activeFrom().isAfter(now) ? set.activeFrom() : now;
      takeEffect(
          new RuleSet(set.version(), from, set.author(), set.reason(), set.rules()), step, now);
    }
  }

  void reject(Message.RejectRules message, Step step) {
    RuleProposal proposal = pending(message.version(), step);
    if (proposal != null) {
      close(proposal, "REJECTED", message.actor(), message.reason(), step);
      step.answer(new CommandResult(true, "rejected"));
    }
  }

  void tick(Step step, Instant now) {
    RuleSet scheduled = state.ruleBook().scheduled();
    if (scheduled != null && !now.isBefore(scheduled.activeFrom())) {
      step.record(new Fact.RulesActivated(scheduled));
    }
    RuleProposal proposal = state.ruleBook().proposal();
    if (proposal != null && now.isAfter(proposal.expiresAt())) {
      close(proposal, "EXPIRED", "", "nobody confirmed it in time", step);
    }
  }

  private boolean isNext(RuleSet ruleSet, Step step) {
    RuleSet active = state.ruleBook().active();
    long expected = active == null ? 1 : active.version() + 1;
    if (ruleSet.version() != expected) {
      step.answer(
          new CommandResult(false, "the rules changed meanwhile: version " + (expected - 1)));
    }
    return ruleSet.version() == expected;
  }

  private @Nullable RuleProposal pending(long version, Step step) {
    RuleProposal proposal = state.ruleBook().proposal();
    if (proposal == null || proposal.ruleSet().version() != version) {
      step.answer(new CommandResult(false, "no rules of version " + version + " are proposed"));
      return null;
    }
    return proposal;
  }

  private static void close(
      RuleProposal proposal, String how, String actor, String reason, Step step) {
    step.record(new Fact.RulesProposalClosed(proposal.ruleSet().version(), how, actor, reason));
  }
}
