package dev.signaltoorder.trading;

import java.util.List;

/** How a halt comes into force, whoever asks for it. */
final class Halts {
  /** From the narrowest to the widest. */
  private static final List<String> SCOPES = List.of("ENTRIES", "ALL", "CANCEL_ALL");

  private Halts() {}

  /**
   * Halts. A narrower halt never lifts a wider one: only a resume does, with its reason.
   *
   * @return the scope that is in force now
   */
  static String halt(AccountState state, Step step, String wanted, String actor, String reason) {
    Fact.TradingHalted before = state.halt();
    String scope = before == null || covers(wanted, before.scope()) ? wanted : before.scope();
    step.record(new Fact.TradingHalted(scope, actor, reason));
    step.effect(
        new Effect.CloseGate("halted (" + scope + ") by " + actor, scope.equals("ENTRIES")));
    return scope;
  }

  /** Halts for a rule, unless as much is halted already. */
  static void haltByRule(AccountState state, Step step, String wanted, String rule, String reason) {
    Fact.TradingHalted before = state.halt();
    if (before == null || !covers(before.scope(), wanted)) {
      halt(state, step, wanted, "rule " + rule, reason);
      step.effect(new Effect.Alarm("the rule " + rule + " halted " + wanted + ": " + reason));
    }
  }

  private static boolean covers(String scope, String other) {
    return SCOPES.indexOf(scope) >= SCOPES.indexOf(other);
  }
}
