package dev.signaltoorder.kraken;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Repeats a private read once when its connection was lost, and stops asking for a while when
 * Kraken does not answer. There is no time-out here: the transport has one. A lost read is repeated
 * at once, because orders wait behind it.
 */
@ApplicationScoped
class GuardedPrivateReads {

  /** A call that did not end in an answer of Kraken's own. */
  static class TroubleException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient CallRecord call;

    TroubleException(CallRecord call) {
      super(call.endpoint(), null, false, false);
      this.call = call;
    }

    CallRecord call() {
      return call;
    }
  }

  /** One whose connection failed: the next one may be good. */
  static final class ConnectionLostException extends TroubleException {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(CallRecord call) {
      super(call);
    }
  }

  @Retry(maxRetries = 1, delay = 0, jitter = 0, retryOn = ConnectionLostException.class)
  @CircuitBreaker(
      requestVolumeThreshold = 10,
      failureRatio = 0.6,
      delay = 5_000,
      failOn = TroubleException.class)
  CallRecord read(Supplier<CallRecord> attempt) {
    CallRecord call = attempt.get();
    switch (call.outcome()) {
      case CallOutcome.NotSent notSent -> {
        if (notSent.cause() == CallOutcome.Cause.CONNECT_FAILED) {
          throw new ConnectionLostException(call);
        }
      }
      case CallOutcome.NoReply noReply -> {
        if (noReply.cause() == CallOutcome.Cause.CONNECTION_LOST) {
          throw new ConnectionLostException(call);
        }
        throw new TroubleException(call);
      }
      case CallOutcome.Reply reply -> {
        if (isTrouble(Envelope.of(reply))) {
          throw new TroubleException(call);
        }
      }
    }
    return call;
  }

  private static boolean isTrouble(Envelope answer) {
    return switch (answer) {
      case Envelope.Clean clean -> false;
      case Envelope.Unusable unusable -> true;
      case Envelope.Errors errors ->
          KrakenErrors.of(errors.errors().getFirst()).pause() == KrakenErrors.Pause.SERVICE;
    };
  }
}
