package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Orders that Kraken refused or left in doubt, in percent of the last 20. */
record ErrorRateRule(BigDecimal limitPercent, HaltRequest.@Nullable Scope halt)
    implements RiskRule.OfOrder {

  private static final BigDecimal PERCENT_EACH = BigDecimal.valueOf(5);

  static ErrorRateRule read(Parameters parameters) {
    return new ErrorRateRule(parameters.decimal("limit"), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.ERROR_RATE;
  }

  @Override
  public String limit(CheckedInput input) {
    return Wording.percent(limitPercent) + " of the last 20 orders";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    int failures = input.history().recentFailures();
    BigDecimal percent = PERCENT_EACH.multiply(BigDecimal.valueOf(failures));
    String actual = Wording.percent(percent) + " (" + failures + " of 20)";
    if (input.onlyShrinks(plan)) {
      return Breaker.shrinks(actual);
    }
    return percent.compareTo(limitPercent) > 0
        ? RuleAnswer.deny(
                actual,
                "Of the last 20 orders "
                    + failures
                    + " were refused or left in doubt; at most "
                    + Wording.percent(limitPercent)
                    + " may be.")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "Kraken takes the orders.");
  }
}
