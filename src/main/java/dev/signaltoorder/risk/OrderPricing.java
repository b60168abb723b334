package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.signal.EntryZone;
import dev.signaltoorder.signal.OrderType;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Type, time in force and price of an order.
 *
 * <ul>
 *   <li>Type: the signal's; without one LIMIT if the signal names a price, else the default. A
 *       price that comes with an explicit MARKET is not used.
 *   <li>LIMIT: the signal's limit price; else the far edge of its entry zone for the side (BUY
 *       high, SELL low); else by {@link OrderDefaults.LimitFrom}. Never rounded.
 *   <li>MARKET: with {@code market-as-ioc-limit} a limit IOC order at ask plus (BUY) or bid minus
 *       (SELL) the market collar, rounded to the tick towards the market.
 * </ul>
 *
 * @param referencePrice what the notional is computed with, positive
 */
record OrderPricing(
    OrderType type,
    OrderPlan.TimeInForce timeInForce,
    boolean postOnly,
    @Nullable BigDecimal limitPrice,
    BigDecimal referencePrice) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * Null when the signal names no price and the rule set refuses to choose one.
   *
   * @throws UnknownValueException when the market is needed and there is none
   */
  static @Nullable OrderPricing of(CheckedInput input, Side side, OrderDefaults defaults) {
    BigDecimal named = namedPrice(input.signal(), side);
    OrderType type = input.signal().orderType();
    if (type == null) {
      type = named == null ? defaults.type() : OrderType.LIMIT;
    }
    return switch (type) {
      case MARKET -> market(input, side, defaults);
      case LIMIT -> {
        BigDecimal price = named == null ? chosenPrice(input, side, defaults) : named;
        yield price == null ? null : limit(price, defaults);
      }
    };
  }

  /** The order at this price. */
  OrderPlan plan(String pair, Side side, BigDecimal volume) {
    return new OrderPlan(
        pair,
        side,
        type,
        timeInForce,
        postOnly,
        volume,
        limitPrice,
        referencePrice,
        volume.multiply(referencePrice));
  }

  private static @Nullable BigDecimal namedPrice(Signal signal, Side side) {
    EntryZone zone = signal.entryZone();
    if (signal.limitPrice() != null || zone == null) {
      return signal.limitPrice();
    }
    return side == Side.BUY ? zone.high() : zone.low();
  }

  private static @Nullable BigDecimal chosenPrice(
      CheckedInput input, Side side, OrderDefaults defaults) {
    return switch (defaults.limitFrom()) {
      case TOUCH -> farSide(input.snapshot(), side);
      case OWN_SIDE -> side == Side.BUY ? input.snapshot().bid() : input.snapshot().ask();
      case REFUSE -> null;
    };
  }

  private static OrderPricing limit(BigDecimal price, OrderDefaults defaults) {
    boolean postOnly = defaults.postOnly() && defaults.timeInForce() == OrderPlan.TimeInForce.GTC;
    return new OrderPricing(OrderType.LIMIT, defaults.timeInForce(), postOnly, price, price);
  }

  private static OrderPricing market(CheckedInput input, Side side, OrderDefaults defaults) {
    BigDecimal far = farSide(input.snapshot(), side);
    if (!defaults.marketAsIocLimit()) {
      return new OrderPricing(OrderType.MARKET, OrderPlan.TimeInForce.IOC, false, null, far);
    }
    BigDecimal percent =
        side == Side.BUY
            ? HUNDRED.add(defaults.marketCollarPercent())
            : HUNDRED.subtract(defaults.marketCollarPercent());
    BigDecimal exact = far.multiply(percent).movePointLeft(2);
    RoundingMode towardsMarket = side == Side.BUY ? RoundingMode.DOWN : RoundingMode.UP;
    BigDecimal tick = input.pair().tickSize();
    BigDecimal price = exact.divide(tick, 0, towardsMarket).multiply(tick);
    if (price.signum() <= 0) {
      // A tick coarser than the price itself: no price below it can be named.
      throw new UnknownValueException("The collar leaves no price on the pair's tick.");
    }
    return new OrderPricing(OrderType.LIMIT, OrderPlan.TimeInForce.IOC, false, price, price);
  }

  private static BigDecimal farSide(MarketSnapshot snapshot, Side side) {
    return side == Side.BUY ? snapshot.ask() : snapshot.bid();
  }
}
