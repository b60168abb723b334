package dev.signaltoorder.trading;

import dev.signaltoorder.risk.AccountHistory.PricePoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The mid prices that decisions were made with: a thin trail of each pair's last minutes. */
final class Prices {
  private static final Duration SPACING = Duration.ofSeconds(60);
  private static final Duration KEPT = Duration.ofMinutes(20);

  private final Map<String, Deque<PricePoint>> trails = new HashMap<>();
  private final Map<String, BigDecimal> last = new HashMap<>();

  /** What is known of one pair, as values. */
  record Image(String pair, BigDecimal last, List<PricePoint> trail) {}

  void seen(String pair, Instant at, BigDecimal mid) {
    last.put(pair, mid);
    Deque<PricePoint> trail = trails.computeIfAbsent(pair, p -> new ArrayDeque<>());
    PricePoint latest = trail.peekLast();
    if (latest == null || !at.isBefore(latest.seenAt().plus(SPACING))) {
      trail.addLast(new PricePoint(at, mid));
      while (trail.getFirst().seenAt().isBefore(at.minus(KEPT))) {
        trail.removeFirst();
      }
    }
  }

  /** The last mid price seen; null when there was none. */
  @Nullable BigDecimal last(String pair) {
    return last.get(pair);
  }

  List<Image> image() {
    return new TreeMap<>(last)
        .entrySet().stream()
            .map(
                entry ->
                    new Image(
                        entry.getKey(),
                        entry.getValue(),
                        List.copyOf(trails.getOrDefault(entry.getKey(), new ArrayDeque<>()))))
            .toList();
  }

  void restore(List<Image> images) {
    for (Image image : images) {
      last.put(image.pair(), image.last());
      trails.put(image.pair(), new ArrayDeque<>(image.trail()));
    }
  }

  /** About one price a minute of the last 20 minutes before {@code now}, oldest first. */
  List<PricePoint> recent(String pair, Instant now) {
    Deque<PricePoint> trail = trails.get(pair);
    return trail == null
        ? List.of()
        : trail.stream().filter(point -> !point.seenAt().isBefore(now.minus(KEPT))).toList();
  }
}
