package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client. HTTP/1.1, no redirects, no retries, no logging of headers or bodies.
 *
 * <p>That nothing was written is proved, not guessed from an exception's type: the library hands
 * over a request only once its connection stands (TLS included) and before it writes a byte of it.
 * No request handed over since the call began means that no byte left. With several calls at once
 * another's request may be counted as this one's; the result is then {@code NoReply}, the careful
 * side. A private key's calls go one at a time, each key over its own transport.
 */
final class RestTransport implements Transport {

  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  // Shorter than any server's or middlebox's idle time that we know of: a connection that the
  // other side has just closed would turn an order that never arrived into a doubtful one.
  private static final int KEEP_ALIVE_SECONDS = 15;

  private static final int MAX_CONNECTIONS = 8;

  private final Supplier<URI> url;
  private final Duration connectTimeout;
  private final Duration answerTimeout;
  private final AtomicLong requestsBegun = new AtomicLong();
  private @Nullable KrakenRest rest;

  RestTransport(Supplier<URI> url, Duration connectTimeout, Duration answerTimeout) {
    this.url = url;
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  @Override
  public Exchange get(String endpoint, FormBody query) {
    return exchange(kraken -> kraken.get(endpoint, query.fields()));
  }

  @Override
  public Exchange post(String endpoint, byte[] body, String apiKey, String apiSign) {
    return exchange(kraken -> kraken.post(endpoint, apiKey, apiSign, body));
  }

  private Exchange exchange(Function<KrakenRest, Response> call) {
    long before = requestsBegun.get();
    try (Response response = call.apply(rest())) {
      return new Exchange(reply(response), response.getHeaderString("X-Price-Origin"));
    } catch (RuntimeException e) {
      return new Exchange(failure(e, requestsBegun.get() == before), null);
    }
  }

  private static CallOutcome reply(Response response) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean complete;
    try (InputStream in =
        response.hasEntity()
            ? response.readEntity(InputStream.class)
            : InputStream.nullInputStream()) {
      complete = readUpToLimit(in, body);
    } catch (IOException | RuntimeException e) {
      // The status is known, the rest of the body is not.
      complete = false;
    }
    return new CallOutcome.Reply(response.getStatus(), body.toByteArray(), complete);
  }

  private static boolean readUpToLimit(InputStream in, ByteArrayOutputStream body)
      throws IOException {
    byte[] buffer = new byte[16 * 1024];
    int count;
    while ((count = in.read(buffer)) >= 0) {
      int room = MAX_BODY_BYTES - body.size();
      body.write(buffer, 0, Math.min(count, room));
      if (count > room) {
        return false;
      }
    }
    return true;
  }

  private static CallOutcome failure(RuntimeException e, boolean nothingWritten) {
    Cause cause = Cause.OTHER;
    StringBuilder kinds = new StringBuilder();
    int depth = 0;
    for (Throwable t = e; t != null && depth < 8; t = t.getCause(), depth++) {
      // Kinds only: an exception's text may repeat what was sent.
      kinds.append(depth == 0 ? "" : " <- ").append(t.getClass().getSimpleName());
      if (t instanceof TimeoutException) {
        cause = Cause.TIMEOUT;
      } else if (t instanceof IOException && cause == Cause.OTHER) {
        cause = Cause.CONNECTION_LOST;
      }
    }
    return nothingWritten
        ? new CallOutcome.NotSent(Cause.CONNECT_FAILED, kinds.toString())
        : new CallOutcome.NoReply(cause, kinds.toString());
  }

  private synchronized KrakenRest rest() {
    if (rest == null) {
      rest =
          QuarkusRestClientBuilder.newBuilder()
              .baseUri(url.get())
              .connectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
              .readTimeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS)
              .followRedirects(false)
              .disableDefaultMapper(true)
              .trustAll(false)
              .verifyHost(true)
              .userAgent("signal-to-order")
              .loggingScope(LoggingScope.NONE)
              .enableCompression(false)
              .httpClientOptionsCustomizer(RestTransport::limitConnections)
              .httpClientRequestCustomizer(this::requestBegins)
              .build(KrakenRest.class);
    }
    return rest;
  }

  private static void limitConnections(HttpClientOptions options) {
    options.setKeepAliveTimeout(KEEP_ALIVE_SECONDS).setMaxPoolSize(MAX_CONNECTIONS);
  }

  private void requestBegins(HttpClientRequest request) {
    requestsBegun.incrementAndGet();
    // The library's own time-out ends with the answer's first byte; this one covers the body too.
    Context context = Vertx.currentContext();
    if (context == null) {
      // Not on one of the library's threads, which does not happen; its own time-out remains.
      return;
    }
    Vertx vertx = context.owner();
    long timer =
        vertx.setTimer(
            answerTimeout.toMillis(),
            id -> request.reset(0, new TimeoutException("no complete answer in time")));
    request
        .response()
        .onFailure(e -> vertx.cancelTimer(timer))
        .onSuccess(response -> response.end().onComplete(end -> vertx.cancelTimer(timer)));
  }

  @Override
  public synchronized void close() {
    if (rest instanceof Closeable open) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing is lost: every call is over before its transport is closed.
      }
    }
    rest = null;
  }
}
