package dev.signaltoorder.paper;

import java.util.Locale;

/** Buy or sell, as in AddOrder's {@code type}. */
public enum OrderSide {
  BUY,
  SELL;

  /** "buy" or "sell". */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
