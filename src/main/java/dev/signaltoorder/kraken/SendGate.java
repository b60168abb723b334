package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The last question before a call's first byte. */
interface SendGate {

  /**
   * Kraken takes deadlines from two seconds ahead only (REST reference, AddOrder), and that is when
   * the order arrives: half a second is for the way.
   */
  Duration LEAD = Duration.ofMillis(2_500);

  /** Always open. */
  SendGate OPEN =
      new SendGate() {
        @Override
        public CallOutcome.@Nullable NotSent enter(Instant now) {
          return null;
        }

        @Override
        public void leave() {}
      };

  /** After this instant the call will not be let through; null if it may go at any time. */
  default @Nullable Instant latest() {
    return null;
  }

  /** Null if the call goes now; {@link #leave} must follow then, and only then. */
  CallOutcome.@Nullable NotSent enter(Instant now);

  /** The call is over. */
  void leave();

  /** The gate of an order or of a change to one: enough time to its deadline, and the permit. */
  static SendGate of(Instant deadline, SendPermit permit) {
    return new SendGate() {
      @Override
      public Instant latest() {
        Instant byDeadline = deadline.minus(LEAD);
        Instant byPermit = permit.latest();
        return byPermit != null && byPermit.isBefore(byDeadline) ? byPermit : byDeadline;
      }

      @Override
      public CallOutcome.@Nullable NotSent enter(Instant now) {
        CallOutcome.NotSent late = tooNear(deadline, now);
        if (late != null) {
          return late;
        }
        String refusal = permit.begin();
        return refusal == null ? null : new CallOutcome.NotSent(Cause.PERMIT_REFUSED, refusal);
      }

      @Override
      public void leave() {
        permit.done();
      }
    };
  }

  private static CallOutcome.@Nullable NotSent tooNear(Instant deadline, Instant now) {
    return Duration.between(now, deadline).compareTo(LEAD) < 0
        ? new CallOutcome.NotSent(
            Cause.DEADLINE_TOO_NEAR, "less than 2.5 s to the deadline " + deadline)
        : null;
  }
}
