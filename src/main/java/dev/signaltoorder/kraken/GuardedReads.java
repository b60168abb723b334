package dev.signaltoorder.kraken;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Repeats public reads, and stops asking while Kraken is down. For reads only: nothing that could
 * place an order may ever pass here. A passing trouble is thrown, because only thrown failures
 * count for the retries and the breaker; any other answer is returned.
 */
@ApplicationScoped
class GuardedReads {

  /** The public answer that may be different next time. */
  static final class PassingTroubleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer.Failure<?> failure;

    PassingTroubleException(Answer.Failure<?> failure) {
      super(failure.error(), null, false, false);
      this.failure = failure;
    }

    CallRecord call() {
      return failure.call();
    }

    String error() {
      return failure.error();
    }

    boolean fromKraken() {
      return failure.fromKraken();
    }
  }

  @Retry(
      maxRetries = 2,
      delay = 250,
      jitter = 100,
      maxDuration = 20,
      durationUnit = ChronoUnit.SECONDS,
      retryOn = {PassingTroubleException.class, TimeoutException.class})
  @CircuitBreaker(
      requestVolumeThreshold = 10,
      failureRatio = 0.6,
      delay = 5_000,
      failOn = {PassingTroubleException.class, TimeoutException.class})
  @Timeout(12_000)
  <T> Answer<T> read(Supplier<Answer<T>> attempt) {
    Answer<T> answer = attempt.get();
    if (answer instanceof Answer.Failure<T> failure && isPassing(failure)) {
      throw new PassingTroubleException(failure);
    }
    return answer;
  }

  private static boolean isPassing(Answer.Failure<?> failure) {
    if (failure.fromKraken()) {
      KrakenErrors.Row row = KrakenErrors.of(failure.error());
      return row.prefix().startsWith("EService:")
          || row.prefix().equals("EGeneral:Internal error")
          || row.action() == KrakenErrors.Action.BACK_OFF;
    }
    return !(failure.call().outcome() instanceof CallOutcome.Reply reply)
        || reply.httpStatus() >= 500
        || reply.httpStatus() == 429
        || reply.httpStatus() == 200;
  }
}
