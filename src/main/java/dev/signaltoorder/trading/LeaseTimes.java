package dev.signaltoorder.trading;

import java.time.Duration;

/**
 * The times of an account's lease; docs/adr/0010 has the sums.
 *
 * @param timeToLive how long a lease lasts after the last commit or renewal; at least 1 s
 */
public record LeaseTimes(Duration timeToLive) {
  /** A killed leader is replaced within 5 s. */
  public static final LeaseTimes STANDARD = new LeaseTimes(Duration.ofSeconds(3));

  /** Others look this often whether a lease is free. */
  static final Duration RETRY = Duration.ofMillis(200);

  /** A leader that has nothing to write prolongs its lease this often. */
  Duration renewEvery() {
    return timeToLive.dividedBy(4);
  }

  /**
   * An order may begin only while the lease lasts at least this much longer: what lies between the
   * question and the first byte is far shorter, and a longer pause there runs into the order's
   * deadline at Kraken.
   */
  Duration sendMargin() {
    return timeToLive.dividedBy(3);
  }

  /**
   * A process counts as alive this long after its last sign of life: a little less than its leases
   * last, so that the others know that it is gone when those end.
   */
  Duration alive() {
    return timeToLive.minus(RETRY);
  }
}
