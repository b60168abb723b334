package dev.signaltoorder.risk;

import dev.signaltoorder.signal.OrderType;
import java.math.BigDecimal;

/**
 * The rule set's answer to what a signal leaves open.
 *
 * @param type for a signal that names neither a type nor a price
 * @param timeInForce of limit orders
 * @param postOnly only with GTC
 * @param marketAsIocLimit place a market order as a limit IOC order that cannot run away
 * @param marketCollarPercent how far beyond the far side of the spread that limit lies
 * @param limitFrom where a LIMIT signal without a price gets its price
 */
record OrderDefaults(
    OrderType type,
    OrderPlan.TimeInForce timeInForce,
    boolean postOnly,
    boolean marketAsIocLimit,
    BigDecimal marketCollarPercent,
    LimitFrom limitFrom) {

  /** Where a limit price comes from when the signal has none. */
  enum LimitFrom {
    /** The far side of the spread: ask for a buy, bid for a sell. Trades at once. */
    TOUCH,
    /** The own side of the spread: bid for a buy, ask for a sell. Waits. */
    OWN_SIDE,
    /** Nowhere: the signal is denied. */
    REFUSE
  }

  static OrderDefaults read(Parameters parameters) {
    return new OrderDefaults(
        OrderType.valueOf(parameters.choice("type")),
        OrderPlan.TimeInForce.valueOf(parameters.choice("time-in-force")),
        parameters.flag("post-only"),
        parameters.flag("market-as-ioc-limit"),
        parameters.decimal("market-collar"),
        switch (parameters.choice("limit-from")) {
          case "touch" -> LimitFrom.TOUCH;
          case "own-side" -> LimitFrom.OWN_SIDE;
          default -> LimitFrom.REFUSE;
        });
  }
}
