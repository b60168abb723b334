package dev.signaltoorder.trading;

import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resting stop holds the coins it would sell. So a sell of the same coins is committed first,
 * waits until the stop is smaller or gone, and only then goes out: once, like every order. If the
 * stop does not let go in time, the sell is not sent at all.
 */
final class HeldSells {
  private final AccountState state;
  private final CorePolicy policy;
  private final Map<UUID, Instant> since = new HashMap<>();

  HeldSells(AccountState state, CorePolicy policy) {
    this.state = state;
    this.policy = policy;
  }

  /** A process begins: what another one intended may have been sent, except what is held here. */
  static void doubtTheOthers(AccountState state, Step step) {
    for (Order order : List.copyOf(state.liveOrders().values())) {
      boolean held = state.protections().held().containsKey(order.orderId());
      if (order.state() instanceof OrderState.Intended && !held) {
        step.record(
            new Fact.OrderInDoubt(
                order.orderId(),
                order.signalId(),
                "the process ended between the intent and its outcome"));
      }
    }
  }

  /**
   * A plan as it may go out: a sell out of a guarded position never rests, because while it does
   * its coins cannot be protected. Its price stays as approved.
   */
  static OrderPlan placeable(AccountState state, String strategy, OrderPlan plan) {
    boolean rests =
        plan.side() == Side.SELL
            && plan.timeInForce() == OrderPlan.TimeInForce.GTC
            && state.protections().guard(plan.pair(), strategy) != null;
    return rests
        ? new OrderPlan(
            plan.pair(),
            plan.side(),
            plan.type(),
            OrderPlan.TimeInForce.IOC,
            false,
            plan.volume(),
            plan.limitPrice(),
            plan.referencePrice(),
            plan.notional())
        : plan;
  }

  /** Sends an order whose intent was just recorded, or lets it wait for its coins. */
  static void sendOrHold(
      AccountState state, Fact.OrderIntended fact, Instant sendBefore, Step step) {
    OrderIntent intent = fact.intent();
    boolean sells = intent.plan().side() == Side.SELL && !intent.stops();
    Coverage coverage = Coverage.of(state, intent.plan().pair(), intent.strategy());
    if (sells && !coverage.hasRoom(state.protections())) {
      step.record(
          new ProtectionFact.SellHeld(
              fact.orderId(), fact.signalId(), coverage.position(), sendBefore));
    } else {
      send(fact.orderId(), intent, sendBefore, coverage, step);
    }
  }

  private static void send(
      UUID orderId, OrderIntent intent, Instant sendBefore, Coverage coverage, Step step) {
    step.effect(
        new Effect.SendOrder(orderId, Wire.addOrder(intent), sendBefore, coverage.covers(intent)));
  }

  /**
   * Lets go what has its coins, gives up what has waited too long.
   *
   * @param now steady
   */
  void work(Step step, Instant now, Instant clock) {
    Map<UUID, ProtectionFact.SellHeld> held = state.protections().held();
    since.keySet().retainAll(held.keySet());
    for (ProtectionFact.SellHeld each : List.copyOf(held.values())) {
      Order order = state.order(each.orderId());
      Instant first = since.computeIfAbsent(each.orderId(), id -> now);
      OrderIntent intent = order.intent();
      Coverage coverage = Coverage.of(state, intent.plan().pair(), intent.strategy());
      String inVain = inVain(order, each, coverage, first, now, clock);
      if (inVain != null) {
        step.record(
            new Fact.OrderNotPlaced(
                order.orderId(), order.signalId(), "never sent: " + inVain, false));
      } else if (coverage.hasRoom(state.protections())) {
        step.record(new ProtectionFact.SellReleased(order.orderId(), order.signalId()));
        send(order.orderId(), intent, each.sendBefore(), coverage, step);
      }
    }
  }

  private @Nullable String inVain(
      Order order,
      ProtectionFact.SellHeld held,
      Coverage coverage,
      Instant first,
      Instant now,
      Instant clock) {
    BigDecimal others = coverage.sells().subtract(order.unexecutedVolume());
    boolean shrunk = coverage.position().compareTo(held.position()) < 0;
    if (shrunk
        && order.intent().plan().volume().compareTo(coverage.position().subtract(others)) > 0) {
      return "the stop sold meanwhile what it was to sell";
    }
    boolean late = clock.isAfter(held.sendBefore()) || now.isAfter(first.plus(policy.sendWithin()));
    return late ? "the stop did not let go of its coins in time" : null;
  }
}
