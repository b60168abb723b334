package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same order again: same strategy, pair and side, and the same size asked for or the same
 * volume, approved less than a window ago. A repeated delivery is caught earlier; this catches a
 * sender that sends one idea under two ids. What was asked for counts, because a moving price makes
 * another volume of the same 50 USD, and a limit makes another one of the same order.
 *
 * <p>A CLOSE is no repetition: it sells what is still held, and a second one finds that reserved.
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
    if (input.action() == Action.CLOSE) {
      return Exits.pass(input, plan, "a CLOSE", "and may be sent again until nothing is left");
    }
    AskedSize asked = input.asked(plan);
    List<RecentApproval> recent =
        RecentApprovals.within(input.account().recentApprovals(), input.now(), window);
    for (RecentApproval approval : recent) {
      String same = isOfSameKind(input, plan, approval) ? same(input, plan, asked, approval) : null;
      if (same != null) {
        String ago = Wording.seconds(Duration.between(approval.approvedAt(), input.now())) + " ago";
        return RuleAnswer.deny(
            same + " " + ago,
            "The strategy had the "
                + same
                + " "
                + ago
                + "; it may come again after "
                + Wording.seconds(window)
                + ".");
      }
    }
    return RuleAnswer.pass("none", "The strategy has not just had this order.");
  }

  private static boolean isOfSameKind(CheckedInput input, OrderPlan plan, RecentApproval approval) {
    return approval.strategy().equals(input.signal().strategy())
        && approval.pair().equals(plan.pair())
        && approval.side() == plan.side();
  }

  /** What both have in common; null when they are different orders. */
  private static @Nullable String same(
      CheckedInput input, OrderPlan plan, AskedSize asked, RecentApproval approval) {
    AskedSize before = approval.asked();
    if (before == null) {
      // Of an older version's approval only the volume is known.
      return approval.volume().compareTo(plan.volume()) == 0 ? "same order" : null;
    }
    if (asked.volume().compareTo(approval.volume()) == 0
        || asked.volume().compareTo(before.volume()) == 0) {
      return "same order";
    }
    return asked.sameRequest(before) ? "same order for " + asked.text(input) : null;
  }
}
