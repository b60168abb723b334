package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as OpenOrders, ClosedOrders and QueryOrders show it. Always decide on {@code
 * volumeExecuted}, never on the status alone: a canceled order may be partly filled.
 *
 * @param txid Kraken's order id
 * @param clientOrderId {@code cl_ord_id}, or null
 * @param pair the order's pair as {@code descr} names it ("XBTUSD"), or null
 * @param side {@code descr.type}: buy or sell, or null
 * @param status pending, open, closed, canceled or expired
 * @param volume ordered, base units
 * @param volumeExecuted executed, base units
 * @param cost executed, quote units
 * @param fee quote units (as Kraken reports it)
 * @param averagePrice average fill price, zero while nothing is filled
 * @param reason why it ended, or null
 * @param openedAt Kraken's opentm, microseconds
 * @param closedAt Kraken's closetm, or null
 */
public record OrderInfo(
    String txid,
    @Nullable String clientOrderId,
    @Nullable String pair,
    @Nullable String side,
    String status,
    BigDecimal volume,
    BigDecimal volumeExecuted,
    BigDecimal cost,
    BigDecimal fee,
    BigDecimal averagePrice,
    @Nullable String reason,
    Instant openedAt,
    @Nullable Instant closedAt) {}
