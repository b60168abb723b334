package dev.signaltoorder.risk;

import java.time.Duration;
import java.time.Instant;

/** A market snapshot that is there and fresh. One from the future means that a clock has jumped. */
record StalePriceRule(Duration maxAge, Duration maxFuture) implements RiskRule.OfSignal, Freshness {

  static StalePriceRule read(Parameters parameters) {
    return new StalePriceRule(parameters.seconds("max-age"), parameters.seconds("max-future"));
  }

  @Override
  public String code() {
    return RuleCodes.STALE_PRICE;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most "
        + Wording.seconds(maxAge)
        + " old, at most "
        + Wording.seconds(maxFuture)
        + " ahead";
  }

  @Override
  public Instant freshUntil(CheckedInput input) {
    return input.snapshot().takenAt().plus(maxAge);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    return switch (input.action()) {
      case CANCEL, SHORT ->
          RuleAnswer.notApplicable("not needed", "No price is needed: no order is placed.");
      case BUY, SELL, CLOSE -> judge(Duration.between(input.snapshot().takenAt(), input.now()));
    };
  }

  private RuleAnswer judge(Duration age) {
    if (age.isNegative()) {
      String actual = Wording.seconds(age.negated()) + " ahead of our clock";
      return age.negated().compareTo(maxFuture) > 0
          ? RuleAnswer.deny(
              actual,
              "The market price is "
                  + actual
                  + "; at most "
                  + Wording.seconds(maxFuture)
                  + " is allowed.")
          : RuleAnswer.pass(actual, "The market snapshot is fresh.");
    }
    String actual = Wording.seconds(age) + " old";
    return age.compareTo(maxAge) > 0
        ? RuleAnswer.deny(
            actual,
            "The market price is "
                + actual
                + "; at most "
                + Wording.seconds(maxAge)
                + " is allowed.")
        : RuleAnswer.pass(actual, "The market snapshot is fresh.");
  }
}
