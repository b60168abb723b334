package dev.signaltoorder.report;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Until when a report must be there, all its statements together. */
final class Deadline {
  /** What PostgreSQL says of a statement that was ended because it took too long. */
  static final String PASSED = "57014";

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  static Deadline in(int seconds) {
    return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  /**
   * One at least.
   *
   * @throws SQLException with the state {@value #PASSED} when it is over
   */
  int secondsLeft() throws SQLException {
    long left = endNanos - System.nanoTime();
    if (left <= 0) {
      throw new SQLException("the report takes too long", PASSED);
    }
    return Math.toIntExact(TimeUnit.NANOSECONDS.toSeconds(left)) + 1;
  }
}
