package dev.signaltoorder.paper;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Kraken as a server on the loopback address. Give its URL to a Kraken client as the
 * REST base URL; the client cannot tell it from the real one but by the {@code X-Price-Origin}
 * header of its answers.
 */
public final class PaperExchangeServer implements AutoCloseable {

  /**
   * The worker's one thread keeps the order by itself. Vert.x's own queue belongs to the caller's
   * context, and one task that a closing worker throws away blocks it for every later server.
   */
  static final boolean WITHOUT_QUEUE = false;

  private static final String HOST = "127.0.0.1";
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final long SETTLE_MILLIS = 250;
  private static final long POLL_MILLIS = 2_000;
  private static final long START_SECONDS_MAX = 10;

  private final PaperSettings settings;
  private final Vertx vertx;
  private final WorkerExecutor worker;
  private final @Nullable KrakenPrices kraken;
  private final @Nullable PricePolling polling;
  private final SimulatedExchange exchange;
  private final FaultyTransport transport;
  private final SocketTransport sockets;
  private final List<Long> timers = new ArrayList<>();
  private @Nullable HttpServer server;

  /**
   * Reads the state file, if there is one; binds no port yet.
   *
   * @param vertx stays the caller's: {@link #stop} does not close it
   * @throws IllegalStateException if the state file is there and unusable
   */
  public PaperExchangeServer(PaperSettings settings, Clock clock, Vertx vertx) {
    Pairs pairs = Pairs.standard();
    this.settings = settings;
    this.vertx = vertx;
    this.kraken =
        settings.prices() == PriceMode.WALK
            ? null
            : new KrakenPrices(settings.priceUrl(), pairs, clock);
    this.polling = kraken == null ? null : new PricePolling(kraken, clock);
    this.exchange =
        new SimulatedExchange(
            clock,
            pairs,
            prices(settings, kraken, clock),
            settings.balances(),
            settings.stateFile() == null ? null : new StateFile(settings.stateFile()));
    exchange.enforceLimits(settings.limits());
    this.worker = vertx.createSharedWorkerExecutor("simulated-kraken-" + hashCode(), 1);
    this.transport = new FaultyTransport(vertx, worker, exchange);
    this.sockets = new SocketTransport(vertx, worker, exchange, clock);
  }

  private static PriceSource prices(
      PaperSettings settings, @Nullable KrakenPrices kraken, Clock clock) {
    RandomWalk walk = new RandomWalk(settings.seed(), clock);
    if (kraken == null) {
      return walk;
    }
    return settings.prices() == PriceMode.KRAKEN ? kraken : new FallbackPrices(kraken, walk, clock);
  }

  /**
   * Binds the port. Not on an event loop: it waits, for the port and for one attempt at real
   * prices.
   *
   * @return the bound URL, "http://127.0.0.1:8081"
   * @throws IllegalStateException if the port cannot be bound
   */
  public synchronized URI start() {
    if (polling != null) {
      polling.tick().join();
      timers.add(vertx.setPeriodic(POLL_MILLIS, timer -> poll(polling)));
    }
    timers.add(vertx.setPeriodic(SETTLE_MILLIS, timer -> settle()));
    HttpServer bound =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(settings.port()))
                .requestHandler(this::receive)
                .listen());
    server = bound;
    return URI.create("http://" + HOST + ":" + bound.actualPort());
  }

  private static void poll(PricePolling polling) {
    var unused = polling.tick();
  }

  private void settle() {
    worker.executeBlocking(
        () -> {
          exchange.settle();
          return true;
        },
        WITHOUT_QUEUE);
    sockets.closeIdle();
  }

  private void receive(HttpServerRequest http) {
    if (SocketTransport.isHandshake(http)) {
      sockets.open(http);
      return;
    }
    Buffer body = Buffer.buffer();
    http.handler(
        chunk -> {
          if (body.length() + chunk.length() > BODY_BYTES_MAX) {
            http.connection().close();
          } else {
            body.appendBuffer(chunk);
          }
        });
    http.endHandler(end -> transport.carry(http, request(http, body.getBytes())));
  }

  private static ApiRequest request(HttpServerRequest http, byte[] body) {
    String path = http.path();
    String query = http.query();
    return new ApiRequest(
        http.method().name(),
        path == null ? "" : path,
        query == null ? "" : query,
        http.getHeader("Content-Type"),
        http.getHeader("API-Key"),
        http.getHeader("API-Sign"),
        body);
  }

  /**
   * The account of this name, made if there is none; with a state file the same key again after a
   * restart.
   */
  public PaperAccount createAccount(String name) {
    return exchange.createAccount(name);
  }

  /** An account of this name with another key that has only the given permissions. */
  public PaperAccount createKey(String account, Set<KeyPermission> permissions) {
    return exchange.createKey(account, permissions);
  }

  /**
   * Where websocket clients connect, as Kraken's {@code wss://ws.kraken.com/v2}.
   *
   * @param http what {@link #start} returned
   */
  public static URI publicSocket(URI http) {
    return URI.create("ws://" + http.getAuthority() + SocketTransport.PUBLIC_PATH);
  }

  /** As {@link #publicSocket}, as Kraken's {@code wss://ws-auth.kraken.com/v2}. */
  public static URI privateSocket(URI http) {
    return URI.create("ws://" + http.getAuthority() + SocketTransport.PRIVATE_PATH);
  }

  /** The exchange itself: book, prices, statuses and faults, for tests and the console. */
  public SimulatedExchange exchange() {
    return exchange;
  }

  /** Stops listening and fetching; the state file is already complete. */
  public synchronized void stop() {
    timers.forEach(vertx::cancelTimer);
    timers.clear();
    HttpServer bound = server;
    if (bound != null) {
      server = null;
      await(bound.close());
    }
    await(worker.close());
    if (kraken != null) {
      kraken.close();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("simulated exchange: " + e.getMessage(), e);
    }
  }

  /** A process of its own: see {@link StandaloneExchange}. */
  public static void runStandalone(String... args) {
    StandaloneExchange.main(args);
  }
}
