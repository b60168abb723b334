package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The value of all orders approved this UTC day, buys and sells, with this one. */
record DailyNotionalRule(QuoteLimit limit, boolean exemptClose)
    implements RiskRule.OfOrder, RiskRule.Capping {

  static DailyNotionalRule read(Parameters parameters) {
    return new DailyNotionalRule(
        QuoteLimit.read(parameters, "limit"), parameters.flag("exempt-close"));
  }

  @Override
  public String code() {
    return RuleCodes.DAILY_NOTIONAL;
  }

  @Override
  public String limit(CheckedInput input) {
    return limit.text(input);
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (exemptClose && input.action() == Action.CLOSE) {
      return null;
    }
    BigDecimal room = limit.of(input).subtract(input.account().dailyNotional());
    return VolumeSizing.volume(room, plan.referencePrice());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal sum = input.account().dailyNotional().add(plan.notional());
    String actual = Wording.amount(sum, input.quote());
    if (exemptClose && input.action() == Action.CLOSE) {
      return RuleAnswer.notApplicable(actual, "A position may be closed on any day.");
    }
    return sum.compareTo(limit.of(input)) > 0
        ? RuleAnswer.deny(
            actual,
            "With this one, today's orders would be worth "
                + actual
                + "; at most "
                + limit.text(input)
                + " a day is allowed.")
        : RuleAnswer.pass(actual, "The orders of this day stay within the limit.");
  }
}
