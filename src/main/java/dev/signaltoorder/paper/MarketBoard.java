package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The market as traders see it: prices of the source, unless fixed by hand, and the status of
 * system and pairs. Used under the exchange's lock, all but {@link #origin}.
 */
final class MarketBoard {

  static final String ONLINE = "online";
  private static final String FIXED_ORIGIN = "simulated: fixed prices";

  private final PriceSource source;
  private final ExchangeState state;
  private final Map<String, Quote> fixed = new ConcurrentHashMap<>();
  private final Map<String, String> pairStatus = new HashMap<>();
  private final Map<String, BigDecimal> orderMin = new HashMap<>();
  private String systemStatus = ONLINE;

  MarketBoard(PriceSource source, ExchangeState state) {
    this.source = source;
    this.state = state;
  }

  Quote quote(Pair pair) throws Refusal {
    Quote quote = quoteIfAny(pair);
    if (quote == null) {
      throw new Refusal("EService:Unavailable");
    }
    return quote;
  }

  @Nullable Quote quoteIfAny(Pair pair) {
    Quote byHand = fixed.get(pair.key());
    return byHand == null ? source.quote(pair) : byHand;
  }

  /**
   * The public book that an order of the given side meets, best price first: the made-up levels and
   * the resting orders, of an iceberg only what it shows.
   */
  List<Depth.Level> levels(Pair pair, Quote quote, OrderSide taker, int count) {
    Comparator<BigDecimal> rising = Comparator.naturalOrder();
    Map<BigDecimal, BigDecimal> byPrice =
        new TreeMap<>(taker == OrderSide.BUY ? rising : rising.reversed());
    for (Depth.Level level : Depth.opposite(pair, quote, taker, count)) {
      byPrice.merge(level.price(), level.volume(), BigDecimal::add);
    }
    for (PaperOrder order : state.openOrders()) {
      BigDecimal limit = order.limit();
      if (order.isInBook()
          && limit != null
          && order.terms().pair().equals(pair.key())
          && order.terms().side() != taker) {
        BigDecimal shown = order.terms().displayVolume();
        BigDecimal volume = shown == null ? order.remaining() : shown.min(order.remaining());
        byPrice.merge(limit.setScale(pair.priceDecimals()), volume, BigDecimal::add);
      }
    }
    return byPrice.entrySet().stream()
        .limit(count)
        .map(level -> new Depth.Level(level.getKey(), level.getValue()))
        .toList();
  }

  /** Of a pair with a price: the last day, stretched to hold that price. */
  DayRange dayRange(Pair pair, Quote quote) {
    DayRange day = fixed.containsKey(pair.key()) ? null : source.dayRange(pair);
    if (day == null) {
      return new DayRange(quote.last(), quote.ask(), quote.bid(), pair.topVolume());
    }
    return new DayRange(
        day.open(), day.high().max(quote.last()), day.low().min(quote.last()), day.volume());
  }

  /** Any thread. */
  String origin() {
    return fixed.isEmpty() ? source.origin() : FIXED_ORIGIN;
  }

  void fix(Pair pair, Quote quote) {
    fixed.put(pair.key(), quote);
  }

  void release(Pair pair) {
    fixed.remove(pair.key());
  }

  /** Takes volume out of a fixed book; a deep book does not notice. */
  void take(Pair pair, OrderSide takerSide, BigDecimal volume) {
    fixed.computeIfPresent(pair.key(), (key, quote) -> quote.taken(takerSide, volume));
  }

  String systemStatus() {
    return systemStatus;
  }

  void setSystemStatus(String status) {
    systemStatus = status;
  }

  /** Least volume of an order, base units; Kraken changes it now and then. */
  BigDecimal orderMin(Pair pair) {
    return orderMin.getOrDefault(pair.key(), pair.orderMin());
  }

  void setOrderMin(Pair pair, BigDecimal volume) {
    orderMin.put(pair.key(), volume);
  }

  String pairStatus(Pair pair) {
    return pairStatus.getOrDefault(pair.key(), ONLINE);
  }

  void setPairStatus(Pair pair, String status) {
    pairStatus.put(pair.key(), status);
  }

  /** The statuses that bind an order in this pair. */
  List<String> statuses(Pair pair) {
    return List.of(systemStatus, pairStatus(pair));
  }

  /** False in maintenance, cancel-only and post-only mode: nothing is matched then. */
  boolean matches(Pair pair) {
    return statuses(pair).stream()
        .allMatch(status -> status.equals(ONLINE) || status.equals("limit_only"));
  }
}
