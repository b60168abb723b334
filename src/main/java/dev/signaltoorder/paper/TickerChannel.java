package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Channel {@code ticker} of one symbol. */
final class TickerChannel implements SocketSubscription {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Pair pair;
  private final MarketBoard board;
  private final boolean onBestPrices;
  private final boolean wantsSnapshot;
  private @Nullable Seen last;

  /** What a change is measured by. */
  private record Seen(Top bid, Top ask, BigDecimal last) {
    boolean sameTrade(Seen other) {
      return last.compareTo(other.last) == 0;
    }
  }

  private record Top(BigDecimal price, BigDecimal volume) {}

  /**
   * @param onBestPrices event_trigger {@code bbo}; otherwise {@code trades}
   */
  TickerChannel(Pair pair, MarketBoard board, boolean onBestPrices, boolean wantsSnapshot) {
    this.pair = pair;
    this.board = board;
    this.onBestPrices = onBestPrices;
    this.wantsSnapshot = wantsSnapshot;
  }

  @Override
  public String channel() {
    return "ticker";
  }

  @Override
  public String symbol() {
    return pair.symbol();
  }

  @Override
  public ObjectNode acknowledged() {
    return Json.object()
        .put("channel", channel())
        .put("event_trigger", onBestPrices ? "bbo" : "trades")
        .put("snapshot", wantsSnapshot)
        .put("symbol", pair.symbol());
  }

  @Override
  public List<ObjectNode> snapshot(Instant now) {
    Quote quote = board.quoteIfAny(pair);
    if (quote == null) {
      return List.of();
    }
    last = seen(quote);
    return wantsSnapshot ? List.of(message("snapshot", quote, last, now)) : List.of();
  }

  @Override
  public List<ObjectNode> updates(List<ExchangeEvent> events, Instant now) {
    Quote quote = board.quoteIfAny(pair);
    if (quote == null) {
      return List.of();
    }
    Seen before = last;
    Seen after = seen(quote);
    boolean changed =
        before == null || (onBestPrices ? !before.equals(after) : !before.sameTrade(after));
    if (!changed) {
      return List.of();
    }
    last = after;
    return List.of(message("update", quote, after, now));
  }

  private Seen seen(Quote quote) {
    return new Seen(top(quote, OrderSide.SELL), top(quote, OrderSide.BUY), quote.last());
  }

  private Top top(Quote quote, OrderSide taker) {
    List<Depth.Level> levels = board.levels(pair, quote, taker, 1);
    return levels.isEmpty()
        ? new Top(quote.opposite(taker), SocketJson.volume(pair, BigDecimal.ZERO))
        : new Top(levels.getFirst().price(), SocketJson.volume(pair, levels.getFirst().volume()));
  }

  private ObjectNode message(String type, Quote quote, Seen seen, Instant now) {
    DayRange day = board.dayRange(pair, quote);
    BigDecimal change = quote.last().subtract(day.open());
    ObjectNode message = Json.object().put("channel", channel()).put("type", type);
    message
        .putArray("data")
        .addObject()
        .put("symbol", pair.symbol())
        .put("bid", SocketJson.price(pair, seen.bid().price()))
        .put("bid_qty", seen.bid().volume())
        .put("ask", SocketJson.price(pair, seen.ask().price()))
        .put("ask_qty", seen.ask().volume())
        .put("last", SocketJson.price(pair, quote.last()))
        .put("volume", SocketJson.volume(pair, day.volume()))
        .put("vwap", SocketJson.price(pair, quote.last()))
        .put("low", SocketJson.price(pair, day.low()))
        .put("high", SocketJson.price(pair, day.high()))
        .put("change", SocketJson.price(pair, change))
        .put("change_pct", change.multiply(HUNDRED).divide(day.open(), 2, RoundingMode.HALF_UP))
        .put("timestamp", SocketJson.time(now));
    return message;
  }
}
