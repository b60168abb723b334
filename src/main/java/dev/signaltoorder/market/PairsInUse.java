package dev.signaltoorder.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The pairs whose snapshots are kept warm: the configured ones, then those asked for lately, most
 * recent first, up to a limit, because every pair costs a Depth call each second. Thread-safe.
 */
final class PairsInUse {

  private final int max;
  private final Duration keptFor;
  private final Map<String, Instant> lastUsed = new HashMap<>();

  PairsInUse(int max, Duration keptFor) {
    this.max = max;
    this.keptFor = keptFor;
  }

  synchronized void mark(String symbol, Instant now) {
    lastUsed.put(symbol, now);
  }

  /**
   * The pairs to keep warm at {@code now}; {@code configured} come first and are never left out.
   */
  synchronized List<String> at(Instant now, List<String> configured) {
    lastUsed.values().removeIf(used -> Elapsed.atLeast(keptFor, used, now));
    var recent = new ArrayList<>(lastUsed.entrySet());
    recent.sort(
        Map.Entry.<String, Instant>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    var symbols = new LinkedHashSet<>(configured);
    for (Map.Entry<String, Instant> used : recent) {
      if (symbols.size() < max) {
        symbols.add(used.getKey());
      }
    }
    return List.copyOf(symbols);
  }
}
