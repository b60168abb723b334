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

  /** An order's gate: enough time to its deadline, and the permit. */
  static SendGate ofOrder(Instant deadline, SendPermit permit) {
    return new SendGate() {
      @Override
      public CallOutcome.@Nullable NotSent enter(Instant now) {
        // Kraken takes deadlines from two seconds ahead only (REST reference, AddOrder).
        if (Duration.between(now, deadline).compareTo(Duration.ofSeconds(2)) < 0) {
          return new CallOutcome.NotSent(
              Cause.DEADLINE_TOO_NEAR, "less than 2 s to the deadline " + deadline);
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
}
