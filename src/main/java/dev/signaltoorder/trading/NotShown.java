package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Orders that Kraken does not know under the id we have for them: a fresh order may take a while to
 * be shown, and a person may have named a wrong one. Times are steady.
 */
final class NotShown {
  /** An order that is not shown for this long is not believed to be there. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int MOST = 10_000;

  private final Map<UUID, Instant> since = new LinkedHashMap<>();

  /** Kraken has it, whether or not what it says of it can be read. */
  void shown(Order order) {
    since.remove(order.orderId());
  }

  /** Kraken answered, and left it out. */
  void missed(Order order, Step step, Instant now) {
    Instant first = since.computeIfAbsent(order.orderId(), id -> now);
    if (since.size() > MOST) {
      since.remove(since.keySet().iterator().next());
    }
    if (now.isBefore(first.plus(PATIENCE)) || !order.execution().isEmpty()) {
      return;
    }
    since.remove(order.orderId());
    String why = "Kraken does not show an order " + order.txid().orElse("");
    step.record(new Fact.OrderQuarantined(order.orderId(), order.signalId(), why));
    step.effect(new Effect.Alarm("order " + order.orderId() + " is quarantined: " + why));
  }
}
