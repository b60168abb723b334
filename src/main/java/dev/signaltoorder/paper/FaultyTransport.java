package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries calls to the exchange and answers back, or fails to, as the fault switches say. */
final class FaultyTransport {

  private static final Logger LOG = Logger.getLogger(FaultyTransport.class);
  private static final String BAD_GATEWAY =
      "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

  private final Vertx vertx;
  private final WorkerExecutor worker;
  private final SimulatedExchange exchange;

  /**
   * @param worker one thread: calls are executed in the order in which they came
   */
  FaultyTransport(Vertx vertx, WorkerExecutor worker, SimulatedExchange exchange) {
    this.vertx = vertx;
    this.worker = worker;
    this.exchange = exchange;
  }

  void carry(HttpServerRequest http, ApiRequest request) {
    if (!request.isPublic() && !request.isPrivate()) {
      send(http, 404, Json.failure("EGeneral:Unknown method"));
      return;
    }
    Fault fault = exchange.faults().take(request.endpoint());
    if (fault == null) {
      execute(http, request, Duration.ZERO, answer -> send(http, 200, answer));
      return;
    }
    carryWith(fault, http, request);
  }

  private void carryWith(Fault fault, HttpServerRequest http, ApiRequest request) {
    switch (fault.kind()) {
      case ACCEPT_THEN_502_HTML ->
          execute(http, request, Duration.ZERO, answer -> sendBadGateway(http));
      case ACCEPT_THEN_SILENCE -> execute(http, request, Duration.ZERO, answer -> {});
      case ACCEPT_THEN_RESET -> execute(http, request, Duration.ZERO, answer -> drop(http));
      case ACCEPT_THEN_UNAVAILABLE ->
          execute(
              http,
              request,
              Duration.ZERO,
              answer -> send(http, 200, Json.failure("EService:Unavailable")));
      case TRUNCATED_JSON ->
          execute(http, request, Duration.ZERO, answer -> sendHalf(http, answer));
      case NO_TXID ->
          execute(http, request, Duration.ZERO, answer -> send(http, 200, withoutTxid(answer)));
      case LATE_VISIBLE -> execute(http, request, fault.time(), answer -> send(http, 200, answer));
      case DELAY ->
          execute(
              http,
              request,
              Duration.ZERO,
              answer -> later(fault.time(), () -> send(http, 200, answer)));
      case LATE_ACCEPT -> admitNowExecuteLater(http, request, fault.time());
      case DROP_BEFORE_ACCEPT -> drop(http);
      case UNAVAILABLE -> send(http, 200, Json.failure("EService:Unavailable"));
      case RATE_LIMIT -> send(http, 200, Json.failure(rateLimit(request)));
      case REFUSED -> send(http, 200, Json.failure(refusal(request)));
      case LOCKOUT -> send(http, 200, Json.failure("EGeneral:Temporary lockout"));
    }
  }

  private static String rateLimit(ApiRequest request) {
    return request.endpoint().equals("AddOrder")
        ? "EOrder:Rate limit exceeded"
        : "EAPI:Rate limit exceeded";
  }

  private static String refusal(ApiRequest request) {
    return request.endpoint().equals("AddOrder") || request.endpoint().equals("AmendOrder")
        ? "EOrder:Insufficient funds"
        : "EGeneral:Invalid arguments";
  }

  private void execute(
      HttpServerRequest http, ApiRequest request, Duration hiddenFor, Consumer<ObjectNode> reply) {
    work(http, () -> exchange.answer(request, hiddenFor), reply);
  }

  private void admitNowExecuteLater(HttpServerRequest http, ApiRequest request, Duration delay) {
    Callable<PrivateCalls.@Nullable Admitted> admission =
        () -> {
          try {
            return request.isPrivate() ? exchange.admit(request) : null;
          } catch (Refusal refusal) {
            return null;
          }
        };
    work(
        http,
        admission,
        admitted -> {
          if (admitted != null) {
            later(
                delay,
                () -> work(http, () -> exchange.execute(admitted, Duration.ZERO), answer -> {}));
          }
        });
  }

  /** Off the event loop: the state file is forced to disk before the answer. */
  private <T extends @Nullable Object> void work(
      HttpServerRequest http, Callable<T> task, Consumer<T> then) {
    worker
        .executeBlocking(task, PaperExchangeServer.WITHOUT_QUEUE)
        .onSuccess(then::accept)
        .onFailure(
            trouble -> {
              LOG.error("simulated exchange failed", trouble);
              send(http, 500, Json.failure("EGeneral:Internal error"));
            });
  }

  private void later(Duration delay, Runnable action) {
    vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
  }

  private static ObjectNode withoutTxid(ObjectNode answer) {
    if (answer.get("result") instanceof ObjectNode result) {
      result.remove("txid");
    }
    return answer;
  }

  private void send(HttpServerRequest http, int status, ObjectNode answer) {
    send(http, status, "application/json; charset=utf-8", Json.bytes(answer));
  }

  private void sendHalf(HttpServerRequest http, ObjectNode answer) {
    byte[] whole = Json.bytes(answer);
    send(
        http,
        200,
        "application/json; charset=utf-8",
        Arrays.copyOf(whole, Math.max(1, whole.length / 2)));
  }

  private void sendBadGateway(HttpServerRequest http) {
    send(http, 502, "text/html", BAD_GATEWAY.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private void send(HttpServerRequest http, int status, String type, byte[] body) {
    if (http.response().ended() || http.response().closed()) {
      return;
    }
    http.response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("X-Price-Origin", exchange.priceOrigin())
        .end(Buffer.buffer(body));
  }

  private static void drop(HttpServerRequest http) {
    http.connection().close();
  }
}
