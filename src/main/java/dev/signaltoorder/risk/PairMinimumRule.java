package dev.signaltoorder.risk;

import dev.signaltoorder.market.PairRules;

/**
 * Kraken's smallest volume and smallest cost for the pair, and in any case more than nothing. Never
 * rounded up: a larger order is not what was asked for.
 */
record PairMinimumRule() implements RiskRule.OfOrder {

  @Override
  public String code() {
    return RuleCodes.PAIR_MINIMUM;
  }

  @Override
  public String limit(CheckedInput input) {
    PairRules pair = input.pair();
    return "at least "
        + Wording.amount(pair.orderMin(), input.base())
        + " and "
        + Wording.amount(pair.costMin(), input.quote());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    PairRules pair = input.pair();
    String actual =
        Wording.amount(plan.volume(), input.base())
            + ", "
            + Wording.amount(plan.notional(), input.quote());
    if (plan.volume().signum() <= 0 || plan.volume().compareTo(pair.orderMin()) < 0) {
      return RuleAnswer.deny(
          actual,
          "The order is for "
              + Wording.amount(plan.volume(), input.base())
              + "; Kraken takes no less than "
              + Wording.amount(pair.orderMin(), input.base())
              + ".");
    }
    return plan.notional().compareTo(pair.costMin()) < 0
        ? RuleAnswer.deny(
            actual,
            "The order is worth "
                + Wording.amount(plan.notional(), input.quote())
                + "; Kraken takes no less than "
                + Wording.amount(pair.costMin(), input.quote())
                + ".")
        : RuleAnswer.pass(actual, "The order is large enough for Kraken.");
  }
}
