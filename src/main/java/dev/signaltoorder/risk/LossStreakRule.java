package dev.signaltoorder.risk;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** So many losses in a row in a pair: no entries there until it has cooled down. */
record LossStreakRule(int count, Duration cooldown, HaltRequest.@Nullable Scope halt)
    implements RiskRule.OfOrder {

  static LossStreakRule read(Parameters parameters) {
    return new LossStreakRule(
        parameters.whole("count"), parameters.seconds("cooldown"), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.LOSS_STREAK;
  }

  @Override
  public String limit(CheckedInput input) {
    return "after " + count + " losses in a row " + Wording.seconds(cooldown) + " of rest";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    int losses = input.history().pairLosses();
    Instant lostAt = input.history().pairLostAt();
    String actual = losses + " losses in a row";
    if (plan.side() == Side.SELL) {
      return RuleAnswer.notApplicable(actual, "A sell is no entry.");
    }
    if (losses < count) {
      return RuleAnswer.pass(actual, "The pair has not lost too often in a row.");
    }
    if (lostAt == null) {
      throw new UnknownValueException("It is not known when the pair last lost.");
    }
    actual =
        actual + ", the last " + Wording.seconds(Duration.between(lostAt, input.now())) + " ago";
    return input.now().isBefore(lostAt.plus(cooldown))
        ? RuleAnswer.deny(
                actual,
                "The pair has had " + actual + "; it rests for " + Wording.seconds(cooldown) + ".")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "The pair has rested long enough since its last loss.");
  }
}
