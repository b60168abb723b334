package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.util.List;

/**
 * How many orders may be approved in the last second, minute, hour and UTC day, this one included,
 * over all strategies of the account. An exit counts for the pace of what comes after it, and is
 * not slowed down itself: positions can only be left as often as they were entered.
 */
record MessageThrottleRule(int perSecond, int perMinute, int perHour, int perDay)
    implements RiskRule.OfOrder {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static MessageThrottleRule read(Parameters parameters) {
    return new MessageThrottleRule(
        parameters.whole("per-second"),
        parameters.whole("per-minute"),
        parameters.whole("per-hour"),
        parameters.whole("per-day"));
  }

  @Override
  public String code() {
    return RuleCodes.MESSAGE_THROTTLE;
  }

  @Override
  public String limit(CheckedInput input) {
    return perSecond
        + " in 1 s, "
        + perMinute
        + " in 60 s, "
        + perHour
        + " in 3600 s, "
        + perDay
        + " today";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    long today = RecentApprovals.ofDay(input.account().recentApprovals(), input.now()).size() + 1L;
    Pace pace =
        new Pace(
            List.of(
                new Pace.Window("in 1 s", with(input, SECOND), perSecond),
                new Pace.Window("in 60 s", with(input, MINUTE), perMinute),
                new Pace.Window("in 3600 s", with(input, HOUR), perHour),
                new Pace.Window("today", today, perDay)));
    return input.onlyShrinks(plan)
        ? Exits.pass(input, plan, pace.actual(), Exits.AT_ANY_PACE)
        : pace.judged("the account");
  }

  private static long with(CheckedInput input, Duration window) {
    List<RecentApproval> approvals = input.account().recentApprovals();
    return RecentApprovals.within(approvals, input.now(), window).size() + 1L;
  }
}
