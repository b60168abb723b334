package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Executes orders against the simulated market and books the fills. */
final class Matching {

  private final ExchangeState state;
  private final Pairs pairs;
  private final MarketBoard board;
  private final OrderIds ids;

  Matching(ExchangeState state, Pairs pairs, MarketBoard board, OrderIds ids) {
    this.state = state;
    this.pairs = pairs;
    this.board = board;
    this.ids = ids;
  }

  /**
   * What the order would take from the book right now, best price first. Empty if its limit does
   * not reach the market. The last level of a deep book is bottomless.
   */
  static List<Depth.Level> takes(Pair pair, OrderTerms terms, Quote quote) {
    List<Depth.Level> levels = Depth.opposite(pair, quote, terms.side(), Depth.LEVELS_MAX);
    boolean deep = quote.oppositeVolume(terms.side()) == null;
    List<Depth.Level> takes = new ArrayList<>();
    BigDecimal remaining = terms.volume();
    for (int i = 0; i < levels.size() && remaining.signum() > 0; i++) {
      Depth.Level level = levels.get(i);
      if (!reaches(terms, level.price())) {
        break;
      }
      boolean bottomless = deep && i == levels.size() - 1;
      BigDecimal volume = bottomless ? remaining : remaining.min(level.volume());
      takes.add(new Depth.Level(level.price(), volume));
      remaining = remaining.subtract(volume);
    }
    return takes;
  }

  /** True if the order may trade at this price of the other side. */
  static boolean reaches(OrderTerms terms, BigDecimal price) {
    BigDecimal limit = terms.price();
    if (limit == null) {
      return true;
    }
    return terms.side() == OrderSide.BUY
        ? price.compareTo(limit) <= 0
        : price.compareTo(limit) >= 0;
  }

  /** Executes a new order as taker and puts what is left to rest, or cancels it. */
  PaperOrder enter(PaperOrder order, List<Depth.Level> takes, Instant now) {
    OrderTerms terms = order.terms();
    if (terms.postOnly() && !takes.isEmpty()) {
      return stored(order.canceled("Post only order", now));
    }
    PaperOrder entered = order;
    for (Depth.Level take : takes) {
      entered = fill(entered, take.price(), take.volume(), false, now);
    }
    if (entered.isOpen() && (terms.immediateOrCancel() || terms.price() == null)) {
      entered = entered.canceled("Immediate or cancel", now);
    }
    return stored(entered);
  }

  /**
   * Fills resting orders that the market has reached, at their own price, as maker.
   *
   * @return true if anything was filled
   */
  boolean settle(Instant now) {
    boolean filled = false;
    for (PaperOrder order : state.openOrders()) {
      OrderTerms terms = order.terms();
      Pair pair = pairs.get(terms.pair());
      BigDecimal limit = terms.price();
      Quote quote = board.quoteIfAny(pair);
      if (limit == null || quote == null || !trades(pair)) {
        continue;
      }
      BigDecimal there = quote.oppositeVolume(terms.side());
      BigDecimal volume = there == null ? order.remaining() : order.remaining().min(there);
      if (volume.signum() > 0 && reaches(terms, quote.opposite(terms.side()))) {
        stored(fill(order, limit, volume, true, now));
        filled = true;
      }
    }
    return filled;
  }

  /** In maintenance, cancel-only and post-only mode nothing is matched. */
  private boolean trades(Pair pair) {
    return board.statuses(pair).stream()
        .allMatch(status -> status.equals(MarketBoard.ONLINE) || status.equals("limit_only"));
  }

  private PaperOrder stored(PaperOrder order) {
    state.put(order);
    return order;
  }

  private PaperOrder fill(
      PaperOrder order, BigDecimal price, BigDecimal volume, boolean maker, Instant now) {
    OrderTerms terms = order.terms();
    Pair pair = pairs.get(terms.pair());
    BigDecimal cost = pair.toCost(price.multiply(volume));
    BigDecimal fee = pair.toCost(cost.multiply(maker ? Fees.MAKER : Fees.TAKER));
    String account = order.account();
    if (terms.side() == OrderSide.BUY) {
      state.book(account, pair.quote().id(), cost.add(fee).negate());
      state.book(account, pair.base().id(), volume);
    } else {
      state.book(account, pair.base().id(), volume.negate());
      state.book(account, pair.quote().id(), cost.subtract(fee));
    }
    board.take(pair, terms.side(), volume);
    PaperTrade trade =
        new PaperTrade(
            newTradeId(),
            state.trades().size() + 1L,
            order.txid(),
            account,
            now,
            price,
            volume,
            cost,
            fee,
            maker);
    state.put(trade);
    state.happened(
        new ExchangeEvent.TradeBooked(
            trade,
            terms,
            state.balance(account, pair.base().id()),
            state.balance(account, pair.quote().id()),
            order.visibleFrom()));
    return order.filled(trade);
  }

  private String newTradeId() {
    String id = ids.next('T');
    while (state.hasTrade(id)) {
      id = ids.next('T');
    }
    return id;
  }
}
