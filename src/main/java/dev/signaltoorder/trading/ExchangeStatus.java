package dev.signaltoorder.trading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How Kraken looks from an account.
 *
 * @param breaker CLOSED, OPEN or HALF_OPEN: while it is not closed no new entries are sent
 * @param failures calls among the latest that got no usable answer, "4 of 6"
 * @param lockedOut Kraken bars the account: no private call is made
 * @param rateLimited Kraken asked for fewer calls a moment ago
 * @param parkedSignals signals that wait for Kraken to come back
 * @param watchedOrders orders that are presumed absent and still asked about
 * @param blindness why look-ups could miss an order, so that silence proves nothing; or null
 */
public record ExchangeStatus(
    String breaker,
    String failures,
    boolean lockedOut,
    boolean rateLimited,
    int parkedSignals,
    int watchedOrders,
    @Nullable String blindness) {

  static ExchangeStatus of(
      ExchangeHealth health,
      Instant now,
      int parkedSignals,
      int watchedOrders,
      @Nullable String blindness) {
    return new ExchangeStatus(
        health.breaker(now).name(),
        health.failures(),
        health.isLockedOut(now),
        health.isRateLimited(now),
        parkedSignals,
        watchedOrders,
        blindness);
  }
}
