package dev.signaltoorder.market;

import java.time.Duration;
import java.time.Instant;

/** Time past on a clock that may be set. */
final class Elapsed {

  private Elapsed() {}

  /**
   * Whether at least {@code least} has passed. After the clock was set back nobody can say; then
   * yes, so that work is done rather than put off for as long as the clock was wrong.
   */
  static boolean atLeast(Duration least, Instant since, Instant now) {
    return now.isBefore(since) || Duration.between(since, now).compareTo(least) >= 0;
  }
}
