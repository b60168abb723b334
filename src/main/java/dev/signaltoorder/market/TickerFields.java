package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot takes from one Ticker entry: {@code a[0]}, {@code b[0]}, {@code c[0]}, and the
 * last 24 hours of {@code v} and {@code p}. All above zero; ask not below bid.
 */
record TickerFields(
    BigDecimal ask, BigDecimal bid, BigDecimal last, BigDecimal volume24h, BigDecimal vwap24h) {

  /** Index of the last 24 hours; index 0 is "today", which starts at 00:00 UTC. */
  private static final int LAST_24_HOURS = 1;

  /** Null when anything is wrong, which is then noted in {@code fields}. */
  static @Nullable TickerFields read(JsonNode entry, WireFields fields) {
    BigDecimal ask = fields.positive(entry.path("a").path(0), "ask");
    BigDecimal bid = fields.positive(entry.path("b").path(0), "bid");
    BigDecimal last = fields.positive(entry.path("c").path(0), "last");
    // Zero for a pair that nobody traded for a day: no market to price an order in.
    BigDecimal volume = fields.positive(entry.path("v").path(LAST_24_HOURS), "24 h volume");
    BigDecimal vwap = fields.positive(entry.path("p").path(LAST_24_HOURS), "24 h vwap");
    if (ask == null || bid == null || last == null || volume == null || vwap == null) {
      return null;
    }
    if (ask.compareTo(bid) < 0) {
      fields.problem("ask " + ask.toPlainString() + " is below bid " + bid.toPlainString());
      return null;
    }
    return new TickerFields(ask, bid, last, volume, vwap);
  }

  /** (bid + ask) / 2, exact. */
  BigDecimal mid() {
    return bid.add(ask).divide(BigDecimal.TWO);
  }
}
