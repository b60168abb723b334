package dev.signaltoorder.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Kraken's order grid for one pair: a price is a multiple of {@code tick_size} and has at most
 * {@code pair_decimals} decimals; a volume has at most {@code lot_decimals}; volume is at least
 * {@code ordermin} and price times volume at least {@code costmin} (Kraken, AssetPairs). All
 * arithmetic is exact; prices and volumes are expected to be positive.
 */
public final class PriceRounding {

  private PriceRounding() {}

  /** The distance between two neighbouring allowed prices, quote units: meets both price rules. */
  public static BigDecimal priceStep(PairRules rules) {
    int scale = Math.max(rules.priceDecimals(), Math.max(rules.tickSize().scale(), 0));
    BigInteger tick = rules.tickSize().setScale(scale).unscaledValue();
    BigInteger decimal = BigInteger.TEN.pow(scale - rules.priceDecimals());
    BigInteger step = tick.divide(tick.gcd(decimal)).multiply(decimal);
    return new BigDecimal(step, scale);
  }

  /** Whether Kraken would take this price as it is. */
  public static boolean isOnTick(BigDecimal price, PairRules rules) {
    return price.remainder(priceStep(rules)).signum() == 0;
  }

  /**
   * The highest allowed price not above {@code price}: for a buy limit, where rounding may never
   * pay more. Zero when {@code price} is less than one step: no price to send.
   */
  public static BigDecimal priceDown(BigDecimal price, PairRules rules) {
    return onGrid(price, rules, RoundingMode.FLOOR);
  }

  /**
   * The lowest allowed price not below {@code price}: for a sell limit, where rounding may never
   * take less.
   */
  public static BigDecimal priceUp(BigDecimal price, PairRules rules) {
    return onGrid(price, rules, RoundingMode.CEILING);
  }

  /**
   * The largest allowed volume not above {@code volume}, base units, with exactly {@code
   * lotDecimals} decimals. May be zero, and may lie below {@code ordermin}: see {@link
   * #meetsMinimums}.
   */
  public static BigDecimal volumeDown(BigDecimal volume, PairRules rules) {
    return volume.setScale(rules.lotDecimals(), RoundingMode.DOWN);
  }

  /** Whether Kraken would take this volume's decimals as they are. */
  public static boolean fitsLot(BigDecimal volume, PairRules rules) {
    return volume.stripTrailingZeros().scale() <= rules.lotDecimals();
  }

  /** Whether volume and cost reach Kraken's minimums for the pair; at the minimum is enough. */
  public static boolean meetsMinimums(BigDecimal price, BigDecimal volume, PairRules rules) {
    return volume.compareTo(rules.orderMin()) >= 0
        && price.multiply(volume).compareTo(rules.costMin()) >= 0;
  }

  private static BigDecimal onGrid(BigDecimal price, PairRules rules, RoundingMode mode) {
    BigDecimal step = priceStep(rules);
    BigDecimal onGrid = price.divide(step, 0, mode).multiply(step);
    // The step is a multiple of 10^-priceDecimals, so this drops zeros only.
    return onGrid.setScale(rules.priceDecimals());
  }
}
