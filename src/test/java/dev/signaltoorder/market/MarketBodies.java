package dev.signaltoorder.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;

/** Small Kraken bodies, shaped like the real ones. Each call gives a fresh tree. */
final class MarketBodies {

  private static final ObjectMapper JSON = new ObjectMapper();

  static final String BTC_USD =
      """
      "XXBTZUSD": {"altname": "XBTUSD", "wsname": "XBT/USD", "aclass_base": "currency",
        "base": "XXBT", "aclass_quote": "currency", "quote": "ZUSD", "lot": "unit",
        "cost_decimals": 5, "pair_decimals": 1, "lot_decimals": 8, "lot_multiplier": 1,
        "leverage_buy": [2, 3], "fees": [[0, 0.26]], "margin_call": 80, "ordermin": "0.0001",
        "costmin": "0.5", "tick_size": "0.1", "status": "online"}""";

  static final String DOGE_EUR =
      """
      "XDGEUR": {"altname": "XDGEUR", "wsname": "XDG/EUR", "aclass_base": "currency",
        "base": "XXDG", "aclass_quote": "currency", "quote": "ZEUR", "cost_decimals": "5",
        "pair_decimals": "7", "lot_decimals": "8", "ordermin": 10, "costmin": 0.45,
        "tick_size": 0.0000001}""";

  static final String SOL_USD =
      """
      "SOLUSD": {"altname": "SOLUSD", "wsname": "SOL/USD", "aclass_base": "currency",
        "base": "SOL", "aclass_quote": "currency", "quote": "ZUSD", "cost_decimals": 5,
        "pair_decimals": 2, "lot_decimals": 8, "lot_multiplier": 1, "ordermin": "0.02",
        "costmin": "0.5", "tick_size": "0.01", "status": "post_only"}""";

  private MarketBodies() {}

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static JsonNode pairs(String... entries) {
    return json("{" + String.join(",", entries) + "}");
  }

  /** Bid 30300.0, ask 30300.1 under the given response key. */
  static JsonNode ticker(String key) {
    return json("{" + tickerEntry(key) + "}");
  }

  static String tickerEntry(String key) {
    return """
    "%s": {"a": ["30300.10000", "1", "1.000"], "b": ["30300.00000", "1", "1.000"],
      "c": ["30303.20000", "0.00067643"], "v": ["4083.67001100", "4412.73601799"],
      "p": ["30706.77771", "30689.13205"], "t": [34619, 38907],
      "l": ["29868.30000", "29868.30000"], "h": ["31631.00000", "31631.00000"],
      "o": "30502.80000"}"""
        .formatted(key);
  }

  /** Mid of {@link #ticker} is 30300.05: the last level of each side lies beyond 0.5 %. */
  static JsonNode depth(String key) {
    return json(
        """
        {"%s": {
          "asks": [["30300.10000", "2.000", 1688671659], ["30387.90000", "1.500", 1688671380],
                   ["30451.60000", "9.871", 1688671261]],
          "bids": [["30300.00000", "1.000", 1688671636], ["30296.00000", "0.500", 1688671674],
                   ["30148.00000", "5.001", 1688671673]]}}"""
            .formatted(key));
  }

  static JsonNode online() {
    return json("{\"status\": \"online\", \"timestamp\": \"2026-11-22T10:15:30Z\"}");
  }

  static PairCatalog catalog() {
    return PairCatalog.of(pairs(BTC_USD, DOGE_EUR, SOL_USD));
  }

  static PairRules btcUsd() {
    return ((Resolution.Found) catalog().resolve("BTC/USD")).rules();
  }

  static PairRules rules(int priceDecimals, int lotDecimals, String tickSize) {
    return new PairRules(
        "BTC/USD",
        "XBTUSD",
        "XXBTZUSD",
        "XBT/USD",
        "XXBT",
        "ZUSD",
        priceDecimals,
        lotDecimals,
        5,
        new BigDecimal(tickSize),
        new BigDecimal("0.0001"),
        new BigDecimal("0.5"),
        "online");
  }
}
