package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a market counts as thin or spiking, and what follows.
 *
 * @param maxSpreadBps a wider spread is thin, basis points of the mid; null: never
 * @param minDepth quote asset as pairs name it ("USD") to the quote value that must rest within 0.5
 *     % of the mid on either side; a pair of another asset is never thin for its depth
 * @param maxMovePercent a mid that is further from one of the last minute is a spike; null: never
 * @param calmFor a condition ends after nothing was beyond its limit for this long
 * @param tightenPercent in a thin market stops move up to this far below the mid; null: never
 * @param pauseInSpike no entries in a spike
 * @param spikeFreshFor entries need a price this young in any condition but NORMAL
 */
public record ConditionPolicy(
    @Nullable BigDecimal maxSpreadBps,
    Map<String, BigDecimal> minDepth,
    @Nullable BigDecimal maxMovePercent,
    Duration calmFor,
    @Nullable BigDecimal tightenPercent,
    boolean pauseInSpike,
    Duration spikeFreshFor) {

  /** Every market is NORMAL. */
  public static final ConditionPolicy OFF =
      new ConditionPolicy(
          null, Map.of(), null, Duration.ofSeconds(60), null, false, Duration.ofSeconds(1));

  public ConditionPolicy {
    minDepth = Map.copyOf(minDepth);
  }

  /** Whether a market can be thin. */
  boolean knowsThin() {
    return maxSpreadBps != null || !minDepth.isEmpty();
  }

  /** Whether a market can be anything but NORMAL. */
  boolean active() {
    return knowsThin() || maxMovePercent != null;
  }
}
