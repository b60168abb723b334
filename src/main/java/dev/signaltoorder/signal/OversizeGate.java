package dev.signaltoorder.signal;

import dev.signaltoorder.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Turns away requests whose announced length is over the limit before a byte of the body is read.
 * The HTTP server would do so too, but with an empty answer and nothing on record.
 */
@Singleton
class OversizeGate {
  /** Before the server's own limit, which stands at 2. */
  private static final int PRIORITY = 100;

  private static final String WEBHOOKS = "/webhooks/";

  private final WebhookReception reception;

  OversizeGate(WebhookReception reception) {
    this.reception = reception;
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, PRIORITY);
  }

  private void pass(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (announcedBytes(request.getHeader("Content-Length")) <= WebhookReception.BODY_BYTES_MAX) {
      context.next();
      return;
    }
    String path = context.normalizedPath();
    WebhookAnswer answer =
        path.startsWith(WEBHOOKS)
            ? reception.refuseUnread(
                path.substring(WEBHOOKS.length()).split("/", 2)[0],
                request.getHeader("webhook-id"),
                Peer.addressOf(request))
            : new WebhookAnswer.TooLarge();
    HttpServerResponse response = context.response();
    if (answer instanceof WebhookAnswer.RateLimited limited) {
      response.putHeader("Retry-After", Long.toString(limited.retryAfterSeconds()));
    }
    Problem problem = WebhookResponses.problemOf(answer);
    // The body is still on its way: nothing else can be read from this connection.
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .endHandler(ended -> request.connection().close())
        .end(Buffer.buffer(problem.toJson()));
  }

  /** 0 when nothing usable is announced: then reading the body finds out. */
  private static long announcedBytes(@Nullable String contentLength) {
    if (contentLength == null || !contentLength.matches("[0-9]{1,18}")) {
      return 0;
    }
    return Long.parseLong(contentLength);
  }
}
