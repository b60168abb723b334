package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Makes the order that a fill brings ({@code close[...]}). */
final class ConditionalClose {

  private ConditionalClose() {}

  static OrderTerms terms(Pair pair, PaperOrder parent, CloseTerms close, PaperTrade trade) {
    OrderSide side = parent.terms().side() == OrderSide.BUY ? OrderSide.SELL : OrderSide.BUY;
    OrderType type = close.type();
    boolean upwards = (side == OrderSide.BUY) == type.isStop();
    BigDecimal first = tick(pair, close.price(), trade.price(), upwards);
    BigDecimal limit = null;
    OrderTrigger trigger = null;
    if (type.isTrailing()) {
      trigger = trailing(pair, close, trade.price(), side);
    } else if (type.isTriggered()) {
      trigger = OrderTrigger.at(false, first);
      RelativePrice second = close.price2();
      limit = type.hasLimit() && second != null ? tick(pair, second, trade.price(), upwards) : null;
    } else {
      limit = first;
    }
    return new OrderTerms(
        parent.terms().pair(),
        side,
        type,
        limit,
        trade.volume(),
        null,
        trigger,
        OrderTerms.Timing.UNTIL_CANCELED,
        OrderTerms.Flags.NONE,
        null,
        null,
        parent.terms().userref(),
        parent.txid());
  }

  private static OrderTrigger trailing(
      Pair pair, CloseTerms close, BigDecimal reference, OrderSide side) {
    BigDecimal distance = close.price().distance(reference);
    BigDecimal price =
        side == OrderSide.SELL ? reference.subtract(distance) : reference.add(distance);
    return new OrderTrigger(
        false,
        pair.toTick(price.max(pair.tickSize()), RoundingMode.HALF_UP),
        close.price(),
        close.price2(),
        reference,
        false,
        null);
  }

  private static BigDecimal tick(
      Pair pair, RelativePrice price, BigDecimal reference, boolean upwards) {
    return pair.toTick(price.from(reference, upwards).max(pair.tickSize()), RoundingMode.HALF_UP);
  }
}
