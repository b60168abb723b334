package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleLoosening;
import dev.signaltoorder.risk.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a rule set takes effect: at once, at its time, or once a second operator confirmed it. Its
 * number is the same on all accounts, so it may be any that is higher than those known here. What
 * is here already is not recorded again: a change that did not reach every account may be repeated
 * (ADR 40).
 */
final class RuleChanges {
  private final AccountState state;

  RuleChanges(AccountState state) {
    this.state = state;
  }

  void activate(Message.ActivateRules message, Step step, Instant now) {
    RuleSet wanted = message.ruleSet();
    if (isHere(wanted, step) || !isFree(wanted, step)) {
      return;
    }
    RuleSet active = state.ruleBook().active();
    List<String> loosened =
        active == null || !message.onlyStricter()
            ? List.of()
            : RuleLoosening.of(active.rules(), wanted.rules());
    if (loosened.isEmpty()) {
      takeEffect(wanted, step, now);
    } else {
      step.answer(
          new CommandResult(
              false, "a second operator must confirm it here: " + String.join("; ", loosened)));
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
    RuleSet wanted = message.proposal().ruleSet();
    if (isHere(wanted, step)) {
      return;
    }
    RuleProposal proposal = state.ruleBook().proposal();
    if (proposal != null && isSame(proposal.ruleSet(), wanted)) {
      step.answer(new CommandResult(true, "waits for a second operator already"));
    } else if (isFree(wanted, step)) {
      step.record(new Fact.RulesProposed(message.proposal()));
      step.answer(new CommandResult(true, "waits for a second operator"));
    }
  }

  void confirm(Message.ConfirmRules message, Step step, Instant now) {
    RuleProposal proposal = pending(message.version());
    if (proposal == null) {
      // Confirmed before: the answer, or that of another account, was lost.
      boolean done = isActive(message.version()) || isScheduled(message.version());
      step.answer(new CommandResult(done, notPending(message.version())));
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
    RuleProposal proposal = pending(message.version());
    if (proposal == null) {
      step.answer(new CommandResult(false, notPending(message.version())));
    } else {
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

  /** Answers for rules that are active already, or wait for the same time. */
  private boolean isHere(RuleSet wanted, Step step) {
    RuleSet active = state.ruleBook().active();
    RuleSet scheduled = state.ruleBook().scheduled();
    if (active != null && isSame(active, wanted)) {
      step.answer(new CommandResult(true, "active already"));
      return true;
    }
    if (scheduled != null
        && isSame(scheduled, wanted)
        && scheduled.activeFrom().equals(wanted.activeFrom())) {
      step.answer(new CommandResult(true, "active from " + scheduled.activeFrom() + " already"));
      return true;
    }
    return false;
  }

  /** The same number never means two rule sets: whoever was not faster is refused. */
  private boolean isFree(RuleSet wanted, Step step) {
    RuleProposal proposal = state.ruleBook().proposal();
    RuleSet other =
        Stream.of(
                state.ruleBook().active(),
                state.ruleBook().scheduled(),
                proposal == null ? null : proposal.ruleSet())
            .filter(Objects::nonNull)
            .filter(set -> set.version() >= wanted.version() && !isSame(set, wanted))
            .findFirst()
            .orElse(null);
    if (other != null) {
      step.answer(
          new CommandResult(false, "the rules changed meanwhile: version " + other.version()));
    }
    return other == null;
  }

  private static boolean isSame(RuleSet one, RuleSet other) {
    return one.version() == other.version()
        && one.author().equals(other.author())
        && one.rules().equals(other.rules());
  }

  private boolean isActive(long version) {
    RuleSet active = state.ruleBook().active();
    return active != null && active.version() == version;
  }

  private boolean isScheduled(long version) {
    RuleSet scheduled = state.ruleBook().scheduled();
    return scheduled != null && scheduled.version() == version;
  }

  private @Nullable RuleProposal pending(long version) {
    RuleProposal proposal = state.ruleBook().proposal();
    return proposal != null && proposal.ruleSet().version() == version ? proposal : null;
  }

  private String notPending(long version) {
    if (isActive(version)) {
      return "version " + version + " is active already";
    }
    return isScheduled(version)
        ? "version " + version + " waits for its time already"
        : "no rules of version " + version + " are proposed";
  }

  private static void close(
      RuleProposal proposal, String how, String actor, String reason, Step step) {
    step.record(new Fact.RulesProposalClosed(proposal.ruleSet().version(), how, actor, reason));
  }
}
