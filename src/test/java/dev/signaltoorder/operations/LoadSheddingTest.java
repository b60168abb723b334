package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server whose reports take as long as the test likes. */
class LoadSheddingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong waitingNanos = new AtomicLong();
  private final Queue<RoutingContext> held = new ConcurrentLinkedQueue<>();
  private HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void serve() throws Exception {
    Router router = Router.router(vertx);
    new LoadShedding(waitingNanos::get, meters).register(router);
    router.route("/audit/slow").handler(held::add);
    router.route().handler(context -> context.response().end("served"));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    port = server.actualPort();
  }

  @AfterEach
  void close() throws Exception {
    // What is held open would be waited for.
    client.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<String>> send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private int status(String method, String path) {
    return send(method, path).orTimeout(30, TimeUnit.SECONDS).join().statusCode();
  }

  private List<CompletableFuture<HttpResponse<String>>> asManyAsMayRead() {
    List<CompletableFuture<HttpResponse<String>>> reading = new ArrayList<>();
    for (int i = 0; i < LoadShedding.READS_MAX; i++) {
      reading.add(send("GET", "/audit/slow"));
    }
    await().atMost(PATIENCE).until(() -> held.size() == LoadShedding.READS_MAX);
    return reading;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/audit/report", "/audit/export", "/audit/signals/x", "/"})
  void whileSignalsWaitReportsAreTurnedAwayAndSayWhenToComeBack(String path) {
    waitingNanos.set(LoadShedding.WAITING_NANOS_MAX + 1);

    HttpResponse<String> answer = send("GET", path).orTimeout(30, TimeUnit.SECONDS).join();

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("Signals are waiting to be decided");
    assertThat(meters.counter("signal_to_order_reads_shed").count()).isEqualTo(1);
    waitingNanos.set(LoadShedding.WAITING_NANOS_MAX);
    assertThat(status("GET", path)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /webhooks/demo",
    "POST, /operations/halt",
    "GET, /operations/status",
    "GET, /console/operations",
    "POST, /console/operations"
  })
  void whoeverActsIsNeverTurnedAway(String method, String path) {
    asManyAsMayRead();
    waitingNanos.set(Long.MAX_VALUE);

    assertThat(status(method, path)).isEqualTo(200);
  }

  @Test
  void oneReaderTooManyIsTurnedAwayUntilAnotherIsDone() {
    List<CompletableFuture<HttpResponse<String>>> reading = asManyAsMayRead();

    assertThat(status("GET", "/audit/report")).isEqualTo(503);

    held.remove().response().end("done");
    CompletableFuture.anyOf(reading.toArray(CompletableFuture[]::new))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
    await().atMost(PATIENCE).until(() -> status("GET", "/audit/report") == 200);
  }

  @Test
  void readersWhoGiveUpMakeRoom() {
    asManyAsMayRead();
    assertThat(status("GET", "/audit/report")).isEqualTo(503);

    client.shutdownNow();

    client = HttpClient.newHttpClient();
    await().atMost(PATIENCE).until(() -> status("GET", "/audit/report") == 200);
  }
}
