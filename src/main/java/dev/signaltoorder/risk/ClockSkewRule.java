package dev.signaltoorder.risk;

import java.math.BigDecimal;

/** How far our clock may be off Kraken's: ages, expiries and deadlines rest on it. */
record ClockSkewRule(BigDecimal limitSeconds, boolean allowMissing) implements RiskRule.OfOrder {

  static ClockSkewRule read(Parameters parameters) {
    return new ClockSkewRule(
        parameters.decimal("limit"), parameters.choice("missing").equals("allow"));
  }

  @Override
  public String code() {
    return RuleCodes.CLOCK_SKEW;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most " + Wording.amount(limitSeconds, "s") + " off";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal skew = input.history().clockSkewSeconds();
    if (skew == null) {
      return allowMissing
          ? RuleAnswer.pass("not measured", "Kraken's clock is not measured, and need not be.")
          : RuleAnswer.deny("not measured", "How far our clock is off Kraken's is not known.");
    }
    String actual =
        Wording.amount(skew.abs(), "s") + (skew.signum() < 0 ? " behind" : " ahead of") + " Kraken";
    return skew.abs().compareTo(limitSeconds) > 0
        ? RuleAnswer.deny(actual, "Our clock is " + actual + "; " + limit(input) + " is allowed.")
        : RuleAnswer.pass(actual, "Our clock agrees with Kraken's.");
  }
}
