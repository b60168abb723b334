package dev.signaltoorder.kraken;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model of a counter at Kraken: every call adds its cost, the counter decays evenly, and what
 * would pass the maximum is refused there. Never below Kraken's own: a call counts from the moment
 * it is sent until it is over, because nobody knows when in between Kraken counted it. Pure: the
 * time is passed in. Not thread-safe.
 */
final class DecayingCounter {

  private static final long MICRO = 1_000_000;

  private final long maxMicro;
  private final long decayMicroPerSecond;
  private long counterMicro;
  private @Nullable Instant asOf;

  /**
   * @param used what the counter may stand at already
   * @param asOf when it does; null for whenever it is first asked
   */
  DecayingCounter(int max, int decayMilliPerSecond, int used, @Nullable Instant asOf) {
    this.maxMicro = max * MICRO;
    this.decayMicroPerSecond = decayMilliPerSecond * 1000L;
    this.counterMicro = Math.min(used * MICRO, maxMicro);
    this.asOf = asOf;
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

  /** Counts a call that is about to be sent. */
  void spend(int cost, Instant now) {
    decay(now);
    counterMicro = Math.min(maxMicro, counterMicro + cost * MICRO);
  }

  /** A call is over: Kraken may have counted it just now, so none of it has decayed yet. */
  void over(int cost, Instant sentAt, Instant now) {
    decay(now);
    long elapsedMs = Math.clamp(Duration.between(sentAt, now).toMillis(), 0L, 3_600_000L);
    long decayed = Math.min(cost * MICRO, elapsedMs * decayMicroPerSecond / 1000);
    counterMicro = Math.min(maxMicro, counterMicro + decayed);
  }

  /** Kraken said the counter is full: its word goes before the model. */
  void full(Instant now) {
    decay(now);
    counterMicro = maxMicro;
  }

  /** Units used, rounded up. */
  int used(Instant now) {
    decay(now);
    return (int) Math.ceilDiv(counterMicro, MICRO);
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
