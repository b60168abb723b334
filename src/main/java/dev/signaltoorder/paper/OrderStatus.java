package dev.signaltoorder.paper;

import java.util.Locale;

/** Kraken's order states that the simulation uses. */
public enum OrderStatus {
  OPEN,
  CLOSED,
  CANCELED;

  /** "open", "closed" or "canceled". */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
