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
   * @return what is in force now
   */
  static Fact.TradingHalted halt(
      AccountState state, Step step, String wanted, Sweep sweep, String actor, String reason) {
    Fact.TradingHalted before = state.halt();
    Fact.TradingHalted halt =
        new Fact.TradingHalted(inForce(before, wanted), actor, reason, inForce(before, sweep));
    step.record(halt);
    step.effect(
        new Effect.CloseGate(
            "halted (" + what(halt) + ") by " + actor, halt.scope().equals("ENTRIES")));
    return halt;
  }

  /** The scope that is in force once {@code wanted} is added to {@code before}. */
  static String inForce(Fact.@Nullable TradingHalted before, String wanted) {
    return before == null || covers(wanted, before.scope()) ? wanted : before.scope();
  }

  /** For people: the scope, and what it cancels beside entries. */
  static String what(Fact.TradingHalted halt) {
    return halt.scope() + halt.sweep().words();
  }

  /** What is cancelled beside entries once {@code wanted} is added to {@code before}. */
  static Sweep inForce(Fact.@Nullable TradingHalted before, Sweep wanted) {
    return before == null ? wanted : before.sweep().and(wanted);
  }

  /** Whether a halt cancels stops: then none is changed, and none is placed. */
  static boolean sweepsStops(Fact.@Nullable TradingHalted halt) {
    return halt != null && halt.scope().equals("CANCEL_ALL") && halt.sweep().stops();
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
      halt(state, step, scope, Sweep.ENTRIES, actor(wanted.rule()), wanted.reason());
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
