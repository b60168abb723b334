package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an open order that keeps its id (Kraken documentation, "Spot Atomic Amends"). An
 * order with a conditional close cannot be changed. {@code null} leaves a part as it is.
 *
 * @param volume base units; below what is filled it cancels the rest
 * @param displayed base units, of an iceberg
 * @param limitPrice of an order with a limit price
 * @param triggerPrice of a stop or take-profit order
 * @param postOnly the new limit price must not take from the book
 * @param deadline Kraken must refuse the change after this instant
 */
public record Amendment(
    OrderReference order,
    @Nullable BigDecimal volume,
    @Nullable BigDecimal displayed,
    @Nullable OrderPrice limitPrice,
    @Nullable OrderPrice triggerPrice,
    boolean postOnly,
    Instant deadline) {

  /** Refuses a change of nothing. */
  public Amendment {
    if (volume == null && displayed == null && limitPrice == null && triggerPrice == null) {
      throw new IllegalArgumentException("an amendment changes something");
    }
    if (volume != null && volume.signum() <= 0) {
      throw new IllegalArgumentException("a volume is greater than zero");
    }
    if (postOnly && limitPrice == null) {
      throw new IllegalArgumentException("post-only belongs to a new limit price");
    }
  }
}
