package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.signal.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything a decision is made from; the same input gives the same decision for ever.
 *
 * @param signal the signal
 * @param receivedAt when it arrived here
 * @param now the moment of the decision, UTC
 * @param pair the resolved pair, or null
 * @param pairProblem why the pair could not be resolved ("unknown pair", "ambiguous", ...); null
 *     when it could
 * @param snapshot the market, or null
 * @param snapshotProblem why there is none; null when there is one
 * @param account the account at this moment
 */
public record RiskInput(
    Signal signal,
    Instant receivedAt,
    Instant now,
    @Nullable PairRules pair,
    @Nullable String pairProblem,
    @Nullable MarketSnapshot snapshot,
    @Nullable String snapshotProblem,
    AccountView account) {

  /** The same input with another view of the account. */
  public RiskInput withAccount(AccountView other) {
    return new RiskInput(
        signal, receivedAt, now, pair, pairProblem, snapshot, snapshotProblem, other);
  }
}
