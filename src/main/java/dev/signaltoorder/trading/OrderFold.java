package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.risk.AccountView;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;

/** Folds what happens to orders into an account's state. */
final class OrderFold {
  private OrderFold() {}

  static void stillAbsent(AccountState state, Fact.OrderStillAbsent fact) {
    state.searches().stillAbsent(fact);
    if (fact.last()) {
      state.protections().forget(fact.orderId());
    }
    // Its row was kept in case it appears: now it may be let go.
    if (state.summaries().find(fact.signalId()) != null) {
      state.summaries().touch(fact.signalId());
    }
  }

  static void protection(AccountState state, ProtectionFact fact) {
    if (fact instanceof ProtectionFact.Amended amended) {
      Order order = state.order(amended.orderId()).amended(amended.volume(), amended.stop());
      state.liveOrders().put(order.orderId(), order);
      state.holdings().resized(order);
      if (amended.how().equals("ANSWERED")) {
        state.protections().fitted(order.intent());
      }
    }
    if (fact instanceof ProtectionFact.AmendWanted wanted) {
      Order stop = state.liveOrders().get(wanted.orderId());
      if (stop != null) {
        OrderIntent intent = stop.intent();
        BigDecimal position = state.positions().of(intent.plan().pair(), intent.strategy());
        covered(state, wanted.orderId(), wanted.volume(), position);
      }
    }
    state.protections().apply(fact);
  }

  static void intended(AccountState state, Fact.OrderIntended fact) {
    state.tallies().intended();
    state.protections().intended(fact);
    boolean own = fact.intent().protective() == null;
    SignalSummary row = state.summaries().find(fact.signalId());
    if (own && (row == null || row.orderId() != null)) {
      state.tallies().intendedTwice(fact.signalId(), fact.orderId());
    }
    if (own) {
      state.approvals().approved(fact.orderId(), fact.intent());
    }
    reserve(state, fact.orderId(), fact.intent());
    oneStop(state, fact.orderId(), fact.intent());
    moved(
        state,
        new Order(fact.orderId(), fact.signalId(), fact.intent(), new OrderState.Intended()));
  }

  private static void reserve(AccountState state, UUID orderId, OrderIntent intent) {
    BigDecimal fee = state.fees().percentOf(intent.plan().pair());
    state.holdings().approved(orderId, intent, fee == null ? AccountView.ASSUMED_FEE_PERCENT : fee);
  }

  /** A stop is placed only where none is alive, and never for more than is held. */
  private static void oneStop(AccountState state, UUID orderId, OrderIntent intent) {
    if (!intent.stops()) {
      return;
    }
    Coverage coverage = Coverage.of(state, intent.plan().pair(), intent.strategy());
    if (!coverage.stops().isEmpty()) {
      state
          .tallies()
          .anomaly(
              Invariant.ONE_STOP,
              "the stop " + orderId + " was placed beside " + coverage.stops().getFirst().orderId(),
              orderId);
    }
    covered(state, orderId, intent.plan().volume(), coverage.position());
  }

  private static void covered(
      AccountState state, UUID orderId, BigDecimal volume, BigDecimal position) {
    if (volume.compareTo(position) > 0) {
      state
          .tallies()
          .anomaly(
              Invariant.STOP_COVERED,
              "the stop "
                  + orderId
                  + " was to sell "
                  + volume.toPlainString()
                  + " of "
                  + position.toPlainString(),
              orderId);
    }
  }

  static void changed(AccountState state, UUID orderId, Fact fact) {
    Order live = state.liveOrders().get(orderId);
    Order watched = live == null ? state.searches().watchedOrder(orderId) : live;
    Order before = Objects.requireNonNull(watched, "no live order " + orderId);
    Order after = before.with(OrderTransitions.after(before.state(), fact));
    if (before.state() instanceof OrderState.PresumedAbsent) {
      if (before.intent().protective() == null) {
        state.approvals().provedPresent(before);
      }
      reserve(state, orderId, before.intent());
    }
    if (fact instanceof Fact.OrderPlaced) {
      state.holdings().placed(orderId, state.factCount());
    }
    state.positions().filled(before.intent(), before.execution(), after.execution());
    state.track().orderChanged(before, after);
    moved(state, after);
    state.protections().moved(before.execution(), after);
  }

  private static void moved(AccountState state, Order order) {
    if (order.state().isFinal()) {
      state.liveOrders().remove(order.orderId());
      if (!(order.state() instanceof OrderState.Ended) && order.intent().protective() == null) {
        state.approvals().provedAbsent(order);
      }
      state.holdings().ended(order, state.factCount());
      state.cancels().values().forEach(orders -> orders.remove(order.orderId()));
    } else {
      state.liveOrders().put(order.orderId(), order);
    }
    state.searches().moved(order);
    state.tallies().moved(order);
    if (order.intent().protective() == null) {
      state.summaries().put(SummaryFold.ordered(state.summaries().of(order.signalId()), order));
    }
  }
}
