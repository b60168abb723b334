package dev.signaltoorder.risk;

/** How many buys one position may be built of: 1 means that a position is never added to. */
record PyramidingRule(int maxEntries) implements RiskRule.OfOrder {

  static PyramidingRule read(Parameters parameters) {
    return new PyramidingRule(parameters.whole("max-entries"));
  }

  @Override
  public String code() {
    return RuleCodes.PYRAMIDING;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most " + maxEntries + " buys per position";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    if (plan.side() == Side.SELL) {
      return RuleAnswer.notApplicable("a sell", "A sell does not add to a position.");
    }
    long entries = input.history().strategyEntries() + 1L;
    String actual = "buy number " + entries;
    return entries > maxEntries
        ? RuleAnswer.deny(
            actual,
            "This would be "
                + actual
                + " of the strategy's position; at most "
                + maxEntries
                + " are allowed.")
        : RuleAnswer.pass(actual, "The strategy's position may be added to.");
  }
}
