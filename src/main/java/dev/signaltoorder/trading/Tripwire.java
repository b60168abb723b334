package dev.signaltoorder.trading;

/**
 * What happens when something is seen that must never be: it is written down with its numbers, the
 * account is halted, and a person is told. Once per case: what was reported is not reported again,
 * so that an operator who has understood it can resume.
 */
final class Tripwire {
  static final String ACTOR = "invariant";

  private final AccountState state;

  Tripwire(AccountState state) {
    this.state = state;
  }

  /** Checks the state after a step. */
  void check(Step step) {
    for (Violation violation : Invariants.violations(state)) {
      trip(violation, step);
    }
  }

  void trip(Violation violation, Step step) {
    if (state.tallies().isReported(violation)) {
      return;
    }
    step.record(
        new Fact.InvariantViolated(
            violation.kind().code(),
            violation.detail(),
            violation.signalId(),
            violation.orderId()));
    String reason = violation.kind().code() + ": " + violation.detail();
    Fact.TradingHalted halt = state.halt();
    if (halt == null || halt.scope().equals("ENTRIES")) {
      step.record(new Fact.TradingHalted("ALL", ACTOR, reason, Sweep.ENTRIES));
    }
    step.effect(new Effect.CloseGate(reason, false));
    step.effect(new Effect.Alarm("halted: " + reason));
  }
}
