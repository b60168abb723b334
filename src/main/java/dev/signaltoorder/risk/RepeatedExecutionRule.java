package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Automated execution that repeats itself: after so many orders within a window a person must look.
 * What was approved before a person last resumed has been looked at.
 */
record RepeatedExecutionRule(int count, Duration window, HaltRequest.@Nullable Scope halt)
    implements RiskRule.OfOrder {

  static RepeatedExecutionRule read(Parameters parameters) {
    return new RepeatedExecutionRule(
        parameters.whole("count"), parameters.seconds("window"), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.REPEATED_EXECUTION;
  }

  @Override
  public String limit(CheckedInput input) {
    return count + " orders in " + Wording.seconds(window);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    List<RecentApproval> within =
        RecentApprovals.within(input.account().recentApprovals(), input.now(), window);
    Instant seen = input.history().resumedAfter();
    long orders = (seen == null ? within.size() : RecentApprovals.after(within, seen).size()) + 1L;
    String actual = Wording.count(orders, "order") + " in " + Wording.seconds(window);
    if (input.onlyShrinks(plan)) {
      return Breaker.shrinks(actual);
    }
    return orders > count
        ? RuleAnswer.deny(
                actual,
                "There would be " + actual + " without a person's look; allowed are " + count + ".")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "The number of automated orders needs no person's look.");
  }
}
