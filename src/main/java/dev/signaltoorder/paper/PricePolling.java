package dev.signaltoorder.paper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides when Kraken's prices are fetched: at every tick while that works, once a minute while it
 * does not, never two at a time.
 */
final class PricePolling {

  private static final Duration RETRY = Duration.ofMinutes(1);

  private final KrakenPrices prices;
  private final Clock clock;
  private boolean inFlight;
  private @Nullable Instant failedAt;

  PricePolling(KrakenPrices prices, Clock clock) {
    this.prices = prices;
    this.clock = clock;
  }

  /** Fetches if it is time to; complete when the answer, if any, is in. */
  synchronized CompletableFuture<Void> tick() {
    Instant now = clock.instant();
    if (inFlight || (failedAt != null && now.isBefore(failedAt.plus(RETRY)))) {
      return CompletableFuture.completedFuture(null);
    }
    inFlight = true;
    return prices.poll().thenAccept(good -> finished(good, now));
  }

  private synchronized void finished(boolean good, Instant startedAt) {
    inFlight = false;
    // One failure among good answers is noise: prices stay fresh for several ticks more.
    failedAt = good || prices.isFresh() ? null : startedAt;
  }
}
