package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time is what the gate is about: its ten seconds are waited for. */
class OversizeGateTest {
  private static final int LONGER_THAN_A_BODY_MAY_TAKE = 11_000;

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-27T07:00:00Z"));
  private HttpServer server = vertx.createHttpServer();

  @BeforeEach
  void start() {
    Sources none = SourcesTest.sources(Map.of(), Set.of("main"), clock);
    SignalIntake nobody =
        (SignalIntake)
            Proxy.newProxyInstance(
                SignalIntake.class.getClassLoader(),
                new Class<?>[] {SignalIntake.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("nothing here is a delivery");
                });
    Router router = Router.router(vertx);
    new OversizeGate(
            new WebhookReception(
                none,
                nobody,
                new AddressLimit(() -> "20", clock),
                new SignalIds(clock),
                new DeliveryMeters(none, new SimpleMeterRegistry()),
                clock))
        .register(router);
    router.route().order(0).handler(context -> answerLate(context.request()));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** As whoever reads JSON: what comes after the last byte of the document stays unread. */
  private void answerLate(HttpServerRequest request) {
    request.handler(piece -> request.pause());
    request.resume();
    vertx.setTimer(
        LONGER_THAN_A_BODY_MAY_TAKE,
        late -> {
          assertThat(request.isEnded()).isFalse();
          request.response().end("in force");
        });
  }

  /** What comes back on the connection before it ends. */
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket("localhost", server.actualPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String post(int announced, String body) {
    return "POST /operations/halt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Length: %d\r\n\r\n%s".formatted(announced, body);
  }

  @Test
  void whoWaitsForALateAnswerGetsIt() throws IOException {
    assertThat(answerTo(post(2, "{}"))).startsWith("HTTP/1.1 200").endsWith("in force");
  }

  @Test
  void aBodyThatLacksItsLastByteEndsTheConnection() throws IOException {
    assertThat(answerTo(post(3, "{}"))).isEmpty();
  }
}
