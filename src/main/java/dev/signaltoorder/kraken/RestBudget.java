package dev.signaltoorder.kraken;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model of Kraken's REST call counter for one key: every call adds its cost, the counter decays
 * evenly, and a call that would pass the maximum is refused by Kraken. AddOrder and CancelOrder do
 * not count (Kraken documentation, "Spot REST Rate Limits"). Pure: the time is passed in. Used by
 * one thread.
 */
final class RestBudget {

  private static final long MICRO = 1_000_000;

  private final long maxMicro;
  private final long decayMicroPerSecond;
  private long counterMicro;
  private @Nullable Instant asOf;

  RestBudget(RestTier tier) {
    this.maxMicro = tier.maxCount() * MICRO;
    this.decayMicroPerSecond = tier.decayMilliPerSecond() * 1000L;
  }

  /** How long a call of this cost must wait; zero if it may go now. */
  Duration waitFor(int cost, Instant now) {
    decay(now);
    long tooMuch = counterMicro + cost * MICRO - maxMicro;
    if (tooMuch <= 0) {
      return Duration.ZERO;
    }
    return Duration.ofMillis(Math.ceilDiv(tooMuch * 1000, decayMicroPerSecond));
  }

  /** Counts a call. */
  void spend(int cost, Instant now) {
    decay(now);
    counterMicro = Math.min(maxMicro, counterMicro + cost * MICRO);
  }

  /** Kraken said the counter is full: its word goes before the model. */
  void full(Instant now) {
    decay(now);
    counterMicro = maxMicro;
  }

  private void decay(Instant now) {
    if (asOf != null && now.isAfter(asOf)) {
      // Beyond an hour the counter is empty at every tier; the bound keeps the product small.
      long elapsedMs = Duration.between(asOf, now).toMillis();
      long creditedMs = Math.min(elapsedMs, 3_600_000);
      counterMicro = Math.max(0, counterMicro - creditedMs * decayMicroPerSecond / 1000);
      asOf = asOf.plusMillis(elapsedMs);
    } else {
      // First use, or the clock stepped back: no decay is credited for time already credited.
      asOf = now;
    }
  }
}
