package dev.signaltoorder.outbound;

import dev.signaltoorder.http.BoundedCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Posts JSON to an address that the operator configured. Follows no redirect, keeps nothing of the
 * answer, and is over within ten seconds whatever the receiver does.
 */
final class HttpSending {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  static final Duration WHOLE = Duration.ofSeconds(10);
  private static final long RETRY_AFTER_MAX = Duration.ofDays(1).toSeconds();

  private final Duration whole;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  HttpSending() {
    this(WHOLE);
  }

  HttpSending(Duration whole) {
    this.whole = whole;
  }

  void post(URI address, byte[] body, Map<String, String> headers)
      throws Sending.NotTakenException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("User-Agent", "signal-to-order")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<Void> response;
    try {
      response = BoundedCall.send(client, request.build(), whole);
    } catch (IOException e) {
      // Without the exception's text: it may hold the address, and that a token.
      throw new Sending.NotTakenException("no answer: " + e.getClass().getSimpleName());
    }
    int status = response.statusCode();
    if (status / 100 != 2) {
      throw new Sending.NotTakenException("it answered " + status, retryAfter(response));
    }
  }

  private static long retryAfter(HttpResponse<Void> response) {
    String text = response.headers().firstValue("Retry-After").orElse("");
    return text.matches("[0-9]{1,6}") ? Math.min(Long.parseLong(text), RETRY_AFTER_MAX) : 0;
  }

  void close() {
    client.shutdownNow();
  }
}
