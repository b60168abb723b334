package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountHistory.PricePoint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A price collar over time: how far the mid price may have moved from any price seen within a
 * window. A market that runs is one that the signal did not know.
 */
record PriceMoveRule(BigDecimal limitPercent, Duration window, boolean allowMissing)
    implements RiskRule.OfOrder {

  static PriceMoveRule read(Parameters parameters) {
    return new PriceMoveRule(
        parameters.decimal("limit"),
        parameters.seconds("window"),
        parameters.choice("missing-history").equals("allow"));
  }

  @Override
  public String code() {
    return RuleCodes.PRICE_MOVE;
  }

  @Override
  public String limit(CheckedInput input) {
    return Wording.percent(limitPercent) + " in " + Wording.seconds(window);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal mid = input.snapshot().mid();
    Instant start = input.now().minus(window);
    List<PricePoint> prices = input.history().prices();
    PricePoint farthest = farthest(prices, start, mid);
    String actual = farthest == null ? "no earlier price" : moved(farthest, mid, input);
    if (input.onlyShrinks(plan)) {
      return Breaker.shrinks(actual);
    }
    if (farthest != null && tooFar(farthest.mid(), mid)) {
      return RuleAnswer.deny(
          actual,
          "The price has moved by " + actual + "; at most " + limit(input) + " is allowed.");
    }
    boolean covered = !prices.isEmpty() && !prices.get(0).seenAt().isAfter(start);
    if (!covered && !allowMissing) {
      return RuleAnswer.deny(
          actual, "No price is known from " + Wording.seconds(window) + " ago to compare with.");
    }
    return RuleAnswer.pass(actual, "The price has not run away.");
  }

  /**
   * The price that the market is farthest from. The last one before the window counts too: it was
   * the price when the window began.
   */
  private static @Nullable PricePoint farthest(
      List<PricePoint> prices, Instant start, BigDecimal mid) {
    PricePoint farthest = null;
    for (int i = prices.size() - 1; i >= 0; i--) {
      PricePoint point = prices.get(i);
      if (farthest == null || share(point.mid(), mid).compareTo(share(farthest.mid(), mid)) > 0) {
        farthest = point;
      }
      if (!point.seenAt().isAfter(start)) {
        return farthest;
      }
    }
    return farthest;
  }

  private static BigDecimal share(BigDecimal before, BigDecimal mid) {
    return mid.subtract(before).abs().divide(before, 18, RoundingMode.CEILING);
  }

  private boolean tooFar(BigDecimal before, BigDecimal mid) {
    // Compared without a division, so exactly.
    return mid.subtract(before).abs().movePointRight(2).compareTo(limitPercent.multiply(before))
        > 0;
  }

  private static String moved(PricePoint from, BigDecimal mid, CheckedInput input) {
    return Wording.percentOf(mid.subtract(from.mid()).abs(), from.mid())
        + " from "
        + Wording.amount(from.mid(), input.quote())
        + " "
        + Wording.seconds(Duration.between(from.seenAt(), input.now()))
        + " ago";
  }
}
