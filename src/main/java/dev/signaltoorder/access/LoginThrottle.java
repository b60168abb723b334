package dev.signaltoorder.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;

/**
 * Bounds guessing: after {@value #FAILURES_MAX} failures of one name from one address within a
 * minute, further tries are refused unseen until the minute's allowance refills. Remembers the
 * latest {@value #KEYS_MAX} pairs of name and address.
 */
@ApplicationScoped
class LoginThrottle {
  static final int FAILURES_MAX = 10;
  static final int KEYS_MAX = 10_000;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private record Key(String name, String address) {}

  private final Ticker ticker;
  private final Cache<Key, Bucket> failures;

  @Inject
  LoginThrottle() {
    this(Ticker.systemTicker());
  }

  LoginThrottle(Ticker ticker) {
    this.ticker = ticker;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            // A bucket untouched for a window is full again: forgetting it changes nothing.
            .expireAfterWrite(WINDOW.multipliedBy(2))
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /** Whether this name may be tried from this address now. */
  boolean allows(String name, String address) {
    Bucket bucket = failures.getIfPresent(new Key(name, address));
    return bucket == null || bucket.getAvailableTokens() > 0;
  }

  /** Counts a failure; true when it used up the allowance, so that it is logged once. */
  boolean failed(String name, String address) {
    Key key = new Key(name, address);
    Bucket bucket = Objects.requireNonNull(failures.get(key, any -> newBucket()));
    boolean counted = bucket.tryConsume(1);
    failures.put(key, bucket);
    return counted && bucket.getAvailableTokens() == 0;
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(FAILURES_MAX).refillGreedy(FAILURES_MAX, WINDOW))
        .withCustomTimePrecision(new Nanoseconds(ticker))
        .build();
  }

  /** The cache's clock, for the bucket. */
  private record Nanoseconds(Ticker ticker) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ticker.read();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
