package dev.signaltoorder.risk;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** So many losses in a row in a pair: no entries there until it has cooled down. */
record LossStreakRule(int count, Duration cooldown, HaltRequest.@Nullable Scope halt)
    implements RiskRule.OfOrder, RiskRule.OfLosses {

  static LossStreakRule read(Parameters parameters) {
    return new LossStreakRule(
        parameters.whole("count"), parameters.seconds("cooldown"), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.LOSS_STREAK;
  }

  /** It counts what was sold. */
  @Override
  public boolean needsPrices() {
    return false;
  }

  @Override
  public String limit(CheckedInput input) {
    return "after " + count + " losses in a row " + Wording.seconds(cooldown) + " of rest";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    int losses = input.history().pairLosses();
    if (plan.side() == Side.SELL) {
      return RuleAnswer.notApplicable(inARow(losses), "A sell is no entry.");
    }
    return judge(Losses.of(input));
  }

  @Override
  public RuleAnswer judge(Losses losses) {
    Instant lostAt = losses.pairLostAt();
    String actual = inARow(losses.pairLosses());
    if (losses.pairLosses() < count) {
      return RuleAnswer.pass(actual, "The pair has not lost too often in a row.");
    }
    if (lostAt == null) {
      throw new UnknownValueException("It is not known when the pair last lost.");
    }
    actual =
        actual + ", the last " + Wording.seconds(Duration.between(lostAt, losses.now())) + " ago";
    return losses.now().isBefore(lostAt.plus(cooldown))
        ? RuleAnswer.deny(
                actual,
                "The pair has had " + actual + "; it rests for " + Wording.seconds(cooldown) + ".")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "The pair has rested long enough since its last loss.");
  }

  private static String inARow(int losses) {
    return losses + " losses in a row";
  }
}
