package dev.signaltoorder.signal;

import dev.signaltoorder.problem.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests whose body does not arrive in time, and turns away bodies over the limit: by the
 * announced length before a byte is read, and bodies of unannounced length while they are read. The
 * HTTP server would do so too, but with an empty answer and nothing on record.
 */
@Singleton
class OversizeGate {
  /** Before the server's own limit, which stands at -2. */
  private static final int ORDER = -100;

  private static final long DISCARDED_BYTES_MAX = 1_024 * 1_024;
  private static final long DISCARDING_MILLIS_MAX = 2_000;

  /**
   * For the whole body, however it trickles in: the server's own limits begin anew with each byte.
   */
  private static final long BODY_MILLIS_MAX = 10_000;

  private static final String WEBHOOKS = "/webhooks/";
  private static final String DELIVERY_ID = "webhook-id";

  private final WebhookReception reception;
  private final BodyHandler reader =
      BodyHandler.create(false).setBodyLimit(WebhookReception.BODY_BYTES_MAX);

  OversizeGate(WebhookReception reception) {
    this.reception = reception;
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).handler(this::pass).failureHandler(this::failed);
  }

  private void pass(RoutingContext context) {
    HttpServerRequest request = context.request();
    String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean inPieces = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    if (inPieces || (announced != null && !announced.equals("0"))) {
      endWhenSlow(context, request);
    }
    if (announcedBytes(announced) > WebhookReception.BODY_BYTES_MAX) {
      turnAway(context);
    } else if (announced == null && inPieces) {
      reader.handle(context);
    } else {
      context.next();
    }
  }

  /**
   * A sender of one byte a second holds a connection this long and no longer, whatever it asks for.
   * A request without a body has arrived with its headers: however long its answer takes, a stream
   * or an export, nothing ends it here.
   */
  private void endWhenSlow(RoutingContext context, HttpServerRequest request) {
    Vertx vertx = context.vertx();
    long timer =
        vertx.setTimer(
            BODY_MILLIS_MAX,
            late -> {
              if (!hasArrived(request)) {
                if (isDelivery(context)) {
                  reception.refuseUnfinished(
                      sourceOf(context), request.getHeader(DELIVERY_ID), Peer.addressOf(request));
                }
                request.connection().close();
              }
            });
    context.addEndHandler(ended -> vertx.cancelTimer(timer));
  }

  /**
   * Whoever reads a document of known length may stop at its last byte and never ask for the end of
   * the body. A command may take its answer longer than a body may take to arrive.
   */
  private static boolean hasArrived(HttpServerRequest request) {
    long announced = announcedBytes(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    return request.isEnded() || (announced > 0 && request.bytesRead() >= announced);
  }

  private void failed(RoutingContext context) {
    if (context.statusCode() == 413 && !context.response().headWritten()) {
      turnAway(context);
    } else {
      context.next();
    }
  }

  private static boolean isDelivery(RoutingContext context) {
    return context.normalizedPath().startsWith(WEBHOOKS);
  }

  private static String sourceOf(RoutingContext context) {
    return context.normalizedPath().substring(WEBHOOKS.length()).split("/", 2)[0];
  }

  private void turnAway(RoutingContext context) {
    HttpServerRequest request = context.request();
    WebhookAnswer answer =
        isDelivery(context)
            ? reception.refuseUnread(
                sourceOf(context), request.getHeader(DELIVERY_ID), Peer.addressOf(request))
            : new WebhookAnswer.TooLarge();
    HttpServerResponse response = context.response();
    if (answer instanceof WebhookAnswer.RateLimited limited) {
      response.putHeader("Retry-After", Long.toString(limited.retryAfterSeconds()));
    }
    // The rest of the body is still on its way, so the connection or stream ends with the answer.
    if (request.version() == HttpVersion.HTTP_2) {
      response.endHandler(ended -> response.reset(0));
    } else {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      response.endHandler(ended -> closeAfterTheBody(context.vertx(), request));
    }
    Problem problem = WebhookResponses.problemOf(answer);
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(problem.toJson()));
  }

  /**
   * Lets the sender finish, within bounds: closing a connection on unread bytes resets it, and the
   * sender may lose the answer.
   */
  private static void closeAfterTheBody(Vertx vertx, HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.isEnded()) {
      connection.close();
      return;
    }
    AtomicLong discarded = new AtomicLong();
    request.handler(
        piece -> {
          if (discarded.addAndGet(piece.length()) > DISCARDED_BYTES_MAX) {
            connection.close();
          }
        });
    request.endHandler(end -> connection.close());
    vertx.setTimer(DISCARDING_MILLIS_MAX, late -> connection.close());
    request.resume();
  }

  /** 0 when nothing usable is announced: then reading the body finds out. */
  private static long announcedBytes(@Nullable String contentLength) {
    if (contentLength == null || !contentLength.matches("[0-9]{1,18}")) {
      return 0;
    }
    return Long.parseLong(contentLength);
  }
}
