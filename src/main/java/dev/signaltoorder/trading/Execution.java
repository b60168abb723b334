package dev.signaltoorder.trading;

import java.math.BigDecimal;

/**
 * How much of an order has been executed, as Kraken last said.
 *
 * @param volume executed, base units
 * @param cost quote units
 * @param fee quote units
 * @param averagePrice quote per base unit; zero while nothing is executed
 */
public record Execution(
    BigDecimal volume, BigDecimal cost, BigDecimal fee, BigDecimal averagePrice) {

  /** Nothing executed. */
  public static final Execution NONE =
      new Execution(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  boolean isEmpty() {
    return volume.signum() == 0;
  }
}
