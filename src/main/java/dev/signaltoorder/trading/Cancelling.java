package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Cancels the open orders that a CANCEL signal or a CANCEL_ALL halt is after, again while Kraken
 * still shows them, less and less often: cancelling twice does no harm. An order that is still in
 * doubt is cancelled once it is found. A signal never touches an order that protects a position; a
 * halt does so only when told, and likewise sells that rest: those make the position smaller.
 */
final class Cancelling {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 4;

  private final AccountState state;
  private final Map<UUID, Asked> asked = new HashMap<>();

  private record Asked(Instant last, int times) {
    Instant next() {
      return last.plus(AGAIN_AFTER.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS)));
    }
  }

  Cancelling(AccountState state) {
    this.state = state;
  }

  void tick(Step step, Instant now) {
    asked.keySet().retainAll(state.liveOrders().keySet());
    Fact.TradingHalted halt = state.halt();
    for (Order order : state.liveOrders().values()) {
      boolean wanted =
          (halt != null
                  && halt.scope().equals("CANCEL_ALL")
                  && isCanceledByHalt(order, halt.sweep(), state))
              || state.cancels().values().stream().anyMatch(ids -> ids.contains(order.orderId()));
      Asked before = asked.get(order.orderId());
      boolean due = before == null || !now.isBefore(before.next());
      if (wanted && due && order.state() instanceof OrderState.Open open) {
        asked.put(order.orderId(), new Asked(now, before == null ? 1 : before.times() + 1));
        step.effect(new Effect.Cancel(order.orderId(), open.txid()));
      }
    }
    finish(step);
  }

  /** Whether a halt of CANCEL_ALL cancels it, as soon as it is known to be at Kraken. */
  static boolean isCanceledByHalt(Order order, Sweep sweep, AccountState state) {
    if (!state.liveOrders().containsKey(order.orderId())) {
      return false;
    }
    if (order.intent().protective() != null) {
      return sweep.stops();
    }
    return order.intent().plan().side() == Side.BUY || sweep.exits();
  }

  private void finish(Step step) {
    List<UUID> done = new ArrayList<>();
    state
        .cancels()
        .forEach(
            (signalId, orders) -> {
              if (orders.isEmpty()) {
                done.add(signalId);
              }
            });
    done.forEach(signalId -> step.record(new Fact.CancelDone(signalId)));
  }
}
