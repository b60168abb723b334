package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.KrakenErrors.Action;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a key must keep still: Kraken's call counter, its requests to slow down, and its lockout.
 * Pure: the time is passed in. Used by one thread, except {@link #lockedUntil}.
 */
final class Standstill {

  /** Kraken's lockout lasts about this long, and every call in it prolongs it. */
  static final Duration LOCKOUT = Duration.ofMinutes(15);

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(60);

  private final RestBudget budget;
  private final Lockout lockout;
  private Instant pausedUntil = Instant.MIN;

  Standstill(RestTier tier) {
    this(tier, new Lockout());
  }

  /**
   * Of one of an account's keys.
   *
   * @param lockout shared by all of them
   */
  Standstill(RestTier tier, Lockout lockout) {
    this.budget = new RestBudget(tier);
    this.lockout = lockout;
  }

  /** The end of the lockout, or null if there is none now. */
  @Nullable Instant lockedUntil(Instant now) {
    return lockout.endIfNow(now);
  }

  /** How long a call of this cost must wait; calls that do not count never do. */
  Duration waitFor(int restCost, Instant now) {
    if (restCost == 0) {
      return Duration.ZERO;
    }
    Duration pause = now.isBefore(pausedUntil) ? Duration.between(now, pausedUntil) : Duration.ZERO;
    Duration counter = budget.waitFor(restCost, now);
    return pause.compareTo(counter) > 0 ? pause : counter;
  }

  void spend(int restCost, Instant now) {
    if (restCost > 0) {
      budget.spend(restCost, now);
    }
  }

  /** Takes note of what an outcome says; null if there is no error text in it. */
  @Nullable Action learn(CallOutcome outcome, Instant now) {
    if (!(Envelope.of(outcome) instanceof Envelope.Errors errors)) {
      return null;
    }
    Action first = KrakenErrors.of(errors.errors().getFirst()).action();
    for (String error : errors.errors()) {
      Action action = KrakenErrors.of(error).action();
      if (action == Action.STOP_CALLING) {
        lockout.until(now.plus(LOCKOUT));
      } else if (action == Action.BACK_OFF) {
        backOff(error, now);
      } else if (isBadKey(error)) {
        pausedUntil = now.plus(MAX_PAUSE);
      }
    }
    return first;
  }

  // Asking on with a key that Kraken refuses ends in the lockout of the account's keys.
  private static boolean isBadKey(String error) {
    String known = KrakenErrors.of(error).prefix();
    return known.equals("EAPI:Invalid key") || known.equals("EAPI:Invalid signature");
  }

  private void backOff(String error, Instant now) {
    if (error.startsWith("EAPI:")) {
      budget.full(now);
    }
    if (!error.startsWith("EOrder:")) {
      pausedUntil = now.plus(pause(error, now));
    }
  }

  // "EService: Throttled: 1716287000" names the second to wait for.
  private static Duration pause(String error, Instant now) {
    String last = error.substring(error.lastIndexOf(':') + 1).strip();
    if (!last.matches("\\d{9,11}")) {
      return PAUSE;
    }
    Duration named = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(last)));
    if (named.compareTo(PAUSE) < 0) {
      return PAUSE;
    }
    return named.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : named;
  }
}
