package dev.signaltoorder.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;

/**
 * Bounds guessing: {@value #FAILURES_MAX} failures a minute of one name from one address, and
 * {@value #ADDRESS_FAILURES_MAX} from one address under whatever names; beyond, tries are refused
 * unseen until the allowance refills. Somebody who has signed in from an address within the last
 * {@value #KNOWN_HOURS} hours is not held up by what others fail at there. Of IPv6 the first 64
 * bits are one address.
 *
 * <p>A try takes from the allowance before the password is looked at, and gives it back when it was
 * no failure: many tries at once are bounded like many in a row.
 */
@ApplicationScoped
// A cache of at most so many entries that forgets what is not asked for: Caffeine finds the class
// of its entries by name, and
// Quarkus names those of other caches only.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
class LoginThrottle {
  static final int FAILURES_MAX = 10;
  static final int ADDRESS_FAILURES_MAX = 30;
  static final int KNOWN_HOURS = 24;

  private static final int KEYS_MAX = 10_000;
  private static final int KNOWN_MAX = 1_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private record Key(String name, String party) {}

  private final Ticker ticker;
  private final Cache<Key, Bucket> ofNames;
  private final Cache<String, Bucket> ofAddresses;
  private final Cache<Key, Boolean> known;

  @Inject
  LoginThrottle() {
    this(Ticker.systemTicker());
  }

  LoginThrottle(Ticker ticker) {
    this.ticker = ticker;
    // A bucket untouched for a window is full again: forgetting it changes nothing.
    this.ofNames = cache(KEYS_MAX).expireAfterAccess(WINDOW.multipliedBy(2)).build();
    this.ofAddresses = cache(KEYS_MAX).expireAfterAccess(WINDOW.multipliedBy(2)).build();
    this.known = cache(KNOWN_MAX).expireAfterWrite(Duration.ofHours(KNOWN_HOURS)).build();
  }

  private Caffeine<Object, Object> cache(int most) {
    return Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).ticker(ticker);
  }

  /** Whether this name may be tried from this address now; if so the try counts as a failure. */
  boolean begin(String name, String address) {
    Key key = key(name, address);
    boolean counts = !isKnown(key);
    if (counts && !ofAddress(key).tryConsume(1)) {
      return false;
    }
    if (!ofName(key).tryConsume(1)) {
      if (counts) {
        ofAddress(key).addTokens(1);
      }
      return false;
    }
    return true;
  }

  /** The try that was begun was no failure after all. */
  void undo(String name, String address) {
    Key key = key(name, address);
    ofName(key).addTokens(1);
    if (!isKnown(key)) {
      ofAddress(key).addTokens(1);
    }
  }

  /** The try that was begun was right. */
  void succeeded(String name, String address) {
    undo(name, address);
    known.put(key(name, address), true);
  }

  /** Whether somebody of this name has signed in from this address lately. */
  boolean knows(String name, String address) {
    return isKnown(key(name, address));
  }

  private boolean isKnown(Key key) {
    return known.getIfPresent(key) != null;
  }

  private Bucket ofName(Key key) {
    return Objects.requireNonNull(ofNames.get(key, any -> bucket(FAILURES_MAX)));
  }

  private Bucket ofAddress(Key key) {
    return Objects.requireNonNull(
        ofAddresses.get(key.party(), any -> bucket(ADDRESS_FAILURES_MAX)));
  }

  private static Key key(String name, String address) {
    return new Key(name, SignInAddress.party(address));
  }

  private Bucket bucket(int failures) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(failures).refillGreedy(failures, WINDOW))
        .withCustomTimePrecision(new TickerMeter(ticker))
        .build();
  }
}
