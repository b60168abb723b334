package dev.signaltoorder.accounting;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What was bought and is held, at average cost. What is sold beyond it has no cost that is known,
 * and so no result.
 *
 * @param volume base units, zero or positive
 * @param cost of all of it, fees included, quote units
 */
public record Lot(BigDecimal volume, BigDecimal cost) {
  public static final Lot NOTHING = new Lot(BigDecimal.ZERO, BigDecimal.ZERO);

  private static final int DECIMALS = 18;

  /**
   * A sale out of a lot.
   *
   * @param result proceeds less average cost of what was in the lot, before the sale's own fee
   * @param left what is held afterwards
   */
  public record Sale(BigDecimal result, Lot left) {}

  /** With more of it; {@code moreCost} includes its fee. */
  public Lot with(BigDecimal moreVolume, BigDecimal moreCost) {
    return new Lot(volume.add(moreVolume), cost.add(moreCost));
  }

  /**
   * Sells {@code sold} base units for {@code proceeds} quote units. Of more than is held, only the
   * share that is held has a result. No volume, no result.
   */
  public Sale sell(BigDecimal sold, BigDecimal proceeds) {
    if (sold.signum() <= 0 || isNothing()) {
      return new Sale(BigDecimal.ZERO, this);
    }
    if (sold.compareTo(volume) >= 0) {
      return new Sale(share(proceeds, volume, sold).subtract(cost), NOTHING);
    }
    BigDecimal basis = share(cost, sold, volume);
    return new Sale(proceeds.subtract(basis), new Lot(volume.subtract(sold), cost.subtract(basis)));
  }

  /** True when nothing is held. */
  public boolean isNothing() {
    return volume.signum() == 0 && cost.signum() == 0;
  }

  private static BigDecimal share(BigDecimal amount, BigDecimal part, BigDecimal whole) {
    return amount.multiply(part).divide(whole, DECIMALS, RoundingMode.HALF_EVEN);
  }
}
