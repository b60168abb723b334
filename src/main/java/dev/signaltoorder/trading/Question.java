package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question to Kraken of which only one is out at a time. The client answers every call; should an
 * answer be lost all the same, the question counts as open again after a while that no answer takes
 * (a look-up may wait a minute for each of its two calls).
 */
final class Question {
  static final Duration LOST_AFTER = Duration.ofMinutes(5);

  private @Nullable Instant askedAt;

  /** True while its answer may still come. {@code now}: steady time. */
  boolean isOut(Instant now) {
    return askedAt != null && now.isBefore(askedAt.plus(LOST_AFTER));
  }

  /** When the question that is out was asked; null while none is. */
  @Nullable Instant askedAt() {
    return askedAt;
  }

  void asked(Instant now) {
    askedAt = now;
  }

  void answered() {
    askedAt = null;
  }
}
