package dev.signaltoorder.risk;

import java.time.Duration;
import java.time.Instant;

/** Signals that are too old, from the future, or past their own expiry. */
record StaleSignalRule(Duration maxAge, Duration maxFuture)
    implements RiskRule.OfSignal, Freshness {

  static StaleSignalRule read(Parameters parameters) {
    return new StaleSignalRule(parameters.seconds("max-age"), parameters.seconds("max-future"));
  }

  @Override
  public String code() {
    return RuleCodes.STALE_SIGNAL;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most "
        + Wording.seconds(maxAge)
        + " old, at most "
        + Wording.seconds(maxFuture)
        + " ahead, not expired";
  }

  @Override
  public Instant freshUntil(CheckedInput input) {
    Instant until = input.signal().eventTime().plus(maxAge);
    Instant expiresAt = input.signal().expiresAt();
    return expiresAt != null && expiresAt.isBefore(until) ? expiresAt : until;
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    Duration age = Duration.between(input.signal().eventTime(), input.now());
    Instant expiresAt = input.signal().expiresAt();
    if (expiresAt != null && input.now().isAfter(expiresAt)) {
      return RuleAnswer.deny(
          "expired at " + expiresAt,
          "The sender wanted it traded until " + expiresAt + "; it is " + input.now() + ".");
    }
    if (age.isNegative()) {
      String actual = Wording.seconds(age.negated()) + " ahead of our clock";
      return age.negated().compareTo(maxFuture) > 0
          ? RuleAnswer.deny(
              actual,
              "The signal is "
                  + actual
                  + "; at most "
                  + Wording.seconds(maxFuture)
                  + " is allowed.")
          : RuleAnswer.pass(actual, "The signal is fresh.");
    }
    String actual = Wording.seconds(age) + " old";
    return age.compareTo(maxAge) > 0
        ? RuleAnswer.deny(
            actual,
            "The signal is " + actual + "; at most " + Wording.seconds(maxAge) + " is allowed.")
        : RuleAnswer.pass(actual, "The signal is fresh.");
  }
}
