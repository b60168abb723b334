package dev.signaltoorder.paper;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kraken's order types for spot. */
public enum OrderType {
  MARKET,
  LIMIT,
  ICEBERG,
  STOP_LOSS,
  TAKE_PROFIT,
  STOP_LOSS_LIMIT,
  TAKE_PROFIT_LIMIT,
  TRAILING_STOP,
  TRAILING_STOP_LIMIT;

  /** "stop-loss-limit". */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static @Nullable OrderType named(@Nullable String wireName) {
    for (OrderType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    return null;
  }

  /** True if it waits for a price before it enters the book. */
  boolean isTriggered() {
    return this != MARKET && this != LIMIT && this != ICEBERG;
  }

  /** True if it is executed at a limit; otherwise at the market. */
  boolean hasLimit() {
    return this != MARKET && this != STOP_LOSS && this != TAKE_PROFIT && this != TRAILING_STOP;
  }

  boolean isTrailing() {
    return this == TRAILING_STOP || this == TRAILING_STOP_LIMIT;
  }

  /** True if a buy triggers when the price rises and a sell when it falls; else the reverse. */
  boolean isStop() {
    return this == STOP_LOSS || this == STOP_LOSS_LIMIT || isTrailing();
  }
}
