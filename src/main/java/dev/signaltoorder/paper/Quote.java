package dev.signaltoorder.paper;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Best prices of a pair.
 *
 * @param bid best buy price, below {@code ask}
 * @param ask best sell price
 * @param last price of the last trade
 * @param bidVolume all there is to sell into, base units; null means a deep book
 * @param askVolume all there is to buy, base units; null means a deep book
 */
record Quote(
    BigDecimal bid,
    BigDecimal ask,
    BigDecimal last,
    @Nullable BigDecimal bidVolume,
    @Nullable BigDecimal askVolume) {

  Quote {
    if (bid.signum() <= 0 || ask.compareTo(bid) <= 0) {
      throw new IllegalArgumentException("not a market: bid " + bid + ", ask " + ask);
    }
  }

  static Quote deep(BigDecimal bid, BigDecimal ask, BigDecimal last) {
    return new Quote(bid, ask, last, null, null);
  }

  BigDecimal mid() {
    return bid.add(ask).divide(BigDecimal.valueOf(2));
  }

  /** The price an order of this side meets. */
  BigDecimal opposite(OrderSide side) {
    return side == OrderSide.BUY ? ask : bid;
  }

  /** The volume an order of this side meets; null means a deep book. */
  @Nullable BigDecimal oppositeVolume(OrderSide side) {
    return side == OrderSide.BUY ? askVolume : bidVolume;
  }

  Quote taken(OrderSide side, BigDecimal volume) {
    BigDecimal there = oppositeVolume(side);
    if (there == null) {
      return this;
    }
    BigDecimal left = there.subtract(volume);
    return side == OrderSide.BUY
        ? new Quote(bid, ask, last, bidVolume, left)
        : new Quote(bid, ask, last, left, askVolume);
  }
}
