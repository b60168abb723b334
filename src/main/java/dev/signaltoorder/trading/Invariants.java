package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The checks of an account's state that run in production, after every step that recorded
 * something. Small and cheap: they look at what is alive, never at the whole past. Pure.
 */
final class Invariants {
  private Invariants() {}

  /** All that does not hold, whether it was reported before or not. */
  static List<Violation> violations(AccountState state) {
    List<Violation> found = new ArrayList<>(state.tallies().takeAnomalies());
    ordersOut(state, found);
    for (Order order : state.liveOrders().values()) {
      executed(order, found);
      oneState(state, order, found);
    }
    exposure(state, found);
    reservations(state, found);
    return found;
  }

  private static void ordersOut(AccountState state, List<Violation> found) {
    Tallies tallies = state.tallies();
    if (tallies.ordersSent() > tallies.intents() + tallies.acceptedSurplus()) {
      String accepted =
          tallies.acceptedSurplus() == 0
              ? ""
              : " and " + tallies.acceptedSurplus() + " accepted before";
      found.add(
          new Violation(
              Invariant.ORDERS_OUT,
              tallies.ordersSent()
                  + " orders went out for "
                  + tallies.intents()
                  + " approvals"
                  + accepted));
    }
  }

  private static void executed(Order order, List<Violation> found) {
    BigDecimal executed = order.execution().volume();
    BigDecimal ordered = order.intent().plan().volume();
    if (executed.compareTo(ordered) > 0 || executed.signum() < 0) {
      found.add(executedMore(order, executed));
    }
  }

  /** Also of an order that has ended by it. */
  static Violation executedMore(Order order, BigDecimal executed) {
    return new Violation(
        Invariant.EXECUTED,
        "order "
            + order.orderId()
            + " executed "
            + executed.toPlainString()
            + " of "
            + order.intent().plan().volume().toPlainString(),
        order.signalId(),
        order.orderId());
  }

  private static void oneState(AccountState state, Order order, List<Violation> found) {
    boolean watched = state.searches().watched().containsKey(order.orderId());
    if (watched || order.state().isFinal()) {
      found.add(
          new Violation(
              Invariant.ONE_STATE,
              "order " + order.orderId() + " is alive, and also absent or over",
              order.signalId(),
              order.orderId()));
    }
  }

  private static void exposure(AccountState state, List<Violation> found) {
    Map<String, Map<String, BigDecimal>> held = state.positions().all();
    Map<String, Map<String, BigDecimal>> counted =
        state.tallies().positions(state.liveOrders().values());
    if (!same(held, counted)) {
      found.add(
          new Violation(
              Invariant.EXPOSURE, "positions are " + held + ", executions sum up to " + counted));
    }
  }

  private static boolean same(
      Map<String, Map<String, BigDecimal>> one, Map<String, Map<String, BigDecimal>> other) {
    if (!one.keySet().equals(other.keySet())) {
      return false;
    }
    for (Map.Entry<String, Map<String, BigDecimal>> pair : one.entrySet()) {
      Map<String, BigDecimal> strategies = other.get(pair.getKey());
      if (strategies == null || !strategies.keySet().equals(pair.getValue().keySet())) {
        return false;
      }
      for (Map.Entry<String, BigDecimal> strategy : pair.getValue().entrySet()) {
        BigDecimal volume = strategies.get(strategy.getKey());
        if (volume == null || volume.compareTo(strategy.getValue()) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static void reservations(AccountState state, List<Violation> found) {
    for (UUID orderId : state.holdings().negativeReservations()) {
      found.add(
          new Violation(
              Invariant.RESERVATIONS,
              "the reservation of order " + orderId + " is negative",
              null,
              orderId));
    }
  }
}
