package dev.signaltoorder.risk;

import java.math.BigDecimal;

/**
 * How far the order's price may lie from the mid price, in both directions: a buy far above mid
 * overpays, and one far below it is a mistake too, or a signal for another market.
 */
record PriceCollarRule(PairPercent limitPercent) implements RiskRule.OfOrder {

  static PriceCollarRule read(Parameters parameters) {
    return new PriceCollarRule(PairPercent.read(parameters, "limit"));
  }

  @Override
  public String code() {
    return RuleCodes.PRICE_COLLAR;
  }

  @Override
  public String limit(CheckedInput input) {
    return Wording.percent(limitPercent.of(input)) + " from mid";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal mid = input.snapshot().mid();
    BigDecimal distance = plan.referencePrice().subtract(mid).abs();
    String actual =
        Wording.percentOf(distance, mid)
            + (plan.referencePrice().compareTo(mid) < 0 ? " below " : " above ")
            + Wording.amount(mid, input.quote());
    // Compared without a division, so exactly.
    return distance.movePointRight(2).compareTo(limitPercent.of(input).multiply(mid)) > 0
        ? RuleAnswer.deny(
            actual,
            "The price lies "
                + actual
                + ", the market's mid price; at most "
                + Wording.percent(limitPercent.of(input))
                + " is allowed.")
        : RuleAnswer.pass(actual, "The price is near the market.");
  }
}
