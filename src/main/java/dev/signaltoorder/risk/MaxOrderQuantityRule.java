package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The volume of one order: the pair's own limit, or what the largest notional buys at mid, times a
 * factor. The mid price, not the order's: a wrong price must not make a wrong volume look right.
 *
 * @param perPair base units, by upper-case pair
 */
record MaxOrderQuantityRule(
    Map<String, BigDecimal> perPair,
    BigDecimal factor,
    QuoteLimit maxOrderNotional,
    boolean exemptClose)
    implements RiskRule.OfOrder, RiskRule.Capping {

  private static final int DECIMALS = 18;

  @Override
  public String code() {
    return RuleCodes.MAX_ORDER_QUANTITY;
  }

  /**
   * @param maxOrderNotional of the rule of that name
   */
  static MaxOrderQuantityRule read(Parameters parameters, QuoteLimit maxOrderNotional) {
    return new MaxOrderQuantityRule(
        parameters.overrides("limit"),
        parameters.decimal("factor"),
        maxOrderNotional,
        parameters.flag("exempt-close"));
  }

  @Override
  public String limit(CheckedInput input) {
    return Wording.amount(most(input), input.base());
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (exemptClose && input.action() == Action.CLOSE) {
      return null;
    }
    return most(input);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    String actual = Wording.amount(plan.volume(), input.base());
    if (exemptClose && input.action() == Action.CLOSE) {
      return RuleAnswer.notApplicable(actual, "A position may be closed at any volume.");
    }
    return plan.volume().compareTo(most(input)) > 0
        ? RuleAnswer.deny(
            actual,
            "The order is for " + actual + "; one order may be for at most " + limit(input) + ".")
        : RuleAnswer.pass(actual, "The volume of the order is within the limit.");
  }

  private BigDecimal most(CheckedInput input) {
    BigDecimal own = perPair.get(input.pairKey());
    return own != null
        ? own
        : maxOrderNotional
            .of(input)
            .multiply(factor)
            .divide(input.snapshot().mid(), DECIMALS, RoundingMode.DOWN);
  }
}
