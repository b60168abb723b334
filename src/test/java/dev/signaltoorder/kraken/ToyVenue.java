package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * A venue with one pair whose book changes at random; it tells of every change as Kraken does, and
 * remembers what its best prices were at every moment.
 */
final class ToyVenue {

  private final Random random;
  private final NavigableMap<BigDecimal, BigDecimal> bids =
      new TreeMap<>(Comparator.<BigDecimal>naturalOrder().reversed());
  private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
  private final NavigableMap<Instant, String> best = new TreeMap<>();
  private BigDecimal mid = new BigDecimal("50000.0");

  ToyVenue(Random random, Instant now) {
    this.random = random;
    for (int i = 1; i <= 10; i++) {
      bids.put(away(-i), volume());
      asks.put(away(i), volume());
    }
    remember(now);
  }

  private BigDecimal away(int ticks) {
    return mid.add(new BigDecimal(ticks).movePointLeft(1));
  }

  private BigDecimal volume() {
    return BigDecimal.valueOf(1 + random.nextInt(200_000_000), 8);
  }

  private void remember(Instant now) {
    best.put(now, bids.firstKey() + "/" + asks.firstKey());
  }

  /** Whether best bid and ask were these at that moment, or at any since. */
  boolean wasSoSince(Instant at, BigDecimal bid, BigDecimal ask) {
    Instant from = best.floorKey(at);
    return best.tailMap(from == null ? best.firstKey() : from, true).containsValue(bid + "/" + ask);
  }

  static String instruments() {
    return """
        {"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[
        {"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"online","qty_precision":8,
         "price_precision":1,"price_increment":0.1,"qty_min":0.00005}]}}""";
  }

  static String status(String system) {
    return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"system\":\""
        + system
        + "\",\"api_version\":\"v2\",\"connection_id\":1,\"version\":\"2.0.0\"}]}";
  }

  String ticker(Instant now) {
    return "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bid\":"
        + bids.firstKey()
        + ",\"bid_qty\":1,\"ask\":"
        + asks.firstKey()
        + ",\"ask_qty\":1,\"last\":"
        + bids.firstKey()
        + ",\"volume\":1000.5,\"vwap\":50000.1,\"low\":1,\"high\":2,\"change\":0,\"change_pct\":0,"
        + "\"timestamp\":\""
        + now
        + "\"}]}";
  }

  String snapshot(Instant now) {
    return book("snapshot", rows(bids), rows(asks), now);
  }

  /** Something changes: a level here or there, or the whole price. */
  String change(Instant now) {
    StringBuilder bidRows = new StringBuilder();
    StringBuilder askRows = new StringBuilder();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      boolean bid = random.nextBoolean();
      NavigableMap<BigDecimal, BigDecimal> side = bid ? bids : asks;
      StringBuilder rows = bid ? bidRows : askRows;
      if (random.nextInt(3) == 0 && side.size() > 3) {
        remove(side, side.firstKey(), rows);
      } else {
        BigDecimal edge = side.firstKey();
        BigDecimal other = bid ? asks.firstKey() : bids.firstKey();
        int ticks = random.nextInt(6) - 2;
        BigDecimal price = edge.subtract(new BigDecimal(bid ? ticks : -ticks).movePointLeft(1));
        if (bid ? price.compareTo(other) < 0 : price.compareTo(other) > 0) {
          put(side, price, volume(), rows);
        }
      }
      while (side.size() > 10) {
        remove(side, side.lastKey(), rows);
      }
    }
    remember(now);
    return book("update", bidRows.toString(), askRows.toString(), now);
  }

  private static void put(
      NavigableMap<BigDecimal, BigDecimal> side,
      BigDecimal price,
      BigDecimal volume,
      StringBuilder rows) {
    side.put(price, volume);
    row(price, volume, rows);
  }

  private static void remove(
      NavigableMap<BigDecimal, BigDecimal> side, BigDecimal price, StringBuilder rows) {
    side.remove(price);
    row(price, BigDecimal.ZERO, rows);
  }

  private static String rows(NavigableMap<BigDecimal, BigDecimal> side) {
    StringBuilder rows = new StringBuilder();
    side.forEach((price, volume) -> row(price, volume, rows));
    return rows.toString();
  }

  private static void row(BigDecimal price, BigDecimal volume, StringBuilder rows) {
    rows.append(rows.isEmpty() ? "" : ",")
        .append("{\"price\":")
        .append(price.toPlainString())
        .append(",\"qty\":")
        .append(volume.toPlainString())
        .append("}");
  }

  private String book(String type, String bidRows, String askRows, Instant now) {
    return "{\"channel\":\"book\",\"type\":\""
        + type
        + "\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":["
        + bidRows
        + "],\"asks\":["
        + askRows
        + "],\"checksum\":"
        + checksum()
        + ",\"timestamp\":\""
        + now
        + "\"}]}";
  }

  /** Written apart from the client's. */
  private long checksum() {
    StringBuilder text = new StringBuilder();
    for (NavigableMap<BigDecimal, BigDecimal> side : java.util.List.of(asks, bids)) {
      int level = 0;
      for (Map.Entry<BigDecimal, BigDecimal> row : side.entrySet()) {
        if (level++ < 10) {
          text.append(digits(row.getKey().setScale(1))).append(digits(row.getValue().setScale(8)));
        }
      }
    }
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static String digits(BigDecimal value) {
    return value.toPlainString().replace(".", "").replaceFirst("^0+", "");
  }
}
