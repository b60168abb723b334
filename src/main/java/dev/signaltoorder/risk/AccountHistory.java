package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened on the account so far, as far as rules look at it; all of it follows from the
 * journal's facts. Amounts in the quote asset of the signal's pair, volumes in its base asset. What
 * is unknown is null, and the rule that needs it says what happens then.
 *
 * @param openInPair the account's own orders in this pair that have no final state
 * @param unknownOrders orders in doubt or quarantined, over all pairs
 * @param strategyEntries buys of the signal's strategy in this pair since it last held nothing,
 *     open ones included
 * @param resumedAfter approvals up to and including this moment were there when a person last
 *     resumed trading; null when nobody has
 * @param recentFailures how many of the account's last 20 orders were refused or in doubt, counted
 *     from the last resume on
 * @param lastSequence highest sequence number seen from the signal's source and strategy before
 *     this signal; null when none was
 * @param dayResult realised result of this UTC day in this quote asset, less what open positions
 *     stand below their cost; gains that are not realised do not count
 * @param drawdown how far the realised result, less what open positions stand below their cost,
 *     lies below its highest mark since the last resume; zero or more
 * @param pairLosses sells in a row, latest last, that ended with a loss in this pair
 * @param pairLostAt when the last of them ended; null when there is none
 * @param prices mid prices seen in this pair in the last 15 minutes, oldest first
 * @param clockSkewSeconds our clock less Kraken's, at least; null when not measured
 * @param unpriced other pairs of this quote asset that something is held in and no price is known
 *     of that is young enough: in {@code dayResult} and {@code drawdown} it counts as worth nothing
 */
public record AccountHistory(
    List<OpenOrder> openInPair,
    int unknownOrders,
    int strategyEntries,
    @Nullable Instant resumedAfter,
    int recentFailures,
    @Nullable Long lastSequence,
    @Nullable BigDecimal dayResult,
    @Nullable BigDecimal drawdown,
    int pairLosses,
    @Nullable Instant pairLostAt,
    List<PricePoint> prices,
    @Nullable BigDecimal clockSkewSeconds,
    List<String> unpriced) {

  /** Nothing has happened, and no result can be computed. */
  public static final AccountHistory UNKNOWN =
      new AccountHistory(
          List.of(), 0, 0, null, 0, null, null, null, 0, null, List.of(), null, List.of());

  public AccountHistory {
    openInPair = List.copyOf(openInPair);
    prices = List.copyOf(prices);
    // Decisions stored before this was looked at knew a price, however old, or counted nothing.
    unpriced = unpriced == null ? List.of() : List.copyOf(unpriced);
  }

  /**
   * An own order that may still be executed.
   *
   * @param limitPrice null for a market order
   */
  public record OpenOrder(Side side, @Nullable BigDecimal limitPrice) {}

  /** A mid price, and when it was seen. */
  public record PricePoint(Instant seenAt, BigDecimal mid) {}
}
