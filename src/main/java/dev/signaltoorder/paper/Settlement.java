package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What time and prices do to open orders: starts, expiries, triggers, fills in the book. */
final class Settlement {

  private final ExchangeState state;
  private final Pairs pairs;
  private final MarketBoard board;
  private final Matching matching;

  Settlement(ExchangeState state, Pairs pairs, MarketBoard board, Matching matching) {
    this.state = state;
    this.pairs = pairs;
    this.board = board;
    this.matching = matching;
  }

  /**
   * Brings every open order up to now.
   *
   * @return true if anything changed
   */
  boolean settle(Instant now) {
    boolean changed = false;
    for (PaperOrder known : state.openOrders()) {
      changed |= expireOrStart(known, now);
    }
    for (PaperOrder known : state.openOrders()) {
      PaperOrder order = state.order(known.txid());
      Pair pair = pairs.get(known.terms().pair());
      Quote quote = board.quoteIfAny(pair);
      if (order == null || !order.isOpen() || quote == null || !board.matches(pair)) {
        continue;
      }
      changed |= order.isActive() ? matching.meet(order, quote, now) : watch(order, quote, now);
    }
    return changed;
  }

  private boolean expireOrStart(PaperOrder order, Instant now) {
    Instant expiresAt = order.terms().timing().expiresAt();
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      state.put(order.ended(OrderStatus.EXPIRED, "Expired", now));
      return true;
    }
    Instant startsAt = order.terms().timing().startsAt();
    if (order.status() == OrderStatus.PENDING && startsAt != null && !now.isBefore(startsAt)) {
      matching.enter(order.started(), now);
      return true;
    }
    return false;
  }

  private boolean watch(PaperOrder order, Quote quote, Instant now) {
    OrderTrigger trigger = order.trigger();
    if (order.status() != OrderStatus.OPEN || trigger == null) {
      return false;
    }
    BigDecimal reference = trigger.byIndex() ? quote.mid() : quote.last();
    boolean buy = order.terms().side() == OrderSide.BUY;
    OrderTrigger moved = trailed(order, trigger, reference, buy);
    boolean upwards = buy == order.terms().type().isStop();
    int distance = reference.compareTo(moved.price());
    if (upwards ? distance >= 0 : distance <= 0) {
      matching.enter(order.waiting(moved.touchedWith(limit(order, moved, buy))), now);
      return true;
    }
    if (!moved.equals(trigger)) {
      state.put(order.waiting(moved));
      return true;
    }
    return false;
  }

  /** A trailing stop follows the best price at its distance and never goes back. */
  private OrderTrigger trailed(
      PaperOrder order, OrderTrigger trigger, BigDecimal reference, boolean buy) {
    RelativePrice trail = trigger.trail();
    BigDecimal peak = trigger.peak();
    if (trail == null || peak == null) {
      return trigger;
    }
    boolean better = buy ? reference.compareTo(peak) < 0 : reference.compareTo(peak) > 0;
    if (!better) {
      return trigger;
    }
    Pair pair = pairs.get(order.terms().pair());
    BigDecimal distance = trail.distance(reference);
    BigDecimal price = buy ? reference.add(distance) : reference.subtract(distance);
    return trigger.moved(pair.toTick(price.max(pair.tickSize()), RoundingMode.HALF_UP), reference);
  }

  private @Nullable BigDecimal limit(PaperOrder order, OrderTrigger trigger, boolean buy) {
    RelativePrice offset = trigger.limitOffset();
    if (offset == null) {
      return null;
    }
    Pair pair = pairs.get(order.terms().pair());
    return pair.toTick(
        offset.from(trigger.price(), buy).max(pair.tickSize()), RoundingMode.HALF_UP);
  }
}
