package dev.signaltoorder.risk;

/** Stands in for an optional rule that the rule set leaves out. */
record SwitchedOffRule(String code) implements RiskRule.OfSignal {

  @Override
  public String limit(CheckedInput input) {
    return "off";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    return RuleAnswer.notApplicable("not asked", "The rule set does not have this rule.");
  }
}
