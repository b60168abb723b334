package dev.signaltoorder.trading;

import dev.signaltoorder.risk.OrderPlan;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Everything about an order that was fixed before it was sent, and never changes after.
 *
 * @param clientOrderId Kraken's {@code cl_ord_id}: the order id as UUID with dashes
 * @param strategy the signal's strategy
 * @param altname the pair's name on the wire, "XBTUSD"
 * @param baseAsset asset id, "XXBT"
 * @param quoteAsset asset id, "ZUSD"
 * @param plan what was approved
 * @param approvedAt UTC
 * @param deadline Kraken must refuse the order after this instant; fixed here so that a late sender
 *     is refused too
 * @param validateOnly validate mode: Kraken checks it and places nothing
 * @param midAtDecision mid price of the snapshot it was decided with: what slippage is measured
 *     against
 */
public record OrderIntent(
    String clientOrderId,
    String strategy,
    String altname,
    String baseAsset,
    String quoteAsset,
    OrderPlan plan,
    Instant approvedAt,
    Instant deadline,
    boolean validateOnly,
    BigDecimal midAtDecision) {}
