package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That Kraken does not say how the open orders are doing. What lasts is told, once: fills are not
 * known then, and what was bought is under no stop. Times are steady.
 */
final class Unanswered {
  private static final int OFTEN = 3;
  private static final Duration LONG = Duration.ofMinutes(1);

  private int times;
  private Instant since = Instant.EPOCH;
  private @Nullable String trouble;

  /** A question got no answer that can be used. */
  void failed(String error, Step step, Instant now) {
    since = times == 0 ? now : since;
    times++;
    if (times < OFTEN || now.isBefore(since.plus(LONG))) {
      return;
    }
    if (trouble == null) {
      step.effect(
          new Effect.Alarm(
              "Kraken has not shown for "
                  + Duration.between(since, now).toSeconds()
                  + " s how the open orders are doing ("
                  + error
                  + "): fills may be unknown and without a stop; no entries until it does"));
    }
    trouble = error;
  }

  /** A question was answered. */
  void answered() {
    times = 0;
    trouble = null;
  }

  /** How many questions in a row got no answer. */
  int times() {
    return times;
  }

  /** The last error, once that has lasted; else null. */
  @Nullable String trouble() {
    return trouble;
  }
}
