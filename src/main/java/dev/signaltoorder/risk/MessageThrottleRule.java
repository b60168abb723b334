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
    long inSecond = with(input, SECOND);
    long inMinute = with(input, MINUTE);
    long inHour = with(input, HOUR);
    long today = RecentApprovals.ofDay(input.account().recentApprovals(), input.now()).size() + 1L;
    String actual =
        inSecond
            + " in 1 s, "
            + inMinute
            + " in 60 s, "
            + inHour
            + " in 3600 s, "
            + today
            + " today";
    if (input.onlyShrinks(plan)) {
      return Exits.pass(input, plan, actual, Exits.AT_ANY_PACE);
    }
    return inSecond > perSecond || inMinute > perMinute || inHour > perHour || today > perDay
        ? RuleAnswer.deny(
            actual, "There would be " + actual + " orders; allowed are " + limit(input) + ".")
        : RuleAnswer.pass(actual, "The pace of orders is within the limits.");
  }

  private static long with(CheckedInput input, Duration window) {
    List<RecentApproval> approvals = input.account().recentApprovals();
    return RecentApprovals.within(approvals, input.now(), window).size() + 1L;
  }
}
