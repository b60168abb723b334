package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A pair as Kraken's AssetPairs lists it.
 *
 * @param key response key, "XXBTZUSD"
 * @param altname "XBTUSD"
 * @param wsname "XBT/USD"
 * @param symbol modern name, "BTC/USD"
 * @param base base asset
 * @param quote quote asset
 * @param priceDecimals most decimals of a price
 * @param costDecimals decimals shown for costs and fees
 * @param lotDecimals most decimals of a volume
 * @param tickSize a price is a multiple of this
 * @param orderMin least volume, base units
 * @param costMin least price times volume, quote units
 * @param topVolume volume at the best price of the simulated book, base units
 */
record Pair(
    String key,
    String altname,
    String wsname,
    String symbol,
    Asset base,
    Asset quote,
    int priceDecimals,
    int costDecimals,
    int lotDecimals,
    BigDecimal tickSize,
    BigDecimal orderMin,
    BigDecimal costMin,
    BigDecimal topVolume) {

  /** The multiple of the tick size next to {@code price} in the given direction. */
  BigDecimal toTick(BigDecimal price, RoundingMode direction) {
    return price
        .divide(tickSize, 0, direction)
        .multiply(tickSize)
        .setScale(priceDecimals, RoundingMode.UNNECESSARY);
  }

  boolean onTick(BigDecimal price) {
    return price.remainder(tickSize).signum() == 0;
  }

  /**
   * Rounds a cost or fee to what both AssetPairs and the quote asset's balance can show, downwards:
   * so a hold always covers the fills, and balances add up exactly.
   */
  BigDecimal toCost(BigDecimal amount) {
    return amount.setScale(costScale(), RoundingMode.DOWN);
  }

  /** Decimals of booked costs and fees. */
  int costScale() {
    return Math.min(costDecimals, quote.decimals());
  }
}
