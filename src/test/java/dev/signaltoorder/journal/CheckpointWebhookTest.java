package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.signaltoorder.testing.StallingReceiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointWebhookTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void aWitness() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/redirects",
        exchange -> {
          taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          elsewhere.add("asked");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/slow",
        exchange -> {
          String note =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          try {
            released.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          taken.add(note);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
  }

  @Test
  void aRedirectIsNotFollowed() {
    CheckpointWebhook webhook = new CheckpointWebhook(address("/redirects"));

    webhook.offer("first");
    webhook.offer("second");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).contains("first", "second"));
    webhook.close();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void aSlowWitnessHoldsNobodyUpAndGetsTheNewest() {
    CheckpointWebhook webhook = new CheckpointWebhook(address("/slow"));

    for (int i = 0; i < 5_000; i++) {
      webhook.offer("note " + i);
    }
    released.countDown();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).contains("note 4999"));
    webhook.close();
    assertThat(taken).hasSizeLessThan(5_000);
  }

  @Test
  void aWitnessThatStallsAfterItsHeadersDoesNotSilenceTheRest() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (StallingReceiver witness = new StallingReceiver()) {
      CheckpointWebhook webhook =
          new CheckpointWebhook(witness.address(), client, Duration.ofMillis(300));

      // Again where a slow machine had not even asked within so short a time.
      offered(webhook, "first", () -> witness.givenUp() > 0);
      witness.answerFromNowOn();
      offered(webhook, "second", () -> witness.answered() > 0);
      webhook.close();
    }
  }

  private static void offered(CheckpointWebhook webhook, String note, BooleanSupplier until) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              webhook.offer(note);
              return until.getAsBoolean();
            });
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
