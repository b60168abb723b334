package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How far the trading result lies below its highest mark since a person last resumed. */
record DrawdownRule(LossLimit limit, HaltRequest.@Nullable Scope halt)
    implements RiskRule.OfOrder, RiskRule.OfLosses {

  static DrawdownRule read(Parameters parameters) {
    return new DrawdownRule(LossLimit.read(parameters), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.DRAWDOWN;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most " + limit.text(input);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal result = input.history().drawdown();
    if (input.onlyShrinks(plan)) {
      return Breaker.shrinks(amount(result, input));
    }
    return judge(Losses.of(input));
  }

  private static String amount(@Nullable BigDecimal result, CheckedInput input) {
    return result == null ? Wording.UNKNOWN : Wording.amount(result, input.quote());
  }

  @Override
  public RuleAnswer judge(Losses losses) {
    BigDecimal result = losses.drawdown();
    if (result == null) {
      throw new UnknownValueException("The account's result is not known.");
    }
    BigDecimal loss = result.max(BigDecimal.ZERO);
    String actual = Wording.amount(loss, losses.quote());
    if (loss.signum() == 0) {
      return RuleAnswer.pass(actual, "There is no loss.");
    }
    BigDecimal most = limit.of(losses);
    if (loss.compareTo(most) > 0) {
      losses.requirePrices("The distance from the highest mark");
    }
    return loss.compareTo(most) > 0
        ? RuleAnswer.deny(
                actual,
                "The result lies "
                    + actual
                    + " below its highest mark; at most "
                    + Wording.amount(most, losses.quote())
                    + " is allowed.")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "The result is near enough to its highest mark.");
  }
}
