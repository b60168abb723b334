package dev.signaltoorder.risk;

import org.jspecify.annotations.Nullable;

/**
 * What a rule says of one signal; the engine adds code and limit.
 *
 * @param actual what the signal would have been, with its unit
 * @param explanation one sentence
 * @param halt what must stop until a person resumes; null for nothing
 * @param alarm a person should know this at once
 */
record RuleAnswer(
    RuleResult.Verdict verdict,
    String actual,
    String explanation,
    HaltRequest.@Nullable Scope halt,
    boolean alarm) {

  static RuleAnswer pass(String actual, String explanation) {
    return new RuleAnswer(RuleResult.Verdict.PASS, actual, explanation, null, false);
  }

  static RuleAnswer deny(String actual, String explanation) {
    return new RuleAnswer(RuleResult.Verdict.DENY, actual, explanation, null, false);
  }

  static RuleAnswer notApplicable(String actual, String explanation) {
    return new RuleAnswer(RuleResult.Verdict.NOT_APPLICABLE, actual, explanation, null, false);
  }

  /** Denied because a value that the rule needs is unknown. */
  static RuleAnswer unknown(String explanation) {
    return deny(Wording.UNKNOWN, explanation);
  }

  /** The same answer, and a halt. */
  RuleAnswer withHalt(HaltRequest.@Nullable Scope scope) {
    return new RuleAnswer(verdict, actual, explanation, scope, alarm);
  }

  /** The same answer, and a person is told. */
  RuleAnswer withAlarm() {
    return new RuleAnswer(verdict, actual, explanation, halt, true);
  }
}
