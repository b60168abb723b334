package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pairs and assets that the simulated exchange trades, with Kraken's names and limits. */
final class Pairs {

  private static final Asset USD = new Asset("ZUSD", "USD", 4, 2);
  private static final Asset EUR = new Asset("ZEUR", "EUR", 4, 2);
  private static final Asset USDT = new Asset("USDT", "USDT", 8, 4);
  private static final Asset BTC = new Asset("XXBT", "XBT", 10, 5);
  private static final Asset ETH = new Asset("XETH", "ETH", 10, 5);
  private static final Asset SOL = new Asset("SOL", "SOL", 10, 5);
  private static final Asset XRP = new Asset("XXRP", "XRP", 8, 5);
  private static final Asset DOGE = new Asset("XXDG", "XDG", 8, 2);

  private final Map<String, Pair> byKey = new LinkedHashMap<>();
  private final Map<String, Pair> byName = new LinkedHashMap<>();
  private final Map<String, Asset> assets = new LinkedHashMap<>();

  Pairs(List<Pair> pairs) {
    for (Asset asset : List.of(USD, EUR, USDT, BTC, ETH, SOL, XRP, DOGE)) {
      assets.put(asset.id(), asset);
    }
    for (Pair pair : pairs) {
      byKey.put(pair.key(), pair);
      for (String name : List.of(pair.key(), pair.altname(), pair.wsname(), pair.symbol())) {
        byName.put(name, pair);
      }
    }
  }

  /** The built-in list. */
  static Pairs standard() {
    return new Pairs(
        List.of(
            pair("XXBTZUSD", "XBTUSD", "XBT/USD", "BTC/USD", BTC, USD, 1, 5)
                .limits("0.00005", "0.5", "0.5"),
            pair("XETHZUSD", "ETHUSD", "ETH/USD", "ETH/USD", ETH, USD, 2, 5)
                .limits("0.001", "0.5", "8"),
            pair("SOLUSD", "SOLUSD", "SOL/USD", "SOL/USD", SOL, USD, 2, 5)
                .limits("0.02", "0.5", "150"),
            pair("XXRPZUSD", "XRPUSD", "XRP/USD", "XRP/USD", XRP, USD, 5, 8)
                .limits("1.65", "0.5", "10000"),
            pair("XDGUSD", "XDGUSD", "XDG/USD", "DOGE/USD", DOGE, USD, 7, 8)
                .limits("13", "0.5", "100000"),
            pair("XXBTZEUR", "XBTEUR", "XBT/EUR", "BTC/EUR", BTC, EUR, 1, 5)
                .limits("0.00005", "0.45", "0.5"),
            pair("XETHXXBT", "ETHXBT", "ETH/XBT", "ETH/BTC", ETH, BTC, 5, 10)
                .limits("0.001", "0.00002", "8"),
            pair("XBTUSDT", "XBTUSDT", "XBT/USDT", "BTC/USDT", BTC, USDT, 1, 6)
                .limits("0.00005", "0.5", "0.5")));
  }

  /** By key, altname, wsname or modern name; null if unknown. */
  @Nullable Pair find(String name) {
    return byName.get(name);
  }

  /** By key; the key must come from our own records. */
  Pair get(String key) {
    Pair pair = byKey.get(key);
    if (pair == null) {
      throw new IllegalStateException("no pair with key " + key);
    }
    return pair;
  }

  List<Pair> all() {
    return new ArrayList<>(byKey.values());
  }

  List<Asset> assets() {
    return new ArrayList<>(assets.values());
  }

  /** By id or altname, any case; null if unknown. */
  @Nullable Asset asset(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (Asset asset : assets.values()) {
      if (asset.id().equals(upper) || asset.altname().equals(upper)) {
        return asset;
      }
    }
    return null;
  }

  /** Resolves Kraken's comma lists of pairs; absent or blank means all. */
  List<Pair> list(@Nullable String names) throws Refusal {
    if (names == null || names.isBlank()) {
      return all();
    }
    List<Pair> found = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      found.add(require(name.strip()));
    }
    return found;
  }

  Pair require(@Nullable String name) throws Refusal {
    Pair pair = name == null ? null : find(name);
    if (pair == null) {
      throw new Refusal("EQuery:Unknown asset pair");
    }
    return pair;
  }

  private static Draft pair(
      String key,
      String altname,
      String wsname,
      String symbol,
      Asset base,
      Asset quote,
      int priceDecimals,
      int costDecimals) {
    return new Draft(key, altname, wsname, symbol, base, quote, priceDecimals, costDecimals);
  }

  /** The first half of a row above, so that a row reads as names, then limits. */
  private record Draft(
      String key,
      String altname,
      String wsname,
      String symbol,
      Asset base,
      Asset quote,
      int priceDecimals,
      int costDecimals) {
    Pair limits(String orderMin, String costMin, String topVolume) {
      return new Pair(
          key,
          altname,
          wsname,
          symbol,
          base,
          quote,
          priceDecimals,
          costDecimals,
          8,
          BigDecimal.ONE.movePointLeft(priceDecimals),
          new BigDecimal(orderMin),
          new BigDecimal(costMin),
          new BigDecimal(topVolume));
    }
  }
}
