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

  private final Map<String, Seen> seen = new HashMap<>();

  /** A usable price, and all that came with it. */
  private record Seen(MarketSnapshot snapshot, MarketView view) {}

  /** Every price that reaches the core. */
  void learn(Message message) {
    MarketView view = MarketWatch.view(message);
    MarketSnapshot snapshot = view == null ? null : view.snapshot();
    if (view != null && snapshot != null && RiskEngine.isUsable(snapshot)) {
      seen.put(snapshot.pair(), new Seen(snapshot, view));
    }
  }

  void forgetOld(Instant clock) {
    seen.values().removeIf(each -> isOld(each.snapshot(), clock));
  }

  /** Null when there is none, or none that is young. */
  @Nullable MarketSnapshot of(String pair, Instant clock) {
    Seen last = seen.get(pair);
    return last == null || isOld(last.snapshot(), clock) ? null : last.snapshot();
  }

  /**
   * What was seen of the same pair, if its price is younger than this view's; else this view. A
   * price of the future, by a clock that was stepped, is not younger.
   */
  MarketView youngest(MarketView view, Instant clock) {
    MarketSnapshot snapshot = view.snapshot();
    if (snapshot == null) {
      return view;
    }
    Seen last = seen.get(snapshot.pair());
    if (last == null
        || !last.snapshot().takenAt().isAfter(snapshot.takenAt())
        || last.snapshot().takenAt().isAfter(clock)) {
      return view;
    }
    return last.view();
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
