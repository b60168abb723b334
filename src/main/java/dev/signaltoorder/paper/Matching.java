package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executes orders against the simulated market and against each other, and books the fills. */
final class Matching {

  private final ExchangeState state;
  private final Pairs pairs;
  private final MarketBoard board;
  private final Funds funds;
  private final OrderIds ids;

  Matching(ExchangeState state, Pairs pairs, MarketBoard board, Funds funds, OrderIds ids) {
    this.state = state;
    this.pairs = pairs;
    this.board = board;
    this.funds = funds;
    this.ids = ids;
  }

  /**
   * Volume taken at a price.
   *
   * @param resting the order it is taken from; null for the made-up market
   */
  record Take(BigDecimal price, BigDecimal volume, @Nullable PaperOrder resting) {}

  /**
   * What an order would do in the book right now.
   *
   * @param takes best price first; empty if its limit does not reach the market
   * @param ownToCancel own resting orders that self trade prevention cancels
   * @param stopped self trade prevention ends the order itself
   */
  record Plan(List<Take> takes, List<PaperOrder> ownToCancel, boolean stopped) {

    BigDecimal volume() {
      return takes.stream().map(Take::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  Plan plan(PaperOrder order, Quote quote) {
    Pair pair = pairs.get(order.terms().pair());
    List<Take> takes = new ArrayList<>();
    List<PaperOrder> ownToCancel = new ArrayList<>();
    BigDecimal remaining = order.remaining();
    for (MarketSide.Offer offer :
        MarketSide.against(
            pair, quote, order.terms().side(), state.openOrders(), order.remaining())) {
      if (remaining.signum() <= 0 || !order.reaches(offer.price())) {
        break;
      }
      PaperOrder resting = offer.resting();
      if (resting != null && resting.account().equals(order.account())) {
        SelfTrade rule = order.terms().flags().selfTrade();
        if (rule != SelfTrade.CANCEL_NEWEST) {
          ownToCancel.add(resting);
        }
        if (rule != SelfTrade.CANCEL_OLDEST) {
          return new Plan(takes, ownToCancel, true);
        }
        continue;
      }
      BigDecimal volume = remaining.min(offer.volume());
      takes.add(new Take(offer.price(), volume, resting));
      remaining = remaining.subtract(volume);
    }
    return new Plan(takes, ownToCancel, false);
  }

  /** A new, started or triggered order: executes it as taker; the rest rests or is cancelled. */
  void enter(PaperOrder order, Instant now) {
    Quote quote = board.quoteIfAny(pairs.get(order.terms().pair()));
    if (!order.isActive() || quote == null) {
      state.put(order);
      return;
    }
    Plan plan = plan(order, quote);
    if (order.terms().postOnly() && (!plan.takes().isEmpty() || plan.stopped())) {
      state.put(order.canceled("Post only order", now));
      return;
    }
    if (order.terms().timing().inForce() == TimeInForce.FOK
        && plan.volume().compareTo(order.remaining()) < 0) {
      state.put(order.canceled("Fill or kill", now));
      return;
    }
    plan.ownToCancel().forEach(own -> state.put(own.canceled("Self trade prevention", now)));
    BigDecimal budget = funds.budget(order);
    PaperOrder entered = order;
    boolean broke = false;
    List<PaperTrade> made = new ArrayList<>();
    for (Take take : plan.takes()) {
      BigDecimal volume = affordable(order, take, budget);
      broke = volume.compareTo(take.volume()) < 0;
      if (volume.signum() > 0) {
        entered = filled(entered, take, volume, now, made);
        budget = budget.subtract(spent(entered, made.getLast()));
      }
      if (broke) {
        break;
      }
    }
    state.put(finished(entered, plan.stopped(), broke, now));
    made.forEach(trade -> bringClose(trade, now));
  }

  /** A triggered order may meet prices that its hold does not cover: it buys what it can. */
  private BigDecimal affordable(PaperOrder order, Take take, BigDecimal budget) {
    if (order.terms().side() == OrderSide.SELL) {
      return take.volume().min(budget.max(BigDecimal.ZERO));
    }
    Pair pair = pairs.get(order.terms().pair());
    BigDecimal unit = take.price().multiply(BigDecimal.ONE.add(Fees.TAKER));
    if (unit.multiply(take.volume()).compareTo(budget) <= 0) {
      return take.volume();
    }
    return budget.max(BigDecimal.ZERO).divide(unit, pair.lotDecimals(), RoundingMode.DOWN);
  }

  private static BigDecimal spent(PaperOrder order, PaperTrade trade) {
    return order.terms().side() == OrderSide.BUY ? trade.cost().add(trade.fee()) : trade.volume();
  }

  private PaperOrder filled(
      PaperOrder taker, Take take, BigDecimal volume, Instant now, List<PaperTrade> made) {
    PaperOrder entered = fill(taker, take.price(), volume, false, now, made);
    PaperOrder resting = take.resting();
    if (resting == null) {
      board.take(pairs.get(taker.terms().pair()), taker.terms().side(), volume);
      return entered;
    }
    List<PaperTrade> others = new ArrayList<>();
    state.put(fill(resting, take.price(), volume, true, now, others));
    others.forEach(trade -> bringClose(trade, now));
    return entered;
  }

  private static PaperOrder finished(
      PaperOrder order, boolean selfTrade, boolean broke, Instant now) {
    if (!order.isOpen()) {
      return order;
    }
    if (selfTrade) {
      return order.canceled("Self trade prevention", now);
    }
    if (broke) {
      return order.canceled("Insufficient funds", now);
    }
    return order.terms().immediateOrCancel() || order.limit() == null
        ? order.canceled("Immediate or cancel", now)
        : order;
  }

  /**
   * Lets an order in the book be filled by the made-up market, at its own price as maker, where the
   * market has reached it.
   *
   * @return true if it was
   */
  boolean meet(PaperOrder order, Quote quote, Instant now) {
    BigDecimal limit = order.limit();
    OrderSide side = order.terms().side();
    if (limit == null || !order.isInBook() || !order.reaches(quote.opposite(side))) {
      return false;
    }
    BigDecimal there = quote.oppositeVolume(side);
    BigDecimal volume = there == null ? order.remaining() : order.remaining().min(there);
    if (order.terms().displayVolume() != null) {
      volume = volume.min(order.terms().displayVolume());
    }
    if (volume.signum() <= 0) {
      return false;
    }
    List<PaperTrade> made = new ArrayList<>();
    state.put(fill(order, limit, volume, true, now, made));
    board.take(pairs.get(order.terms().pair()), side, volume);
    made.forEach(trade -> bringClose(trade, now));
    return true;
  }

  private PaperOrder fill(
      PaperOrder order,
      BigDecimal price,
      BigDecimal volume,
      boolean maker,
      Instant now,
      List<PaperTrade> made) {
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
    long number = state.trades().size() + 1L;
    PaperTrade trade =
        new PaperTrade(
            newTradeId(), number, order.txid(), account, now, price, volume, cost, fee, maker);
    state.put(trade);
    made.add(trade);
    state.happened(
        new ExchangeEvent.TradeBooked(
            trade,
            terms,
            state.balance(account, pair.base().id()),
            state.balance(account, pair.quote().id()),
            order.visibleFrom()));
    return order.filled(trade);
  }

  /** The order that a fill brings, on the other side, if the account can bear it. */
  private void bringClose(PaperTrade trade, Instant now) {
    PaperOrder parent = state.order(trade.txid());
    CloseTerms close = parent == null ? null : parent.terms().close();
    if (parent == null || close == null) {
      return;
    }
    Pair pair = pairs.get(parent.terms().pair());
    OrderTerms terms = ConditionalClose.terms(pair, parent, close, trade);
    PaperOrder child =
        PaperOrder.opened(newTxid(), parent.account(), terms, now, parent.visibleFrom());
    if (funds.canHold(child)) {
      enter(child, now);
    }
  }

  String newTxid() {
    String txid = ids.next('O');
    while (state.order(txid) != null) {
      txid = ids.next('O');
    }
    return txid;
  }

  private String newTradeId() {
    String id = ids.next('T');
    while (state.hasTrade(id)) {
      id = ids.next('T');
    }
    return id;
  }
}
