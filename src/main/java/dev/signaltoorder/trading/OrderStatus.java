package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live order, for operators.
 *
 * @param role STOP, TAKE_PROFIT or CLOSE for one that protects a position; null for a signal's own
 * @param side BUY or SELL
 * @param limitPrice quote units per base unit; null for a market order and for a stop
 * @param trigger of a stop, quote units per base unit; null for every other order
 * @param volume base units that were ordered
 * @param executed base units of them that were executed
 * @param notional value of what may still be executed, quote units
 * @param state Intended, Open, InDoubt or Quarantined
 * @param why of an order in doubt or quarantined what is wrong; else null
 * @param txid Kraken's id; null while it is not known
 * @param since when it was approved, UTC
 */
public record OrderStatus(
    UUID orderId,
    UUID signalId,
    String pair,
    String strategy,
    @Nullable String role,
    String side,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal trigger,
    BigDecimal volume,
    BigDecimal executed,
    BigDecimal notional,
    String state,
    @Nullable String why,
    @Nullable String txid,
    Instant since) {

  /** No more are told; the counts by state name all. */
  static final int MOST = 200;

  /** Those that need a person first, then the newest. */
  static List<OrderStatus> of(AccountState state) {
    return state.liveOrders().values().stream()
        .sorted(
            Comparator.comparingInt((Order order) -> urgency(order.state()))
                .thenComparing(order -> order.intent().approvedAt(), Comparator.reverseOrder())
                .thenComparing(Order::orderId))
        .limit(MOST)
        .map(OrderStatus::of)
        .toList();
  }

  private static int urgency(OrderState state) {
    return switch (state) {
      case OrderState.Quarantined quarantined -> 0;
      case OrderState.InDoubt doubt -> 1;
      default -> 2;
    };
  }

  private static OrderStatus of(Order order) {
    OrderIntent intent = order.intent();
    Protective protective = intent.protective();
    boolean stops = intent.stops();
    return new OrderStatus(
        order.orderId(),
        order.signalId(),
        intent.plan().pair(),
        intent.strategy(),
        protective == null ? null : protective.role().name(),
        intent.plan().side().name(),
        stops ? null : intent.plan().limitPrice(),
        stops ? intent.plan().referencePrice() : null,
        intent.plan().volume(),
        order.execution().volume(),
        order.unexecutedNotional(),
        order.state().getClass().getSimpleName(),
        switch (order.state()) {
          case OrderState.InDoubt doubt -> doubt.cause();
          case OrderState.Quarantined quarantined -> quarantined.why();
          default -> null;
        },
        order.txid().orElse(null),
        intent.approvedAt());
  }
}
