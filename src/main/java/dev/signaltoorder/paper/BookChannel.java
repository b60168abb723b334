package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Channel {@code book} of one symbol. An update holds what changed within the depth; a level that
 * falls out behind the last one is not announced: a client cuts its book to the depth.
 */
final class BookChannel implements SocketSubscription {

  static final Set<Integer> DEPTHS = Set.of(10, 25, 100, 500, 1000);

  private final Pair pair;
  private final MarketBoard board;
  private final int depth;
  private final boolean wantsSnapshot;
  private List<Depth.Level> asks = List.of();
  private List<Depth.Level> bids = List.of();

  BookChannel(Pair pair, MarketBoard board, int depth, boolean wantsSnapshot) {
    this.pair = pair;
    this.board = board;
    this.depth = depth;
    this.wantsSnapshot = wantsSnapshot;
  }

  @Override
  public String channel() {
    return "book";
  }

  @Override
  public String symbol() {
    return pair.symbol();
  }

  @Override
  public ObjectNode acknowledged() {
    return Json.object()
        .put("channel", channel())
        .put("depth", depth)
        .put("snapshot", wantsSnapshot)
        .put("symbol", pair.symbol());
  }

  @Override
  public List<ObjectNode> snapshot(Instant now) {
    Quote quote = board.quoteIfAny(pair);
    if (quote == null) {
      return List.of();
    }
    asks = levels(quote, OrderSide.BUY);
    bids = levels(quote, OrderSide.SELL);
    return wantsSnapshot ? List.of(message("snapshot", rows(bids), rows(asks), now)) : List.of();
  }

  @Override
  public List<ObjectNode> updates(List<ExchangeEvent> events, Instant now) {
    Quote quote = board.quoteIfAny(pair);
    if (quote == null) {
      return List.of();
    }
    List<Depth.Level> asksBefore = asks;
    List<Depth.Level> bidsBefore = bids;
    asks = levels(quote, OrderSide.BUY);
    bids = levels(quote, OrderSide.SELL);
    ArrayNode askChanges = changes(asksBefore, asks, OrderSide.BUY);
    ArrayNode bidChanges = changes(bidsBefore, bids, OrderSide.SELL);
    return askChanges.isEmpty() && bidChanges.isEmpty()
        ? List.of()
        : List.of(message("update", bidChanges, askChanges, now));
  }

  private List<Depth.Level> levels(Quote quote, OrderSide taker) {
    return board.levels(pair, quote, taker, depth).stream()
        .map(level -> new Depth.Level(level.price(), SocketJson.volume(pair, level.volume())))
        .filter(level -> level.volume().signum() > 0)
        .toList();
  }

  private ArrayNode changes(List<Depth.Level> before, List<Depth.Level> after, OrderSide taker) {
    Map<BigDecimal, BigDecimal> old = byPrice(before);
    Map<BigDecimal, BigDecimal> fresh = byPrice(after);
    ArrayNode changes = Json.array();
    for (Depth.Level level : before) {
      boolean gone = !fresh.containsKey(level.price());
      if (gone && (after.size() < depth || isBetter(level, after.getLast(), taker))) {
        changes.add(row(new Depth.Level(level.price(), BigDecimal.ZERO)));
      }
    }
    for (Depth.Level level : after) {
      BigDecimal volume = old.get(level.price());
      if (volume == null || volume.compareTo(level.volume()) != 0) {
        changes.add(row(level));
      }
    }
    return changes;
  }

  private static boolean isBetter(Depth.Level level, Depth.Level than, OrderSide taker) {
    int order = level.price().compareTo(than.price());
    return taker == OrderSide.BUY ? order < 0 : order > 0;
  }

  private static Map<BigDecimal, BigDecimal> byPrice(List<Depth.Level> levels) {
    Map<BigDecimal, BigDecimal> byPrice = new TreeMap<>();
    levels.forEach(level -> byPrice.put(level.price(), level.volume()));
    return byPrice;
  }

  private ArrayNode rows(List<Depth.Level> levels) {
    ArrayNode rows = Json.array();
    levels.forEach(level -> rows.add(row(level)));
    return rows;
  }

  private ObjectNode row(Depth.Level level) {
    return Json.object()
        .put("price", SocketJson.price(pair, level.price()))
        .put("qty", SocketJson.volume(pair, level.volume()));
  }

  private ObjectNode message(String type, ArrayNode bidRows, ArrayNode askRows, Instant now) {
    ObjectNode message = Json.object().put("channel", channel()).put("type", type);
    ObjectNode data = message.putArray("data").addObject().put("symbol", pair.symbol());
    data.set("bids", bidRows);
    data.set("asks", askRows);
    data.put("checksum", BookChecksum.of(asks, bids, pair.priceDecimals(), pair.lotDecimals()));
    data.put("timestamp", SocketJson.time(now));
    return message;
  }
}
