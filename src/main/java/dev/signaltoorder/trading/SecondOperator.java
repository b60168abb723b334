package dev.signaltoorder.trading;

import dev.signaltoorder.trading.ActConfirmation.Act;
import java.time.Instant;

/**
 * Lets an act through when another operator has asked for the same a short while ago; otherwise the
 * wish is on record and waits. The second one does what the first one did: there is no button that
 * only says yes, so both have said what they want, and why.
 */
final class SecondOperator {
  private final AccountState state;
  private final ActConfirmation policy;

  SecondOperator(AccountState state, ActConfirmation policy) {
    this.state = state;
    this.policy = policy;
  }

  /**
   * Whether the act may be done now; if not, the step has its answer.
   *
   * @param of what the act is about, empty for the whole account; both must name the same
   */
  boolean agrees(Act act, String of, String actor, String reason, Step step, Instant now) {
    if (!policy.acts().contains(act)) {
      return true;
    }
    ConductFact.ActProposed proposed = state.waitingActs().find(act.name(), of);
    if (proposed == null || now.isAfter(proposed.expiresAt())) {
      Instant expiresAt = now.plus(policy.within());
      step.record(new ConductFact.ActProposed(act.name(), of, actor, reason, expiresAt));
      step.answer(CommandResult.waits(expiresAt));
      return false;
    }
    if (proposed.actor().equals(actor)) {
      step.answer(CommandResult.waits(proposed.expiresAt()));
      return false;
    }
    step.record(new ConductFact.ActConfirmed(act.name(), of, proposed.actor(), actor));
    return true;
  }
}
