package dev.signaltoorder.paper;

import java.util.Locale;

/** Kraken's order states. */
public enum OrderStatus {
  /** Waits for its start. */
  PENDING,
  /** In the book, or waiting for its trigger. */
  OPEN,
  /** Completely executed. */
  CLOSED,
  /** Ended early, maybe partly executed. */
  CANCELED,
  /** Ended by its own expiry, maybe partly executed. */
  EXPIRED;

  /** "pending", "open", "closed", "canceled" or "expired". */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
