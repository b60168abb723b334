package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Enough in the book on the side that the order takes: asks for a buy, bids for a sell. An exit
 * takes what there is: the price collar bounds what it may give away.
 */
record DepthRule(BigDecimal multiple) implements RiskRule.OfOrder, RiskRule.Capping {

  static DepthRule read(Parameters parameters) {
    return new DepthRule(parameters.decimal("multiple"));
  }

  @Override
  public String code() {
    return RuleCodes.DEPTH;
  }

  @Override
  public String limit(CheckedInput input) {
    return "depth of at least " + Wording.number(multiple) + " times the order";
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (multiple.signum() == 0 || input.onlyShrinks(plan)) {
      return null;
    }
    MarketSnapshot market = input.snapshot();
    BigDecimal depth = plan.side() == Side.BUY ? market.askDepth() : market.bidDepth();
    return VolumeSizing.volume(depth, plan.referencePrice().multiply(multiple));
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    MarketSnapshot market = input.snapshot();
    BigDecimal depth = plan.side() == Side.BUY ? market.askDepth() : market.bidDepth();
    String actual =
        Wording.amount(depth, input.quote())
            + " for an order of "
            + Wording.amount(plan.notional(), input.quote());
    if (input.onlyShrinks(plan)) {
      return Exits.pass(input, plan, actual, "and takes what the book has");
    }
    return plan.notional().multiply(multiple).compareTo(depth) > 0
        ? RuleAnswer.deny(
            actual,
            "The book is too thin: there are "
                + actual
                + ", and "
                + Wording.number(multiple)
                + " times its value is asked for.")
        : RuleAnswer.pass(actual, "The book is deep enough for this order.");
  }
}
