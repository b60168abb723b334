package dev.signaltoorder.trading;

import java.util.UUID;

/**
 * What makes an order one that protects a position, and not a signal's own.
 *
 * @param role what it does for the position
 * @param entryOrderId the entry it belongs to: the latest one for a stop
 * @param why in plain words
 */
public record Protective(Role role, UUID entryOrderId, String why) {

  /** What an order does for a position. */
  public enum Role {
    /** Rests at Kraken and sells the position once the price falls to its trigger. */
    STOP,
    /** Sells a part where a take-profit of the signal is reached. */
    TAKE_PROFIT,
    /** Sells what could not be protected, by policy. */
    CLOSE
  }
}
