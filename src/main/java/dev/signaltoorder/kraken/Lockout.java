package dev.signaltoorder.kraken;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Kraken's lockout of an account. All of its keys keep still: every call in it makes it longer.
 * Thread-safe.
 */
final class Lockout {

  /** It lasts about this long (Kraken documentation; krakenfx/kraken-cli#34). */
  static final Duration LENGTH = Duration.ofMinutes(15);

  private volatile Instant until = Instant.MIN;

  void began(Instant now) {
    until = now.plus(LENGTH);
  }

  /** Its end, or null if there is none now. */
  @Nullable Instant until(Instant now) {
    Instant end = until;
    return now.isBefore(end) ? end : null;
  }
}
