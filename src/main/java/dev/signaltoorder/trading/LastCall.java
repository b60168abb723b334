package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.CancelAllTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a process still asks of Kraken when it leaves an account by its own will. */
final class LastCall {
  private static final Logger LOG = Logger.getLogger(LastCall.class);

  /** Less than a lease lasts. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private LastCall() {}

  /**
   * Nobody renews the dead man's switch any more, and the orders that rest shall stay.
   *
   * @return the call; null when its outcome did not become known in time
   */
  static @Nullable CallRecord switchOff(Exchange exchange, String account) {
    CompletableFuture<Answer<CancelAllTimer>> answered = new CompletableFuture<>();
    exchange.cancelAllAfter(Duration.ZERO, answered::complete);
    CallRecord call = null;
    try {
      Answer<CancelAllTimer> answer = answered.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      call = answer.call();
      if (answer instanceof Answer.Success<CancelAllTimer>) {
        return call;
      }
    } catch (TimeoutException | ExecutionException e) {
      LOG.debugf(e, "account %s: no answer about the dead man's switch", account);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warnf(
        "account %s: the dead man's switch may still be set: unless another process goes on, Kraken"
            + " cancels all open orders",
        account);
    return call;
  }
}
