package dev.signaltoorder.trading;

import java.time.Duration;

/**
 * What becomes of signals that Kraken cannot take now.
 *
 * @param most this many may wait for Kraken to come back; 0 means that none does: refused at once
 * @param within how long one may wait
 */
public record Parking(int most, Duration within) {
  /** Refuse at once. */
  public static final Parking NONE = new Parking(0, Duration.ZERO);
}
