package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.util.List;

/**
 * How many orders one strategy may have approved in a minute and in a UTC day, with this one. An
 * exit counts for the pace of what comes after it, and is not slowed down itself.
 */
record StrategyThrottleRule(int perMinute, int perDay) implements RiskRule.OfOrder {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  static StrategyThrottleRule read(Parameters parameters) {
    return new StrategyThrottleRule(parameters.whole("per-minute"), parameters.whole("per-day"));
  }

  @Override
  public String code() {
    return RuleCodes.STRATEGY_THROTTLE;
  }

  @Override
  public String limit(CheckedInput input) {
    return perMinute + " in 60 s, " + perDay + " today";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    List<RecentApproval> all = input.account().recentApprovals();
    String strategy = input.signal().strategy();
    long inMinute = count(RecentApprovals.within(all, input.now(), MINUTE), strategy);
    long today = count(RecentApprovals.ofDay(all, input.now()), strategy);
    String actual = inMinute + " in 60 s, " + today + " today";
    if (input.onlyShrinks(plan)) {
      return Exits.pass(input, plan, actual, Exits.AT_ANY_PACE);
    }
    return inMinute > perMinute || today > perDay
        ? RuleAnswer.deny(
            actual,
            "The strategy would have " + actual + " orders; allowed are " + limit(input) + ".")
        : RuleAnswer.pass(actual, "The strategy's pace is within the limits.");
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
