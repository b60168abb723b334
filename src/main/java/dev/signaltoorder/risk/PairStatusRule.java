package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.OrderType;
import org.jspecify.annotations.Nullable;

/**
 * The pair is known, and Kraken takes this kind of order in it now. Statuses as documented for
 * SystemStatus and AssetPairs: post_only takes post-only limit orders, limit_only limit orders,
 * cancel_only and maintenance no orders; a status that is not known here is denied.
 *
 * <p>A cancel only needs a known pair: Kraken itself refuses what it cannot do, and trying does no
 * harm.
 *
 * @param allowMissing accept a pair that Kraken gives no status (about one in eight)
 */
record PairStatusRule(boolean allowMissing) implements RiskRule.OfSignal {

  @Override
  public String code() {
    return RuleCodes.PAIR_STATUS;
  }

  static PairStatusRule read(Parameters parameters) {
    return new PairStatusRule(parameters.choice("missing-status").equals("allow"));
  }

  @Override
  public String limit(CheckedInput input) {
    return "pair and system online";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    String pairStatus = input.pair().status();
    if (input.action() == Action.CANCEL) {
      return RuleAnswer.pass("pair known", "A cancel only needs a known pair.");
    }
    String systemStatus = input.snapshot().systemStatus();
    String actual =
        "pair "
            + (pairStatus == null ? "without status" : Wording.shortened(pairStatus))
            + ", system "
            + Wording.shortened(systemStatus);
    OrderPlan plan = planning.planOrNull();
    if (pairStatus == null ? !allowMissing : !takes(pairStatus, plan)) {
      return RuleAnswer.deny(
          actual, "Kraken does not take this order in the pair now: " + actual + ".");
    }
    return takes(systemStatus, plan)
        ? RuleAnswer.pass(actual, "Kraken takes this order now.")
        : RuleAnswer.deny(
            actual, "Kraken as a whole does not take this order now: " + actual + ".");
  }

  private static boolean takes(String status, @Nullable OrderPlan plan) {
    return switch (status) {
      case "online" -> true;
      case "limit_only" -> plan != null && plan.type() == OrderType.LIMIT;
      case "post_only" -> plan != null && plan.postOnly();
      default -> false;
    };
  }
}
