package dev.signaltoorder.kraken;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one websocket connection open for a protocol: opens it, hands messages and time in, does
 * what comes out, and opens it again after a pause when it is lost. All of it on one event loop,
 * where one message is handled before the next is read: a slow reader slows the sender, and nothing
 * piles up here.
 */
final class FeedConnection implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(FeedConnection.class);

  /** The list of all instruments is by far the longest message: about a megabyte. */
  private static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SWITCHED_OFF = Duration.ofMinutes(15);

  private final String name;
  private final Vertx vertx;
  private final Context context;
  private final WebSocketClient client;
  private final Supplier<URI> url;
  private final FeedProtocol protocol;
  private final Consumer<Consumer<Answer<WebSocketsToken>>> tokens;
  private final ConnectLimit limit;
  private final Clock clock;
  private final ReconnectPause pause = new ReconnectPause(new SecureRandom());
  private final long ticker;
  private volatile boolean closed;
  private @Nullable WebSocket socket;

  /** Counts the connections: what an earlier one still calls is not listened to. */
  private long number;

  private long openedNanos;

  /**
   * Does not connect yet.
   *
   * @param url asked before every connection
   * @param tokens asks for a token of the private channels; answers once, on any thread
   */
  FeedConnection(
      String name,
      Vertx vertx,
      Supplier<URI> url,
      Duration connectTimeout,
      FeedProtocol protocol,
      Consumer<Consumer<Answer<WebSocketsToken>>> tokens,
      ConnectLimit limit,
      Clock clock) {
    this.name = name;
    this.vertx = vertx;
    this.url = url;
    this.protocol = protocol;
    this.tokens = tokens;
    this.limit = limit;
    this.clock = clock;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout((int) connectTimeout.toMillis())
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                .setMaxConnections(1));
    this.ticker =
        vertx.setPeriodic(TICK.toMillis(), id -> onLoop(() -> carryOut(protocol.tick(now()))));
  }

  /** Connects, and from then on keeps a connection until closed. */
  void start() {
    onLoop(this::connect);
  }

  FeedTime now() {
    return new FeedTime(clock.instant().truncatedTo(ChronoUnit.MICROS), System.nanoTime());
  }

  private void onLoop(Runnable task) {
    context.runOnContext(
        unused -> {
          if (!closed) {
            task.run();
          }
        });
  }

  private void connect() {
    Duration wait = limit.take();
    if (!wait.isZero()) {
      connectAfter(wait);
      return;
    }
    URI target = url.get();
    boolean tls = target.getScheme().toLowerCase(Locale.ROOT).equals("wss");
    int port = target.getPort() >= 0 ? target.getPort() : tls ? 443 : 80;
    String path = target.getRawPath();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(target.getHost().replaceAll("[\\[\\]]", ""))
            .setPort(port)
            .setSsl(tls)
            .setURI(path == null || path.isEmpty() ? "/" : path)
            .setAllowOriginHeader(false)
            .addHeader("User-Agent", "signal-to-order");
    client.connect(options).onComplete(this::connected);
  }

  /**
   * At once, on the loop that asked, and not as a task of its own: Kraken speaks first, and what it
   * says before somebody listens is lost, the system's status for one.
   */
  private void connected(AsyncResult<WebSocket> result) {
    if (closed) {
      if (result.succeeded()) {
        var unused = result.result().close();
      }
    } else if (result.succeeded()) {
      opened(result.result());
    } else {
      // The kind only: an exception's text may repeat what was sent.
      lost("no connection: " + result.cause().getClass().getSimpleName());
    }
  }

  private void opened(WebSocket opened) {
    socket = opened;
    long mine = ++number;
    openedNanos = System.nanoTime();
    opened.textMessageHandler(
        text -> {
          if (mine == number && socket != null) {
            carryOut(protocol.received(text.getBytes(StandardCharsets.UTF_8), now()));
          }
        });
    opened.exceptionHandler(e -> drop(mine, e.getClass().getSimpleName()));
    opened.closeHandler(end -> drop(mine, "closed by the other side"));
    if (closed || opened.isClosed()) {
      drop(mine, "closed at once");
      return;
    }
    LOG.infof("%s websocket: connected", name);
    carryOut(protocol.opened(now()));
  }

  private void carryOut(List<FeedAction> actions) {
    for (FeedAction action : actions) {
      WebSocket current = socket;
      if (current == null) {
        return;
      }
      switch (action) {
        case FeedAction.Send send -> current.writeTextMessage(send.text());
        case FeedAction.Reconnect again -> drop(number, again.reason());
        case FeedAction.WantToken want -> tokens.accept(answer -> onLoop(() -> token(answer)));
        case FeedAction.SwitchOff off -> switchOff(current, off.reason());
      }
    }
  }

  private void token(Answer<WebSocketsToken> answer) {
    WebSocket current = socket;
    switch (answer) {
      case Answer.Success<WebSocketsToken> success ->
          carryOut(protocol.token(success.value().token(), now()));
      case Answer.Failure<WebSocketsToken> failure when current == null -> {}
      case Answer.Failure<WebSocketsToken> failure
          when failure.error().contains("Permission denied") ->
          switchOff(current, "the key lacks the permission create-ws-token");
      case Answer.Failure<WebSocketsToken> failure -> drop(number, "no token: " + failure.error());
    }
  }

  private void switchOff(WebSocket current, String reason) {
    LOG.warnf("%s websocket: off for %d min: %s", name, SWITCHED_OFF.toMinutes(), reason);
    socket = null;
    var unused = current.close();
    protocol.closed(reason, now());
    connectAfter(SWITCHED_OFF);
  }

  private void drop(long dropped, String reason) {
    WebSocket current = socket;
    if (current != null && dropped == number) {
      socket = null;
      var unused = current.close();
      lost(reason);
    }
  }

  private void lost(String reason) {
    protocol.closed(reason, now());
    Duration held = Duration.ofNanos(openedNanos == 0 ? 0 : System.nanoTime() - openedNanos);
    openedNanos = 0;
    Duration wait = pause.after(held);
    LOG.warnf("%s websocket: lost (%s); again in %d ms", name, reason, wait.toMillis());
    connectAfter(wait);
  }

  private void connectAfter(Duration wait) {
    if (!closed) {
      vertx.setTimer(Math.max(1, wait.toMillis()), id -> onLoop(this::connect));
    }
  }

  /** Ends the connection; does not wait for it. */
  @Override
  public void close() {
    closed = true;
    vertx.cancelTimer(ticker);
    context.runOnContext(
        unused -> {
          WebSocket current = socket;
          socket = null;
          if (current != null) {
            protocol.closed("closed here", now());
          }
          client.close();
        });
  }
}
