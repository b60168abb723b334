package dev.signaltoorder.paper;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Websocket connections on the HTTP server's port: public and private by their path. */
final class SocketTransport {

  static final String PUBLIC_PATH = "/v2";
  static final String PRIVATE_PATH = "/auth/v2";
  private static final Logger LOG = Logger.getLogger(SocketTransport.class);

  private final Vertx vertx;
  private final WorkerExecutor worker;
  private final SimulatedExchange exchange;
  private final Clock clock;
  private final Map<SocketSession, ServerWebSocket> open = new ConcurrentHashMap<>();

  SocketTransport(Vertx vertx, WorkerExecutor worker, SimulatedExchange exchange, Clock clock) {
    this.vertx = vertx;
    this.worker = worker;
    this.exchange = exchange;
    this.clock = clock;
  }

  static boolean isHandshake(HttpServerRequest http) {
    String upgrade = http.getHeader("Upgrade");
    return upgrade != null && upgrade.equalsIgnoreCase("websocket");
  }

  void open(HttpServerRequest http) {
    boolean isPrivate = PRIVATE_PATH.equals(http.path());
    if (!isPrivate && !PUBLIC_PATH.equals(http.path())) {
      http.response().setStatusCode(404).end();
      return;
    }
    if (!exchange.mayConnect()) {
      http.response().setStatusCode(429).end();
      return;
    }
    http.toWebSocket().onSuccess(socket -> accept(socket, isPrivate));
  }

  private void accept(ServerWebSocket socket, boolean isPrivate) {
    SocketConnection connection =
        new SocketConnection(vertx, socket, exchange.socketFaults(), clock);
    socket.pause();
    worker
        .executeBlocking(
            () -> exchange.connect(isPrivate, connection::send), PaperExchangeServer.WITHOUT_QUEUE)
        .onSuccess(session -> listen(socket, session))
        .onFailure(trouble -> failed(socket, trouble));
  }

  private void listen(ServerWebSocket socket, SocketSession session) {
    open.put(session, socket);
    socket.closeHandler(
        closed -> {
          open.remove(session);
          later(socket, () -> exchange.disconnect(session));
        });
    socket.textMessageHandler(text -> later(socket, () -> exchange.receive(session, text)));
    socket.resume();
  }

  private void later(ServerWebSocket socket, Runnable action) {
    worker
        .executeBlocking(
            () -> {
              action.run();
              return true;
            },
            PaperExchangeServer.WITHOUT_QUEUE)
        .onFailure(trouble -> failed(socket, trouble));
  }

  private static void failed(ServerWebSocket socket, Throwable trouble) {
    LOG.error("simulated exchange failed", trouble);
    var unused = socket.close();
  }

  /** As Kraken after about a minute without subscription and ping. */
  void closeIdle() {
    open.forEach(
        (session, socket) -> {
          if (exchange.isIdle(session)) {
            var unused = socket.close();
          }
        });
  }
}
