package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.util.List;

/**
 * The same order again: same strategy, pair, side and volume, approved less than a window ago. A
 * repeated delivery is caught earlier; this catches a sender that sends one idea under two ids.
 */
record DuplicateOrderRule(Duration window) implements RiskRule.OfOrder {

  static DuplicateOrderRule read(Parameters parameters) {
    return new DuplicateOrderRule(parameters.seconds("window"));
  }

  @Override
  public String code() {
    return RuleCodes.DUPLICATE_ORDER;
  }

  @Override
  public String limit(CheckedInput input) {
    return "no same order within " + Wording.seconds(window);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    List<RecentApproval> recent =
        RecentApprovals.within(input.account().recentApprovals(), input.now(), window);
    String strategy = input.signal().strategy();
    for (RecentApproval approval : recent) {
      if (approval.strategy().equals(strategy)
          && approval.pair().equals(plan.pair())
          && approval.side() == plan.side()
          && approval.volume().compareTo(plan.volume()) == 0) {
        String ago = Wording.seconds(Duration.between(approval.approvedAt(), input.now())) + " ago";
        return RuleAnswer.deny(
            "same order " + ago,
            "The strategy had the same order "
                + ago
                + "; it may come again after "
                + Wording.seconds(window)
                + ".");
      }
    }
    return RuleAnswer.pass("none", "The strategy has not just had this order.");
  }
}
