package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import java.math.BigDecimal;

/**
 * How far bid and ask may lie apart. An exit pays what there is: the price collar bounds what it
 * may give away.
 */
record SpreadRule(PairPercent limitPercent) implements RiskRule.OfOrder {

  static SpreadRule read(Parameters parameters) {
    return new SpreadRule(PairPercent.read(parameters, "limit"));
  }

  @Override
  public String code() {
    return RuleCodes.SPREAD;
  }

  @Override
  public String limit(CheckedInput input) {
    return Wording.percent(limitPercent.of(input)) + " of mid";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    MarketSnapshot market = input.snapshot();
    BigDecimal spread = market.ask().subtract(market.bid());
    String actual = Wording.percentOf(spread, market.mid());
    if (input.onlyShrinks(plan)) {
      return Exits.pass(input, plan, actual, "however far bid and ask lie apart");
    }
    // Compared without a division, so exactly.
    return spread.movePointRight(2).compareTo(limitPercent.of(input).multiply(market.mid())) > 0
        ? RuleAnswer.deny(
            actual,
            "Bid and ask lie "
                + actual
                + " apart; at most "
                + Wording.percent(limitPercent.of(input))
                + " is allowed.")
        : RuleAnswer.pass(actual, "Bid and ask are close together.");
  }
}
