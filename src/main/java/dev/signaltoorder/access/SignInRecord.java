package dev.signaltoorder.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * How sign-ins end: each is counted. There are no sessions, every request signs in: who did is
 * logged once in {@value #QUIET_MINUTES} minutes for each way and address. Those that failed are
 * logged, at most {@value #LINES_MAX} lines a minute, so that strangers cannot fill the log. No
 * line about a failure holds a name, a password or a token: people type passwords into the wrong
 * field.
 */
@ApplicationScoped
class SignInRecord {
  static final int LINES_MAX = 10;
  static final int QUIET_MINUTES = 15;

  private static final int TOLD_MAX = 10_000;

  private static final Logger LOG = Logger.getLogger(SignInRecord.class);

  /** By what somebody signs in. */
  enum By {
    PASSWORD,
    TOKEN,
    OIDC,
    CERTIFICATE
  }

  /** How it ended. */
  enum Outcome {
    /** Checked, and right. */
    ACCEPTED,
    /** Found right a short while ago. */
    REMEMBERED,
    /** Checked, and wrong. */
    REFUSED,
    /** Refused unseen, after too many failures. */
    THROTTLED,
    /** Turned away with 503, because enough others are being checked. */
    BUSY,
    /** Turned away with 503, because whoever issues the tokens could not be asked. */
    UNAVAILABLE
  }

  private final MeterRegistry meters;
  private final Bucket lines;
  private final AtomicLong leftOut = new AtomicLong();
  private final Cache<SignedIn, Boolean> told;

  private record SignedIn(By by, String name, String address) {}

  @Inject
  SignInRecord(MeterRegistry meters) {
    this(meters, Ticker.systemTicker());
  }

  SignInRecord(MeterRegistry meters, Ticker ticker) {
    this.meters = meters;
    this.lines =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(LINES_MAX).refillGreedy(LINES_MAX, Duration.ofMinutes(1)))
            .withCustomTimePrecision(new TickerMeter(ticker))
            .build();
    this.told =
        Caffeine.newBuilder()
            .maximumSize(TOLD_MAX)
            .expireAfterWrite(Duration.ofMinutes(QUIET_MINUTES))
            .ticker(ticker)
            .build();
    // Before anything happened, so that a rate has a beginning.
    for (By by : By.values()) {
      counter(by, Outcome.ACCEPTED);
      counter(by, Outcome.REFUSED);
    }
    counter(By.PASSWORD, Outcome.REMEMBERED);
    counter(By.PASSWORD, Outcome.THROTTLED);
    counter(By.PASSWORD, Outcome.BUSY);
    counter(By.OIDC, Outcome.UNAVAILABLE);
  }

  /** Somebody is who they say. */
  void accepted(By by, String name, String address) {
    counter(by, Outcome.ACCEPTED).increment();
    tell(by, name, address);
  }

  /** Somebody is who they said a short while ago, maybe from elsewhere. */
  void remembered(String name, String address) {
    counter(By.PASSWORD, Outcome.REMEMBERED).increment();
    tell(By.PASSWORD, name, address);
  }

  private void tell(By by, String name, String address) {
    if (told.asMap().putIfAbsent(new SignedIn(by, name, address), true) == null) {
      LOG.infof("%s signed in by %s from %s", name, text(by), address);
    }
  }

  /**
   * It was wrong, or was not looked at.
   *
   * @param outcome any but the good ones
   */
  void failed(By by, Outcome outcome, String address) {
    counter(by, outcome).increment();
    if (lines.tryConsume(1)) {
      long before = leftOut.getAndSet(0);
      LOG.warnf(
          "sign-in by %s from %s: %s%s",
          text(by),
          address,
          text(outcome),
          before == 0 ? "" : " (and " + before + " failures before it that are not in the log)");
    } else {
      leftOut.incrementAndGet();
    }
  }

  private Counter counter(By by, Outcome outcome) {
    return Counter.builder("signal_to_order_sign_ins")
        .description("Sign-ins by how they ended")
        .tag("by", text(by))
        .tag("outcome", text(outcome))
        .register(meters);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
