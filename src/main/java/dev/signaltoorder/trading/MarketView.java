package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the market package knows of a signal's pair at one moment.
 *
 * @param pair null when it could not be resolved
 * @param pairProblem why not; null when it could
 * @param retryable true when the pair may become resolvable soon (the catalogue is still loading)
 * @param snapshot null when there is none
 * @param snapshotProblem why not; null when there is one
 * @param calls the raw calls that fed the snapshot
 */
public record MarketView(
    @Nullable PairRules pair,
    @Nullable String pairProblem,
    boolean retryable,
    @Nullable MarketSnapshot snapshot,
    @Nullable String snapshotProblem,
    List<CallRecord> calls) {

  /** Nobody has looked yet. */
  static final MarketView UNKNOWN =
      new MarketView(null, "not looked up yet", true, null, "not looked up yet", List.of());

  public MarketView {
    calls = List.copyOf(calls);
  }
}
