package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An AddOrder as it goes on the wire. All amounts are already the exact decimal text to send.
 *
 * @param pair altname, "XBTUSD"
 * @param side "buy" or "sell"
 * @param orderType "market", "limit" or "stop-loss"
 * @param volume base units, plain decimal
 * @param price limit price, or the trigger of a stop-loss (by the last trade), plain decimal; null
 *     for market
 * @param timeInForce "GTC" or "IOC" for limit orders; else null
 * @param postOnly sets oflags=post; only with limit and GTC
 * @param clientOrderId UUID with dashes: {@code cl_ord_id}
 * @param deadline Kraken must refuse the order after this instant; sent as RFC 3339 with
 *     milliseconds
 * @param validateOnly sets validate=true: checked by Kraken, never placed
 */
public record AddOrderRequest(
    String pair,
    String side,
    String orderType,
    String volume,
    @Nullable String price,
    @Nullable String timeInForce,
    boolean postOnly,
    String clientOrderId,
    Instant deadline,
    boolean validateOnly) {

  /**
   * The same order in Kraken's full vocabulary.
   *
   * @throws IllegalArgumentException for a combination that Kraken cannot mean
   */
  SpotOrder toSpotOrder() {
    return new SpotOrder(
        pair,
        OrderSide.of(side),
        new BigDecimal(volume),
        kind(),
        new OrderIdentity.ClientOrderId(clientOrderId),
        deadline,
        validateOnly,
        OrderExtras.NONE);
  }

  private OrderKind kind() {
    if (orderType.equals("market") && price == null && timeInForce == null && !postOnly) {
      return new OrderKind.Market();
    }
    if (orderType.equals("stop-loss") && price != null && timeInForce == null && !postOnly) {
      OrderPrice trigger = new OrderPrice.At(new BigDecimal(price));
      return new OrderKind.StopLoss(trigger, OrderKind.TriggerBy.LAST);
    }
    if (!orderType.equals("limit") || price == null || timeInForce == null) {
      throw new IllegalArgumentException(
          "a limit order has a price and a time in force, a market order has neither");
    }
    OrderPrice limit = new OrderPrice.At(new BigDecimal(price));
    return switch (timeInForce) {
      case "GTC" -> {
        OrderLifetime.GoodTillCanceled resting = new OrderLifetime.GoodTillCanceled();
        yield postOnly
            ? new OrderKind.LimitPostOnly(limit, resting)
            : new OrderKind.Limit(limit, resting);
      }
      case "IOC" -> {
        if (postOnly) {
          throw new IllegalArgumentException("an order that is not to rest cannot be post-only");
        }
        yield new OrderKind.Limit(limit, new OrderLifetime.ImmediateOrCancel());
      }
      default -> throw new IllegalArgumentException("a time in force is GTC or IOC here");
    };
  }
}
