package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Kraken's lockout of an account: it holds for all of the account's keys. Thread-safe. */
final class Lockout {
  private volatile Instant until = Instant.MIN;

  void until(Instant end) {
    until = end;
  }

  /** Its end, or null if there is none now. */
  @Nullable Instant endIfNow(Instant now) {
    Instant end = until;
    return now.isBefore(end) ? end : null;
  }
}
