package dev.signaltoorder.market;

import java.time.Duration;
import java.time.Instant;

/**
 * When to try again: at once after a success, after a failure not before a pause that doubles with
 * every further one. Thread-safe.
 */
final class BackOff {

  private final Duration shortest;
  private final Duration longest;
  private Duration pause;
  private Instant notBefore = Instant.MIN;
  private Instant decidedAt = Instant.MIN;

  BackOff(Duration shortest, Duration longest) {
    this.shortest = shortest;
    this.longest = longest;
    this.pause = shortest;
  }

  synchronized boolean ready(Instant now) {
    // A clock that was set back must not turn a pause of seconds into one of hours.
    return !now.isBefore(notBefore) || now.isBefore(decidedAt);
  }

  synchronized void failed(Instant now) {
    notBefore = now.plus(pause);
    decidedAt = now;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  synchronized void succeeded() {
    notBefore = Instant.MIN;
    decidedAt = Instant.MIN;
    pause = shortest;
  }
}
