package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What would be held of the pair if every open buy and this one filled: at mid, this order at the
 * higher of mid and its own price. A negative position, from selling what was there before, counts
 * as none: it makes no room.
 */
record PositionLimitRule(QuoteLimit limit) implements RiskRule.OfOrder, RiskRule.Capping {

  static PositionLimitRule read(Parameters parameters) {
    return new PositionLimitRule(QuoteLimit.read(parameters, "limit"));
  }

  @Override
  public String code() {
    return RuleCodes.POSITION_LIMIT;
  }

  @Override
  public String limit(CheckedInput input) {
    return limit.text(input);
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (plan.side() == Side.SELL) {
      return null;
    }
    BigDecimal mid = input.snapshot().mid();
    BigDecimal room = limit.of(input).subtract(held(input.account(), mid));
    return VolumeSizing.volume(room, plan.referencePrice().max(mid));
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    if (plan.side() == Side.SELL) {
      return RuleAnswer.notApplicable("a sell", "A sell does not raise the position.");
    }
    AccountView account = input.account();
    BigDecimal mid = input.snapshot().mid();
    BigDecimal position = held(account, mid).add(plan.notional().max(plan.volume().multiply(mid)));
    String actual = Wording.amount(position, input.quote());
    return position.compareTo(limit.of(input)) > 0
        ? RuleAnswer.deny(
            actual,
            "The position in the pair would be worth "
                + actual
                + "; at most "
                + limit.text(input)
                + " is allowed.")
        : RuleAnswer.pass(actual, "The position in the pair stays within the limit.");
  }

  private static BigDecimal held(AccountView account, BigDecimal mid) {
    return account.pairPosition().max(BigDecimal.ZERO).add(account.pairOpenBuys()).multiply(mid);
  }
}
