package dev.signaltoorder.risk;

/**
 * What a rule says of one signal; the engine adds code and limit.
 *
 * @param actual what the signal would have been, with its unit
 * @param explanation one sentence
 */
record RuleAnswer(RuleResult.Verdict verdict, String actual, String explanation) {

  static RuleAnswer pass(String actual, String explanation) {
    return new RuleAnswer(RuleResult.Verdict.PASS, actual, explanation);
  }

  static RuleAnswer deny(String actual, String explanation) {
    return new RuleAnswer(RuleResult.Verdict.DENY, actual, explanation);
  }

  static RuleAnswer notApplicable(String actual, String explanation) {
    return new RuleAnswer(RuleResult.Verdict.NOT_APPLICABLE, actual, explanation);
  }

  /** Denied because a value that the rule needs is unknown. */
  static RuleAnswer unknown(String explanation) {
    return deny(Wording.UNKNOWN, explanation);
  }
}
