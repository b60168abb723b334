package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.KrakenErrors.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a key must keep still: Kraken's call counter, its requests to slow down, its refusal of the
 * key, and its lockout. Pauses double with every further trouble, up to a cap, and are a little
 * longer at random, so that several programs do not come back at once. Pure: the time is passed in.
 * Thread-safe.
 */
final class Standstill {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration FIRST_HOLD = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 6;
  private static final double MOST_JITTER = 0.2;

  private final DecayingCounter counter;
  private final int max;
  private final Lockout lockout;
  private final RandomGenerator random;
  private Instant pausedUntil = Instant.MIN;
  private Instant heldUntil = Instant.MIN;
  private int troubles;
  private int refusals;

  /**
   * @param usedAtStart what the call counter may stand at already
   * @param lockout shared by all keys of the account
   */
  Standstill(RestTier tier, int usedAtStart, Lockout lockout, RandomGenerator random) {
    this.max = tier.maxCount();
    this.counter = new DecayingCounter(max, tier.decayMilliPerSecond(), usedAtStart, null);
    this.lockout = lockout;
    this.random = random;
  }

  /** The end of the lockout, or null if there is none now. */
  @Nullable Instant lockedUntil(Instant now) {
    return lockout.until(now);
  }

  /** Until when the key is not used because Kraken refused it, or null. */
  synchronized @Nullable Instant heldUntil(Instant now) {
    return now.isBefore(heldUntil) ? heldUntil : null;
  }

  /** Units of the call counter that are free. */
  synchronized int left(Instant now) {
    return max - counter.used(now);
  }

  /** How much of the call counter is free, in percent. */
  synchronized int percentLeft(Instant now) {
    return left(now) * 100 / max;
  }

  /** Why this call must not be made at all now, or null. */
  synchronized CallOutcome.@Nullable NotSent bar(PrivateCall call, Instant now) {
    Instant locked = lockout.until(now);
    if (locked != null) {
      return new CallOutcome.NotSent(Cause.LOCKED_OUT, "Kraken's lockout: none before " + locked);
    }
    // The key check alone may wait for the end: it finds out whether the key works again.
    if (now.isBefore(heldUntil) && call.priority() != PrivateCall.Priority.KEY_CHECK) {
      return new CallOutcome.NotSent(
          Cause.KEY_REFUSED, "Kraken refused the key: none before " + heldUntil);
    }
    return null;
  }

  /** How long this call must wait; calls that change orders never do. */
  synchronized Duration waitFor(PrivateCall call, Instant now) {
    if (!call.onlyReads()) {
      return Duration.ZERO;
    }
    Duration rest = counter.waitFor(call.restCost() + call.priority().reserve(), now);
    return longer(rest, longer(left(pausedUntil, now), left(heldUntil, now)));
  }

  synchronized void spend(int restCost, Instant now) {
    if (restCost > 0) {
      counter.spend(restCost, now);
    }
  }

  synchronized void over(int restCost, Instant sentAt, Instant now) {
    if (restCost > 0) {
      counter.over(restCost, sentAt, now);
    }
  }

  /** Takes note of what an outcome says; null if there is no error text in it. */
  synchronized @Nullable Action learn(CallOutcome outcome, Instant now) {
    return switch (Envelope.of(outcome)) {
      case Envelope.Unusable unusable -> null;
      case Envelope.Clean clean -> {
        troubles = 0;
        refusals = 0;
        heldUntil = Instant.MIN;
        yield null;
      }
      case Envelope.Errors errors -> {
        errors.errors().forEach(error -> learn(error, now));
        yield KrakenErrors.of(errors.errors().getFirst()).action();
      }
    };
  }

  private void learn(String error, Instant now) {
    KrakenErrors.Row row = KrakenErrors.of(error);
    if (row.prefix().equals("EAPI:Rate limit exceeded")) {
      counter.full(now);
    }
    switch (row.pause()) {
      case NONE, PAIR_COUNTER -> {
        // nothing that concerns the key
      }
      case LOCKOUT -> lockout.began(now);
      case KEY -> heldUntil = now.plus(doubled(FIRST_HOLD, Lockout.LENGTH, refusals++));
      case CALLS -> pause(Duration.ofSeconds(5), now);
      case SERVICE -> pause(Duration.ofSeconds(1), now);
      case NAMED -> pausedUntil = now.plus(named(error, now));
    }
  }

  private void pause(Duration first, Instant now) {
    pausedUntil = now.plus(doubled(first, LONGEST_PAUSE, troubles++));
  }

  private Duration doubled(Duration first, Duration longest, int times) {
    Duration pause = first.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
    long millis = Math.min(pause.toMillis(), longest.toMillis());
    return Duration.ofMillis(millis + (long) (millis * MOST_JITTER * random.nextDouble()));
  }

  // "EService: Throttled: 1716287000" names the second to wait for.
  private Duration named(String error, Instant now) {
    Duration shortest = doubled(Duration.ofSeconds(5), LONGEST_PAUSE, troubles++);
    String last = error.substring(error.lastIndexOf(':') + 1).strip();
    if (!last.matches("\\d{9,11}")) {
      return shortest;
    }
    Duration named = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(last)));
    return named.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer(named, shortest);
  }

  private static Duration left(Instant until, Instant now) {
    return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
