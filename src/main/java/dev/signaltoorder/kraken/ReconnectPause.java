package dev.signaltoorder.kraken;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next connection: one second, doubled with every failure up to a
 * minute, spread by a quarter to both sides so that many clients do not come back at the same
 * instant. A connection that held for a minute starts the count anew.
 */
final class ReconnectPause {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  static final Duration HELD = Duration.ofMinutes(1);

  private final RandomGenerator random;
  private Duration next = FIRST;

  ReconnectPause(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The pause after a connection that held for this long; zero if it never stood.
   *
   * @return 0.75 s to 75 s
   */
  Duration after(Duration held) {
    if (held.compareTo(HELD) >= 0) {
      next = FIRST;
    }
    long millis = next.toMillis();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    long quarter = millis / 4;
    return Duration.ofMillis(millis - quarter + random.nextLong(2 * quarter + 1));
  }
}
