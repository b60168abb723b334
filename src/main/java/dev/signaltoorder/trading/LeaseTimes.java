package dev.signaltoorder.trading;

import java.time.Duration;

/**
 * The times of a lease; docs/adr/0009 has the sums. A leader that dies is replaced after at most
 * {@link #TTL} and one {@link #RETRY}; one that lives has missed two renewals before it may not
 * send any more.
 */
public final class LeaseTimes {
  /** Since the last commit or renewal. */
  static final Duration TTL = Duration.ofSeconds(3);

  /** A leader that has nothing to write prolongs its lease this often. */
  static final Duration RENEW_EVERY = Duration.ofMillis(750);

  /** Others look this often whether a lease is free. */
  static final Duration RETRY = Duration.ofMillis(200);

  /**
   * An order may begin only while the lease lasts at least this much longer: what lies between the
   * question and the first byte is far shorter, and a longer pause there runs into the order's
   * deadline at Kraken.
   */
  public static final Duration SEND_MARGIN = Duration.ofSeconds(1);

  private LeaseTimes() {}
}
