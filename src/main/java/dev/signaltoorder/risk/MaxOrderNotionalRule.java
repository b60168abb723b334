package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The value of one order: the strictest limit of pair, strategy and source counts. */
record MaxOrderNotionalRule(QuoteLimit limit, SenderLimits senders, boolean exemptClose)
    implements RiskRule.OfOrder, RiskRule.Capping {

  static MaxOrderNotionalRule read(Parameters parameters) {
    return new MaxOrderNotionalRule(
        QuoteLimit.read(parameters, "limit"),
        SenderLimits.read(parameters),
        parameters.flag("exempt-close"));
  }

  @Override
  public String code() {
    return RuleCodes.MAX_ORDER_NOTIONAL;
  }

  @Override
  public String limit(CheckedInput input) {
    return Wording.amount(most(input), input.quote());
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (exemptClose && input.action() == Action.CLOSE) {
      return null;
    }
    return VolumeSizing.volume(most(input), plan.referencePrice());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    String actual = Wording.amount(plan.notional(), input.quote());
    if (exemptClose && input.action() == Action.CLOSE) {
      return RuleAnswer.notApplicable(actual, "A position may be closed at any value.");
    }
    return plan.notional().compareTo(most(input)) > 0
        ? RuleAnswer.deny(
            actual,
            "The order is worth "
                + actual
                + "; one order may be worth at most "
                + limit(input)
                + ".")
        : RuleAnswer.pass(actual, "The value of the order is within the limit.");
  }

  private BigDecimal most(CheckedInput input) {
    return senders.strictest(limit.of(input), input);
  }
}
