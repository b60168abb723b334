package dev.signaltoorder.risk;

import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;

/**
 * The price is a multiple of the pair's tick and has no more decimals than Kraken takes, the volume
 * no more than the pair's lot decimals. Refused, never rounded: a rounded price is another price.
 */
record PairPrecisionRule() implements RiskRule.OfOrder {

  @Override
  public String code() {
    return RuleCodes.PAIR_PRECISION;
  }

  @Override
  public String limit(CheckedInput input) {
    PairRules pair = input.pair();
    return "tick "
        + Wording.number(pair.tickSize())
        + ", "
        + pair.priceDecimals()
        + " price and "
        + pair.lotDecimals()
        + " volume decimals";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    PairRules pair = input.pair();
    BigDecimal price = plan.limitPrice();
    String volume = "volume " + Wording.amount(plan.volume(), input.base());
    String actual =
        price == null ? volume : "price " + Wording.amount(price, input.quote()) + ", " + volume;
    if (decimals(plan.volume()) > pair.lotDecimals()) {
      return RuleAnswer.deny(
          actual,
          "The volume has more than the " + pair.lotDecimals() + " decimals that Kraken takes.");
    }
    if (price != null && decimals(price) > pair.priceDecimals()) {
      return RuleAnswer.deny(
          actual,
          "The price has more than the " + pair.priceDecimals() + " decimals that Kraken takes.");
    }
    if (price != null && price.remainder(pair.tickSize()).signum() != 0) {
      return RuleAnswer.deny(
          actual,
          "The price is not a multiple of the pair's tick, "
              + Wording.number(pair.tickSize())
              + ".");
    }
    return RuleAnswer.pass(actual, "Price and volume fit the pair.");
  }

  private static int decimals(BigDecimal value) {
    return value.stripTrailingZeros().scale();
  }
}
