package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Depth entry: both sides, each with at least one level, not crossed. */
record DepthBook(List<Level> bids, List<Level> asks) {

  /**
   * One price level.
   *
   * @param price quote per base unit, above zero
   * @param volume base units, above zero
   */
  record Level(BigDecimal price, BigDecimal volume) {

    BigDecimal quoteValue() {
      return price.multiply(volume);
    }
  }

  DepthBook {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  /** Null when anything is wrong, which is then noted in {@code fields}. */
  static @Nullable DepthBook read(JsonNode entry, WireFields fields) {
    List<Level> bids = side(entry.path("bids"), "bids", fields);
    List<Level> asks = side(entry.path("asks"), "asks", fields);
    if (bids == null || asks == null) {
      return null;
    }
    var book = new DepthBook(bids, asks);
    if (book.bestAsk().compareTo(book.bestBid()) < 0) {
      fields.problem("book is crossed");
      return null;
    }
    return book;
  }

  BigDecimal bestBid() {
    return bids.stream().map(Level::price).max(Comparator.naturalOrder()).orElseThrow();
  }

  BigDecimal bestAsk() {
    return asks.stream().map(Level::price).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static @Nullable List<Level> side(JsonNode rows, String name, WireFields fields) {
    if (!rows.isArray()) {
      fields.problem(name + (WireFields.absent(rows) ? " are missing" : " are malformed"));
      return null;
    }
    if (rows.isEmpty()) {
      fields.problem(name + " are empty");
      return null;
    }
    var levels = new ArrayList<Level>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      String where = name + "[" + row + "]";
      BigDecimal price = fields.positive(rows.path(row).path(0), where + " price");
      BigDecimal volume = fields.positive(rows.path(row).path(1), where + " volume");
      if (price == null || volume == null) {
        // One reason is enough: a broken answer may have hundreds of broken rows.
        return null;
      }
      levels.add(new Level(price, volume));
    }
    return levels;
  }

  /** Quote value of all bids at {@code lowest} or better; zero when there are none. */
  BigDecimal bidValueDownTo(BigDecimal lowest) {
    return bids.stream()
        .filter(level -> level.price().compareTo(lowest) >= 0)
        .map(Level::quoteValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Quote value of all asks at {@code highest} or better; zero when there are none. */
  BigDecimal askValueUpTo(BigDecimal highest) {
    return asks.stream()
        .filter(level -> level.price().compareTo(highest) <= 0)
        .map(Level::quoteValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
