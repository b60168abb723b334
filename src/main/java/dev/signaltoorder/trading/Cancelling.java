package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Cancels the open orders that a CANCEL signal or a CANCEL_ALL halt is after, again while Kraken
 * still shows them: cancelling twice does no harm. An order that is still in doubt is cancelled
 * once it is found.
 */
final class Cancelling {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  private final AccountState state;
  private final Map<UUID, Instant> askedAt = new HashMap<>();

  Cancelling(AccountState state) {
    this.state = state;
  }

  void tick(Step step, Instant now) {
    askedAt.keySet().retainAll(state.liveOrders().keySet());
    Fact.TradingHalted halt = state.halt();
    boolean all = halt != null && halt.scope().equals("CANCEL_ALL");
    for (Order order : state.liveOrders().values()) {
      boolean wanted =
          all || state.cancels().values().stream().anyMatch(ids -> ids.contains(order.orderId()));
      Instant asked = askedAt.get(order.orderId());
      boolean due = asked == null || !now.isBefore(asked.plus(AGAIN_AFTER));
      if (wanted && due && order.state() instanceof OrderState.Open open) {
        askedAt.put(order.orderId(), now);
        step.effect(new Effect.Cancel(order.orderId(), open.txid()));
      }
    }
    finish(step);
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
