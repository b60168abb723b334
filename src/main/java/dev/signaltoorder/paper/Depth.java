package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The simulated book's levels beyond the best price. */
final class Depth {

  static final int LEVELS_MAX = 500;
  private static final BigDecimal LEVEL_GAP = new BigDecimal("0.00005");

  private Depth() {}

  /** A price with the volume that can be had there, base units. */
  record Level(BigDecimal price, BigDecimal volume) {}

  /**
   * What an order of the given side meets, best price first: half a basis point apart, each level a
   * quarter of the first deeper. A fixed book with a volume has one level.
   */
  static List<Level> opposite(Pair pair, Quote quote, OrderSide side, int count) {
    BigDecimal best = quote.opposite(side);
    BigDecimal fixedVolume = quote.oppositeVolume(side);
    if (fixedVolume != null) {
      return fixedVolume.signum() > 0 ? List.of(new Level(best, fixedVolume)) : List.of();
    }
    BigDecimal gap = pair.toTick(best.multiply(LEVEL_GAP), RoundingMode.DOWN).max(pair.tickSize());
    BigDecimal step = side == OrderSide.BUY ? gap : gap.negate();
    List<Level> levels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BigDecimal price = best.add(step.multiply(BigDecimal.valueOf(i)));
      if (price.signum() <= 0) {
        break;
      }
      BigDecimal volume =
          pair.topVolume().multiply(BigDecimal.valueOf(4L + i)).divide(BigDecimal.valueOf(4));
      levels.add(new Level(price, volume.setScale(pair.lotDecimals(), RoundingMode.DOWN)));
    }
    return levels;
  }
}
