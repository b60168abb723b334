package dev.signaltoorder.signal;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One token bucket per key. The number of buckets is bounded: a flood from many addresses costs no
 * memory, it only makes the least recently seen ones start afresh.
 */
final class RateLimits {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final TimeMeter time;
  private final int keysMax;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
  private final ReentrantLock lock = new ReentrantLock();

  RateLimits(Clock clock, int keysMax) {
    this.time = new ClockTime(clock);
    this.keysMax = keysMax;
  }

  /**
   * Takes one from the key's bucket.
   *
   * @param perMinute how many may be taken in a minute; all at once, too
   * @return 0 when it may pass, otherwise the whole seconds to wait, at least 1
   */
  long secondsToWait(String key, int perMinute) {
    ConsumptionProbe probe = bucket(key, perMinute).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? 0
        : 1 + Duration.ofNanos(probe.getNanosToWaitForRefill() - 1).toSeconds();
  }

  private Bucket bucket(String key, int perMinute) {
    lock.lock();
    try {
      Bucket bucket =
          buckets.computeIfAbsent(
              key,
              k ->
                  Bucket.builder()
                      .addLimit(l -> l.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                      .withCustomTimePrecision(time)
                      .build());
      if (buckets.size() > keysMax) {
        buckets.remove(buckets.keySet().iterator().next());
      }
      return bucket;
    } finally {
      lock.unlock();
    }
  }

  /** How many keys are remembered. */
  int size() {
    lock.lock();
    try {
      return buckets.size();
    } finally {
      lock.unlock();
    }
  }

  /** The service's clock for the buckets, so that tests own their time. */
  private record ClockTime(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
