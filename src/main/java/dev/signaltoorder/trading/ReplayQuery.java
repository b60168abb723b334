package dev.signaltoorder.trading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which decided signals are judged again.
 *
 * @param from earliest time of the decision's recording, inclusive
 * @param to latest, exclusive
 * @param source null for all
 * @param strategy null for all
 * @param pair modern name or as sent; null for all
 */
public record ReplayQuery(
    Instant from,
    Instant to,
    @Nullable String source,
    @Nullable String strategy,
    @Nullable String pair) {

  boolean wants(Fact.SignalDecided decided) {
    var signal = decided.input().signal();
    var known = decided.input().pair();
    return (source == null || source.equals(signal.source()))
        && (strategy == null || strategy.equals(signal.strategy()))
        && (pair == null || pair.equals(known == null ? signal.pair() : known.symbol()));
  }
}
