package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of all orders approved this UTC day, buys and sells, with this one: of the account, and
 * of the strategy and the source where they have a limit.
 */
record DailyNotionalRule(QuoteLimit limit, SenderLimits senders, boolean exemptClose)
    implements RiskRule.OfOrder, RiskRule.Capping {

  /**
   * One limit and what counts against it.
   *
   * @param whose " of the strategy breakout"; empty for the account
   * @param before quote units without this order
   * @param most quote units
   */
  private record Day(String whose, BigDecimal before, BigDecimal most) {}

  static DailyNotionalRule read(Parameters parameters) {
    return new DailyNotionalRule(
        QuoteLimit.read(parameters, "limit"),
        SenderLimits.read(parameters),
        parameters.flag("exempt-close"));
  }

  @Override
  public String code() {
    return RuleCodes.DAILY_NOTIONAL;
  }

  @Override
  public String limit(CheckedInput input) {
    StringBuilder text = new StringBuilder(limit.text(input));
    BigDecimal strategy = senders.strategy(input);
    BigDecimal source = senders.source(input);
    if (strategy != null) {
      text.append(", strategy ").append(Wording.amount(strategy, input.quote()));
    }
    if (source != null) {
      text.append(", source ").append(Wording.amount(source, input.quote()));
    }
    return text.toString();
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (exemptClose && input.action() == Action.CLOSE) {
      return null;
    }
    BigDecimal room = null;
    for (Day day : days(input)) {
      BigDecimal left = day.most().subtract(day.before());
      room = room == null ? left : room.min(left);
    }
    return room == null ? null : VolumeSizing.volume(room, plan.referencePrice());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal sum = input.account().dailyNotional().add(plan.notional());
    if (exemptClose && input.action() == Action.CLOSE) {
      return RuleAnswer.notApplicable(
          Wording.amount(sum, input.quote()), "A position may be closed on any day.");
    }
    for (Day day : days(input)) {
      BigDecimal worth = day.before().add(plan.notional());
      if (worth.compareTo(day.most()) > 0) {
        String actual = Wording.amount(worth, input.quote());
        return RuleAnswer.deny(
            actual,
            "With this one, today's orders"
                + day.whose()
                + " would be worth "
                + actual
                + "; at most "
                + Wording.amount(day.most(), input.quote())
                + " a day is allowed.");
      }
    }
    return RuleAnswer.pass(
        Wording.amount(sum, input.quote()), "The orders of this day stay within the limit.");
  }

  private List<Day> days(CheckedInput input) {
    AccountView account = input.account();
    List<Day> days = new ArrayList<>();
    days.add(new Day("", account.dailyNotional(), limit.of(input)));
    BigDecimal strategy = senders.strategy(input);
    if (strategy != null) {
      String whose = " of the strategy " + input.signal().strategy();
      days.add(new Day(whose, known(account.strategyDailyNotional(), whose), strategy));
    }
    BigDecimal source = senders.source(input);
    if (source != null) {
      String whose = " of the source " + input.signal().source();
      days.add(new Day(whose, known(account.sourceDailyNotional(), whose), source));
    }
    return days;
  }

  private static BigDecimal known(@Nullable BigDecimal sum, String whose) {
    if (sum == null) {
      throw new UnknownValueException("Today's orders" + whose + " were not counted.");
    }
    return sum;
  }
}
