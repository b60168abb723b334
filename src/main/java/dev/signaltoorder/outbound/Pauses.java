package dev.signaltoorder.outbound;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait after a failure. The last pause is repeated: an event is never given up, because
 * the ones after it wait in order.
 *
 * @param pauses after the first failure in a row, the second, and so on
 */
record Pauses(List<Duration> pauses) {
  /** For people: minutes, not days. */
  static final Pauses NOTIFICATION =
      new Pauses(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofSeconds(15),
              Duration.ofSeconds(45),
              Duration.ofMinutes(2),
              Duration.ofMinutes(5)));

  /** The sample schedule of Standard Webhooks. */
  static final Pauses FEED =
      new Pauses(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)));

  private static final double JITTER = 0.2;

  /**
   * @param failures in a row, from 1
   * @param random 0 up to 1, so that receivers are not all tried at once again
   */
  Duration after(int failures, double random) {
    Duration pause = pauses.get(Math.min(Math.max(failures, 1), pauses.size()) - 1);
    return pause.plusMillis((long) (pause.toMillis() * JITTER * random));
  }
}
