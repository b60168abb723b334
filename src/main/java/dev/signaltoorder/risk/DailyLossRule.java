package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The loss of this UTC day, realised and open, in the quote asset of the pair. */
record DailyLossRule(LossLimit limit, HaltRequest.@Nullable Scope halt)
    implements RiskRule.OfOrder, RiskRule.OfLosses {

  static DailyLossRule read(Parameters parameters) {
    return new DailyLossRule(LossLimit.read(parameters), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.DAILY_LOSS;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most " + limit.text(input);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal result = input.history().dayResult();
    if (input.onlyShrinks(plan)) {
      return Breaker.shrinks(amount(result, input));
    }
    return judge(Losses.of(input));
  }

  /** A loss as what it is; a gain is none. */
  private static String amount(@Nullable BigDecimal result, CheckedInput input) {
    return result == null
        ? Wording.UNKNOWN
        : Wording.amount(result.negate().max(BigDecimal.ZERO), input.quote());
  }

  @Override
  public RuleAnswer judge(Losses losses) {
    BigDecimal result = losses.dayResult();
    if (result == null) {
      throw new UnknownValueException("The account's result is not known.");
    }
    BigDecimal loss = result.negate().max(BigDecimal.ZERO);
    String actual = Wording.amount(loss, losses.quote());
    if (loss.signum() == 0) {
      return RuleAnswer.pass(actual, "There is no loss.");
    }
    BigDecimal most = limit.of(losses);
    if (loss.compareTo(most) > 0) {
      losses.requirePrices("The loss of today");
    }
    return loss.compareTo(most) > 0
        ? RuleAnswer.deny(
                actual,
                "Today is a loss of "
                    + actual
                    + "; at most "
                    + Wording.amount(most, losses.quote())
                    + " is allowed.")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "The loss of this day is within the limit.");
  }
}
