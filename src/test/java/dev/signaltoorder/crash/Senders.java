package dev.signaltoorder.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Well-behaved senders: each delivers until it is answered with success, over every crash, and
 * keeps what it was told.
 */
final class Senders implements AutoCloseable {
  static final String SOURCE = "crash";
  static final String BID = "67000.0";
  static final String ASK = "67000.1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final long PAUSE_MS = 200;

  /** An answer with success. */
  record Told(int status, String signalId) {}

  /** One delivery. */
  static final class Delivery {
    private final String id = "msg_" + UUID.randomUUID();
    private final byte[] body;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final boolean sentAgain;

    private Delivery(byte[] body, boolean sentAgain) {
      this.body = body;
      this.sentAgain = sentAgain;
    }

    String id() {
      return id;
    }

    List<Told> told() {
      return new ArrayList<>(told);
    }

    boolean acknowledged() {
      return !told.isEmpty();
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Delivery> all = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final Random random;
  private volatile List<URI> services = List.of();
  private volatile boolean closed;

  Senders(Random random) {
    this.random = random;
  }

  /** Where the service is to be found now; several while it is being replaced. */
  void find(Program... programs) {
    services = java.util.Arrays.stream(programs).map(Program::address).toList();
  }

  /** So many signals at the same time. */
  List<Delivery> burst(int count) {
    List<Delivery> burst = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Some senders send once more although they were answered.
      burst.add(new Delivery(body(), random.nextInt(4) == 0));
    }
    all.addAll(burst);
    burst.forEach(delivery -> threads.execute(() -> deliver(delivery)));
    return burst;
  }

  List<Delivery> all() {
    return new ArrayList<>(all);
  }

  List<String> violations() {
    return new ArrayList<>(violations);
  }

  /** Of ten signals one is too large and refused, one sells, the others buy. */
  private byte[] body() {
    int dice = random.nextInt(10);
    String volume = dice == 0 ? "1.5" : "0.00" + (1 + random.nextInt(9));
    String strategy = "crash-" + random.nextInt(3);
    return dice == 1
        ? Payload.limit("SELL", strategy, BID, volume).bytes()
        : Payload.limit("BUY", strategy, ASK, volume).bytes();
  }

  private void deliver(Delivery delivery) {
    for (int attempt = 0; !closed && !delivery.acknowledged(); attempt++) {
      attempt(delivery, attempt);
      if (!delivery.acknowledged()) {
        pause();
      }
    }
    if (!closed && delivery.sentAgain) {
      attempt(delivery, 0);
    }
  }

  private void attempt(Delivery delivery, int attempt) {
    List<URI> now = services;
    if (now.isEmpty()) {
      return;
    }
    URI service = now.get(attempt % now.size());
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/webhooks/" + SOURCE))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("webhook-id", delivery.id())
            .header("webhook-timestamp", timestamp)
            .header(
                "webhook-signature",
                Sender.hmac(TestSecrets.DEMO, delivery.id(), timestamp, delivery.body))
            .POST(BodyPublishers.ofByteArray(delivery.body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 200 || answer.statusCode() == 202) {
        JsonNode body = JSON.readTree(answer.body());
        delivery.told.add(new Told(answer.statusCode(), body.required("signalId").textValue()));
      } else if (answer.statusCode() != 503) {
        violations.add("a sender was answered " + answer.statusCode() + ": " + answer.body());
      }
    } catch (IOException e) {
      // Nobody there, or gone in the middle: send again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    http.shutdownNow();
  }
}
