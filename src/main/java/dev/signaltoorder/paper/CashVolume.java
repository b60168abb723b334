package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How much a sum of quote units buys at the market ({@code viqc}). */
final class CashVolume {

  private CashVolume() {}

  /** Base units, cut to the pair's decimals; the fee is paid beside it, as Kraken does. */
  static BigDecimal of(Pair pair, Quote quote, BigDecimal cash) {
    BigDecimal left = cash;
    BigDecimal volume = BigDecimal.ZERO;
    for (Depth.Level level : Depth.opposite(pair, quote, OrderSide.BUY, Depth.LEVELS_MAX)) {
      BigDecimal cost = level.price().multiply(level.volume());
      if (cost.compareTo(left) >= 0) {
        return volume.add(left.divide(level.price(), pair.lotDecimals(), RoundingMode.DOWN));
      }
      volume = volume.add(level.volume());
      left = left.subtract(cost);
    }
    return volume;
  }
}
