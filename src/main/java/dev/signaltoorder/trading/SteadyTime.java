package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;

/**
 * The time pauses and patience are measured in: goes on as the clock does, but never back, and
 * never far at once. A clock that is stepped back an hour must not stop all questions for an hour;
 * one that is stepped forward must not make an order look an hour old. After a standstill of the
 * whole process it lags behind, which only makes it more patient. What is compared with times from
 * outside (a deadline, the age of a price) uses the clock itself.
 */
final class SteadyTime {
  /** Well above the pause between two ticks, well below any patience that matters. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

  private Instant lastSeen;
  private Instant now;

  SteadyTime(Instant startedAt) {
    this.lastSeen = startedAt;
    this.now = startedAt;
  }

  /** The clock shows this now. */
  void advanceTo(Instant clock) {
    Duration step = Duration.between(lastSeen, clock);
    lastSeen = clock;
    if (!step.isNegative()) {
      now = now.plus(step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP);
    }
  }

  Instant now() {
    return now;
  }
}
