package dev.signaltoorder.trading;

import dev.signaltoorder.risk.AskedSize;
import dev.signaltoorder.risk.OrderPlan;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an order that was fixed before it was sent. It never changes after; only a
 * stop's volume and trigger follow its amendments.
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
 * @param protective what it protects; null for a signal's own order
 * @param source of the signal; null for orders that protect, and for those of older versions
 * @param asked the size that the signal asked for; null likewise
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
    BigDecimal midAtDecision,
    @Nullable Protective protective,
    @Nullable String source,
    @Nullable AskedSize asked) {

  /** A signal's own order. */
  OrderIntent(
      String clientOrderId,
      String strategy,
      String altname,
      String baseAsset,
      String quoteAsset,
      OrderPlan plan,
      Instant approvedAt,
      Instant deadline,
      boolean validateOnly,
      BigDecimal midAtDecision) {
    this(
        clientOrderId,
        strategy,
        altname,
        baseAsset,
        quoteAsset,
        plan,
        approvedAt,
        deadline,
        validateOnly,
        midAtDecision,
        null,
        null,
        null);
  }

  /** True for the stop that rests at Kraken for a position. */
  boolean stops() {
    return protective != null && protective.role() == Protective.Role.STOP;
  }

  /** As the stop is after an amendment; its trigger stays where {@code stop} is null. */
  OrderIntent amended(BigDecimal volume, @Nullable BigDecimal stop) {
    BigDecimal trigger = stop == null ? plan.referencePrice() : stop;
    return new OrderIntent(
        clientOrderId,
        strategy,
        altname,
        baseAsset,
        quoteAsset,
        new OrderPlan(
            plan.pair(),
            plan.side(),
            plan.type(),
            plan.timeInForce(),
            plan.postOnly(),
            volume,
            plan.limitPrice(),
            trigger,
            volume.multiply(trigger)),
        approvedAt,
        deadline,
        validateOnly,
        midAtDecision,
        protective,
        source,
        asked);
  }
}
