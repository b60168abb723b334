package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.TradingBudget.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the calls of one key may go: the key's own limits, and the account's trading counters.
 * Limits are known before a call; what cannot be sent in time is refused here and never at Kraken.
 * Thread-safe.
 */
final class Timetable {

  // A cancellation reduces risk: after this long it goes whatever the model says.
  private static final Duration LONGEST_CANCEL_WAIT = Duration.ofSeconds(15);

  private final Standstill key;
  private final TradingBudget trading;

  Timetable(Standstill key, TradingBudget trading) {
    this.key = key;
    this.trading = trading;
  }

  Standstill key() {
    return key;
  }

  /** Looks at waiting calls in their order, once. */
  Walk walk(Instant now) {
    return new Walk(now);
  }

  void spend(PrivateCall call, Charge charge, Instant now) {
    key.spend(call.restCost(), now);
    trading.spend(call.toll(), charge, now);
  }

  /** A call is over; takes note of all it says about limits. */
  void over(PrivateCall call, Charge charge, CallOutcome outcome, Instant sentAt, Instant now) {
    key.over(call.restCost(), sentAt, now);
    key.learn(outcome, now);
    trading.over(call.toll(), charge, outcome, sentAt, now);
  }

  boolean wantsNewNonce(CallOutcome outcome) {
    return Envelope.of(outcome) instanceof Envelope.Errors errors
        && KrakenErrors.of(errors.errors().getFirst()).action() == KrakenErrors.Action.NEW_NONCE;
  }

  /**
   * One look at the waiting calls, the most urgent first. Remembers what those before need, so that
   * nothing overtakes a call that waits for the same counter.
   */
  final class Walk {

    private final Instant now;
    private final Map<String, Integer> ahead = new HashMap<>();
    private boolean aReadWaits;

    private Walk(Instant now) {
      this.now = now;
    }

    Charge charge(PrivateCall call) {
      return trading.charge(call.toll(), now);
    }

    /** Why the call must not be made at all, or null. */
    CallOutcome.@Nullable NotSent refusal(PrivateCall call) {
      CallOutcome.NotSent bar = key.bar(call, now);
      if (bar != null) {
        return bar;
      }
      Instant latest = call.gate().latest();
      Charge charge = charge(call);
      if (latest == null || charge.pair() == null) {
        return null;
      }
      Duration wait = wait(charge.pair(), charge);
      Duration left = Duration.between(now, latest);
      if (wait.isZero() || wait.compareTo(left) <= 0) {
        return null;
      }
      return new CallOutcome.NotSent(
          Cause.BUDGET_EXHAUSTED,
          "it could not be sent in time: Kraken's trading counter of "
              + charge.pair()
              + " has room in "
              + wait.toMillis()
              + " ms, and the order may not begin later than in "
              + Math.max(0, left.toMillis())
              + " ms");
    }

    /** How long the call must wait; zero if it may go now. */
    Duration waitFor(PrivateCall call) {
      if (call.onlyReads()) {
        // In their order: a cheap one that overtakes could keep a dear one waiting for ever.
        Duration wait = aReadWaits ? Duration.ofDays(1) : key.waitFor(call, now);
        aReadWaits |= !wait.isZero();
        return wait;
      }
      Charge charge = charge(call);
      if (charge.pair() == null) {
        return Duration.ZERO;
      }
      Duration wait = wait(charge.pair(), charge);
      ahead.merge(charge.pair(), charge.cost(), Integer::sum);
      boolean cancels = call.priority() == PrivateCall.Priority.CANCEL_ORDER;
      return cancels && wait.compareTo(LONGEST_CANCEL_WAIT) > 0 ? Duration.ZERO : wait;
    }

    private Duration wait(String pair, Charge charge) {
      return trading.waitFor(pair, ahead.getOrDefault(pair, 0) + charge.cost(), now);
    }
  }
}
