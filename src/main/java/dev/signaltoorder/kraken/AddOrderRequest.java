package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An AddOrder as it goes on the wire. All amounts are already the exact decimal text to send.
 *
 * @param pair altname, "XBTUSD"
 * @param side "buy" or "sell"
 * @param orderType "market" or "limit"
 * @param volume base units, plain decimal
 * @param price limit price, plain decimal; null for market
 * @param timeInForce "GTC" or "IOC" for limit orders; null for market
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
    boolean validateOnly) {}
