package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.RiskEngine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest usable price of each pair, while it is young enough to value a position with. Not part
 * of the fold: whoever takes over looks anew.
 */
final class YoungPrices {
  /** Older prices value nothing. */
  static final Duration YOUNG = Duration.ofSeconds(10);

  private final Map<String, MarketSnapshot> seen = new HashMap<>();

  /** Every price that reaches the core. */
  void learn(Message message) {
    MarketSnapshot snapshot = MarketWatch.snapshot(message);
    if (snapshot != null && RiskEngine.isUsable(snapshot)) {
      seen.put(snapshot.pair(), snapshot);
    }
  }

  void forgetOld(Instant clock) {
    seen.values().removeIf(snapshot -> isOld(snapshot, clock));
  }

  /** Null when there is none, or none that is young. */
  @Nullable MarketSnapshot of(String pair, Instant clock) {
    MarketSnapshot snapshot = seen.get(pair);
    return snapshot == null || isOld(snapshot, clock) ? null : snapshot;
  }

  /** Null when there is none, or none that is young. */
  @Nullable BigDecimal mid(String pair, Instant clock) {
    MarketSnapshot young = of(pair, clock);
    return young == null ? null : young.mid();
  }

  /**
   * Pairs that something is held in and that cannot be valued.
   *
   * @param quoteAsset by its id
   * @param except the pair that is asked about: whoever asks has a price of it, or needs none
   */
  List<String> missing(Results results, String quoteAsset, String except, Instant clock) {
    List<String> missing = new ArrayList<>(0);
    for (String pair : results.heldPairs(quoteAsset)) {
      if (!pair.equals(except) && of(pair, clock) == null) {
        missing.add(pair);
      }
    }
    return missing;
  }

  private static boolean isOld(MarketSnapshot snapshot, Instant clock) {
    return snapshot.takenAt().plus(YOUNG).isBefore(clock);
  }
}
