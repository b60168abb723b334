package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.HaltRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    String scope = inForce(state.halt(), wanted);
    step.record(new Fact.TradingHalted(scope, actor, reason));
    step.effect(
        new Effect.CloseGate("halted (" + scope + ") by " + actor, scope.equals("ENTRIES")));
    return scope;
  }

  /** The scope that is in force once {@code wanted} is added to {@code before}. */
  static String inForce(Fact.@Nullable TradingHalted before, String wanted) {
    return before == null || covers(wanted, before.scope()) ? wanted : before.scope();
  }

  /** What a judgement asks for beside an order: alarms, and a halt unless as much is halted. */
  static void askedFor(Decision decision, AccountState state, Step step) {
    for (String alarm : decision.alarms()) {
      step.effect(new Effect.Alarm(alarm));
    }
    HaltRequest wanted = decision.haltRequest();
    if (wanted != null) {
      askedFor(wanted, state, step);
    }
  }

  /** A rule asks for a halt: it comes into force unless as much is halted. */
  static void askedFor(HaltRequest wanted, AccountState state, Step step) {
    Fact.TradingHalted before = state.halt();
    if (before == null || !covers(before.scope(), wanted.scope().name())) {
      String scope = wanted.scope().name();
      halt(state, step, scope, actor(wanted.rule()), wanted.reason());
      step.effect(
          new Effect.Alarm(
              "the rule " + wanted.rule() + " halted " + scope + ": " + wanted.reason()));
    }
  }

  /** Who halted, when a rule did. */
  static String actor(String rule) {
    return "rule " + rule;
  }

  private static boolean covers(String scope, String other) {
    return SCOPES.indexOf(scope) >= SCOPES.indexOf(other);
  }
}
