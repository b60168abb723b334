package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people get to see of an account's orders and limits. Measuring looks at every approval of
 * the day, so it is done once a second at most, however often the loop turns.
 */
final class Overview {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private @Nullable Instant measuredAt;
  private List<OrderStatus> orders = List.of();
  private List<LimitUsage> limits = List.of();

  List<OrderStatus> orders() {
    return orders;
  }

  List<LimitUsage> limits() {
    return limits;
  }

  /** Looks at the state again if it is time to. */
  Overview of(AccountState state, Instant now) {
    Instant before = measuredAt;
    if (before == null || now.isBefore(before) || !now.isBefore(before.plus(FRESH))) {
      orders = OrderStatus.of(state);
      limits = LimitUsages.of(state, now);
      measuredAt = now;
    }
    return this;
  }
}
