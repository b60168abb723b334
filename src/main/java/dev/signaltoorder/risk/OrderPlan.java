package dev.signaltoorder.risk;

import dev.signaltoorder.signal.OrderType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The order that a signal would become, before anyone has allowed it. Never rounded up: a volume is
 * rounded down to the pair's lot, a price that is off the tick is left as it is for the precision
 * rule to refuse.
 *
 * @param pair modern name, "BTC/USD"
 * @param side buy or sell
 * @param type market or limit
 * @param timeInForce how long it may rest; for a market order IOC
 * @param postOnly only for GTC limit orders
 * @param volume base units, zero or positive
 * @param limitPrice quote per base unit; null for a market order
 * @param referencePrice what {@code notional} is computed with: the limit price, or for a market
 *     order the far side of the spread (ask for a buy, bid for a sell)
 * @param notional volume times reference price, exact, quote units
 */
public record OrderPlan(
    String pair,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    boolean postOnly,
    BigDecimal volume,
    @Nullable BigDecimal limitPrice,
    BigDecimal referencePrice,
    BigDecimal notional) {

  /** How long an order may rest in the book. */
  public enum TimeInForce {
    GTC,
    IOC
  }
}
