package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.util.List;

/**
 * How many orders one strategy may have approved in a second, in a minute and in a UTC day, with
 * this one. An exit counts for the pace of what comes after it, and is not slowed down itself.
 */
record StrategyThrottleRule(int perSecond, int perMinute, int perDay) implements RiskRule.OfOrder {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  static StrategyThrottleRule read(Parameters parameters) {
    return new StrategyThrottleRule(
        parameters.whole("per-second"),
        parameters.whole("per-minute"),
        parameters.whole("per-day"));
  }

  @Override
  public String code() {
    return RuleCodes.STRATEGY_THROTTLE;
  }

  @Override
  public String limit(CheckedInput input) {
    return perSecond + " in 1 s, " + perMinute + " in 60 s, " + perDay + " today";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    List<RecentApproval> all = input.account().recentApprovals();
    String strategy = input.signal().strategy();
    long inSecond = count(RecentApprovals.within(all, input.now(), SECOND), strategy);
    long inMinute = count(RecentApprovals.within(all, input.now(), MINUTE), strategy);
    long today = count(RecentApprovals.ofDay(all, input.now()), strategy);
    Pace pace =
        new Pace(
            List.of(
                new Pace.Window("in 1 s", inSecond, perSecond),
                new Pace.Window("in 60 s", inMinute, perMinute),
                new Pace.Window("today", today, perDay)));
    return input.onlyShrinks(plan)
        ? Exits.pass(input, plan, pace.actual(), Exits.AT_ANY_PACE)
        : pace.judged("the strategy");
  }

  private static long count(List<RecentApproval> approvals, String strategy) {
    long count = 1;
    for (RecentApproval approval : approvals) {
      if (approval.strategy().equals(strategy)) {
        count++;
      }
    }
    return count;
  }
}
