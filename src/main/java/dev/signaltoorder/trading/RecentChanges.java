package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of resting stops that Kraken has confirmed. Answers cross, and Kraken's lists lag behind
 * what it has answered: what was asked before a change, or right after it, may show the stop as it
 * was. Times are steady.
 */
final class RecentChanges {
  private static final Duration LISTS_LAG = Duration.ofSeconds(2);

  private final Map<UUID, Instant> changedAt = new HashMap<>();

  void changed(UUID orderId, Instant now) {
    changedAt.put(orderId, now);
  }

  void forgetAllBut(Collection<UUID> live) {
    changedAt.keySet().retainAll(live);
  }

  /**
   * Whether what was asked then may be behind.
   *
   * @param askedAt null when nobody knows
   */
  boolean mayBeBehind(UUID orderId, @Nullable Instant askedAt) {
    Instant changed = changedAt.get(orderId);
    return changed != null && askedAt != null && !askedAt.isAfter(changed.plus(LISTS_LAG));
  }
}
