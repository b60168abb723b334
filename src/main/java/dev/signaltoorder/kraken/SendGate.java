package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The last question before a call's first byte. */
interface SendGate {

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

  /** Null if the call goes now; {@link #leave} must follow then, and only then. */
  CallOutcome.@Nullable NotSent enter(Instant now);

  /** The call is over. */
  void leave();

  /** A change's gate: enough time to its deadline. */
  static SendGate ofDeadline(Instant deadline) {
    return new SendGate() {
      @Override
      public CallOutcome.@Nullable NotSent enter(Instant now) {
        return tooNear(deadline, now);
      }

      @Override
      public void leave() {}
    };
  }

  /** An order's gate: enough time to its deadline, and the permit. */
  static SendGate ofOrder(Instant deadline, SendPermit permit) {
    return new SendGate() {
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

  // Kraken takes deadlines from two seconds ahead only (REST reference, AddOrder).
  private static CallOutcome.@Nullable NotSent tooNear(Instant deadline, Instant now) {
    return Duration.between(now, deadline).compareTo(Duration.ofSeconds(2)) < 0
        ? new CallOutcome.NotSent(
            Cause.DEADLINE_TOO_NEAR, "less than 2 s to the deadline " + deadline)
        : null;
  }
}
