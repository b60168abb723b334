package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.KrakenCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What the outcomes of this account's own calls say of Kraken: the circuit breaker of new entries.
 * Open when most of the latest calls got no usable answer; half open after a pause that doubles
 * with every probe that fails; closed again by two good answers. The probes are the calls the core
 * makes anyway (balances, open orders), so it recovers by itself. Pure; all times are steady.
 *
 * <p>Not a library's breaker, because it guards no call: it decides signals, must be the same in
 * every replay, and counts calls of several kinds (ADR 13).
 */
final class ExchangeHealth {
  static final Duration LOCKOUT = Duration.ofMinutes(15);
  private static final int WINDOW = 10;
  private static final int LEAST_FAILED = 4;
  private static final int FAILED_PERCENT = 60;
  private static final int GOOD_TO_CLOSE = 2;
  private static final Duration REMEMBERED = Duration.ofMinutes(3);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration MARKET_MODE_LASTS = Duration.ofSeconds(30);
  private static final Duration RATE_LIMIT_LASTS = Duration.ofSeconds(5);

  private final Deque<Outcome> latest = new ArrayDeque<>();
  private Instant lockedUntil = Instant.MIN;
  private Instant limitedUntil = Instant.MIN;
  private Instant modeUntil = Instant.MIN;
  private KrakenCondition mode = KrakenCondition.WELL;
  private boolean open;
  private Instant probeAt = Instant.MIN;
  private Duration pause = FIRST_PAUSE;
  private int good;
  private @Nullable String openOrdersUnseen;

  private record Outcome(Instant at, boolean failed) {}

  /** The breaker's state. */
  enum Breaker {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /** Takes note of a call that is over; true when it says that a lockout has begun. */
  boolean learn(CallRecord call, Instant now) {
    KrakenCondition condition = KrakenCondition.of(call.outcome());
    switch (condition) {
      case NOTHING_LEARNED -> {}
      case AWAY -> failed(now);
      case LOCKED_OUT -> {
        lockedUntil = now.plus(LOCKOUT);
        return true;
      }
      case RATE_LIMITED -> {
        limitedUntil = now.plus(RATE_LIMIT_LASTS);
        answered(now);
      }
      case CANCEL_ONLY, POST_ONLY -> {
        mode = condition;
        modeUntil = now.plus(MARKET_MODE_LASTS);
        answered(now);
      }
      case WELL -> answered(now);
    }
    return false;
  }

  /**
   * A lockout outlives the process that was told of it; a stepped clock never prolongs it.
   *
   * @param lockout as recorded; null when there was none
   */
  void keepStillAsRecorded(Fact.@Nullable AccountLockedOut lockout, Instant startedAt) {
    if (lockout != null && startedAt.isBefore(lockout.until())) {
      Duration left = Duration.between(startedAt, lockout.until());
      lockedUntil = startedAt.plus(left.compareTo(LOCKOUT) < 0 ? left : LOCKOUT);
    }
  }

  private void failed(Instant now) {
    good = 0;
    remember(now, true);
    if (open) {
      if (!now.isBefore(probeAt)) {
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        probeAt = now.plus(pause);
      }
      return;
    }
    long failures = latest.stream().filter(Outcome::failed).count();
    if (failures >= LEAST_FAILED && failures * 100 >= (long) latest.size() * FAILED_PERCENT) {
      open = true;
      pause = FIRST_PAUSE;
      probeAt = now.plus(pause);
    }
  }

  private void answered(Instant now) {
    remember(now, false);
    if (open && ++good >= GOOD_TO_CLOSE) {
      open = false;
      good = 0;
      latest.clear();
    }
  }

  private void remember(Instant now, boolean failed) {
    latest.addLast(new Outcome(now, failed));
    Instant oldest = now.minus(REMEMBERED);
    while (latest.size() > WINDOW || latest.getFirst().at().isBefore(oldest)) {
      latest.removeFirst();
    }
  }

  Breaker breaker(Instant now) {
    if (!open) {
      return Breaker.CLOSED;
    }
    return now.isBefore(probeAt) ? Breaker.OPEN : Breaker.HALF_OPEN;
  }

  boolean isLockedOut(Instant now) {
    return now.isBefore(lockedUntil);
  }

  boolean isRateLimited(Instant now) {
    return now.isBefore(limitedUntil);
  }

  /** CANCEL_ONLY or POST_ONLY while Kraken said so a short time ago; else WELL. */
  KrakenCondition marketMode(Instant now) {
    return now.isBefore(modeUntil) ? mode : KrakenCondition.WELL;
  }

  /**
   * Kraken has not said for a while how the open orders are doing, so that what was bought may be
   * unknown, and under no stop.
   *
   * @param error what it answers instead; null when it says so again
   */
  void openOrdersUnseen(@Nullable String error) {
    openOrdersUnseen = error;
  }

  /** Why it is not known how the open orders are doing; null while it is. */
  @Nullable String openOrdersUnseen() {
    return openOrdersUnseen;
  }

  /** Calls among the latest that got no usable answer, "4 of 6". */
  String failures() {
    return latest.stream().filter(Outcome::failed).count() + " of " + latest.size();
  }
}
