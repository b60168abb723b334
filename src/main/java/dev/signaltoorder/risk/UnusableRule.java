package dev.signaltoorder.risk;

/**
 * Stands in for a rule that the rule set does not have, or not in a readable form: denies always.
 *
 * @param sentence what is wrong with the rule set
 */
record UnusableRule(String code, String sentence) implements RiskRule.OfSignal {

  @Override
  public String limit(CheckedInput input) {
    return Wording.UNKNOWN;
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    return RuleAnswer.unknown(sentence);
  }
}
