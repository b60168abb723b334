package dev.signaltoorder.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call whose time is bounded as a whole. The client's own time limit of a request ends with the
 * answer's headers (before Java 26): a receiver that sends these and then nothing would hold its
 * caller for good.
 */
public final class BoundedCall {
  private BoundedCall() {}

  /**
   * Sends, and reads the answer to its end without keeping any of it.
   *
   * @param whole for everything: connection, request, answer
   * @return the answer's status and headers
   * @throws HttpTimeoutException when it was not over in time; the connection is given up
   * @throws IOException when there was no whole answer
   */
  public static HttpResponse<Void> send(HttpClient client, HttpRequest request, Duration whole)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> call =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      return call.get(whole.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("it was not over within " + whole);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      // Of a call that is over nothing is left to cancel.
      call.cancel(true);
    }
  }
}
