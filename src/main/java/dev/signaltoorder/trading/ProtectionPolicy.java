package dev.signaltoorder.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How positions are protected.
 *
 * @param closeIfImpossible sell at the market what could not be protected; otherwise only alarm
 * @param attempts so many orders or changes may fail before protection counts as impossible
 * @param breakEvenAfterPercent once the bid is this much above the price at which what is held
 *     brings back its cost, all fees included, the stop moves up to that price; null: never
 * @param trailPercent the stop follows the bid at this distance, only up; null: never
 */
public record ProtectionPolicy(
    boolean closeIfImpossible,
    int attempts,
    @Nullable BigDecimal breakEvenAfterPercent,
    @Nullable BigDecimal trailPercent) {

  /** Alarms, and moves no stop. */
  public static final ProtectionPolicy STANDARD = new ProtectionPolicy(false, 3, null, null);

  /** Whether stops move with the price. */
  boolean moves() {
    return breakEvenAfterPercent != null || trailPercent != null;
  }
}
