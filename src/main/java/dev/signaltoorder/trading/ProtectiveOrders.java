package dev.signaltoorder.trading;

import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.OrderType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The orders that protect a position: each is an intent of its own, sent once. */
final class ProtectiveOrders {
  private final AccountState state;
  private final CorePolicy policy;
  private final Supplier<UUID> ids;

  ProtectiveOrders(AccountState state, CorePolicy policy, Supplier<UUID> ids) {
    this.state = state;
    this.policy = policy;
    this.ids = ids;
  }

  void stop(Guard guard, BigDecimal volume, Step step, Instant clock) {
    BigDecimal trigger = java.util.Objects.requireNonNull(guard.stop());
    Protective protective =
        new Protective(
            Protective.Role.STOP,
            guard.entryOrderId(),
            "the position of "
                + guard.strategy()
                + " is sold if the price falls to "
                + trigger.toPlainString());
    intend(guard, guard.signalId(), protective, volume, null, trigger, step, clock);
  }

  /** At the market. */
  void close(Guard guard, BigDecimal volume, Step step, Instant clock) {
    BigDecimal trigger = java.util.Objects.requireNonNull(guard.stop());
    Protective protective =
        new Protective(
            Protective.Role.CLOSE,
            guard.entryOrderId(),
            "it could not be protected, so it is sold");
    intend(guard, guard.signalId(), protective, volume, null, trigger, step, clock);
  }

  /** At the level's price or better, at once or not at all. */
  void takeProfit(
      Guard guard,
      Guard.Entry entry,
      BigDecimal volume,
      BigDecimal price,
      Step step,
      Instant clock) {
    Protective protective =
        new Protective(
            Protective.Role.TAKE_PROFIT,
            entry.orderId(),
            "the price reached the take-profit " + price.toPlainString());
    intend(guard, entry.signalId(), protective, volume, price, price, step, clock);
  }

  private void intend(
      Guard guard,
      UUID signalId,
      Protective protective,
      BigDecimal volume,
      @Nullable BigDecimal limit,
      BigDecimal reference,
      Step step,
      Instant clock) {
    UUID orderId = ids.get();
    OrderPlan plan =
        new OrderPlan(
            guard.symbol(),
            Side.SELL,
            limit == null ? OrderType.MARKET : OrderType.LIMIT,
            OrderPlan.TimeInForce.IOC,
            false,
            volume,
            limit,
            reference,
            volume.multiply(reference));
    OrderIntent intent =
        new OrderIntent(
            orderId.toString(),
            guard.strategy(),
            guard.pair().altname(),
            guard.pair().base(),
            guard.pair().quote(),
            plan,
            clock,
            clock.plus(policy.orderDeadline()).truncatedTo(ChronoUnit.MILLIS),
            state.mode().equals("validate"),
            reference,
            protective,
            null,
            null);
    Fact.OrderIntended intended = new Fact.OrderIntended(orderId, signalId, intent);
    step.record(intended);
    HeldSells.sendOrHold(state, intended, clock.plus(policy.sendWithin()), step);
  }
}
