package dev.signaltoorder.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.crash.Evidence.Ask;
import dev.signaltoorder.crash.Evidence.Told;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.TestSecrets;
import java.io.IOException;
import java.math.BigDecimal;
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
  static final String BID = "67000.0";
  static final String ASK = "67000.1";

  /** Where the stop-losses are. */
  static final List<String> STOPS = List.of("66000", "66300.5", "66600");

  /** The first take-profit of those who name one. */
  static final String TARGET = "67400";

  /** So many per cent below the bid a stop follows: at the usual price none, at the target some. */
  static final String TRAIL_BY = "1.6";

  /** Where a stop is that has followed the price to the target. */
  static final BigDecimal TRAILED = new BigDecimal("66321.6");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final long PAUSE_MS = 200;

  /** What a signal says, and what of it is about protection. */
  private record Wish(Payload payload, Ask ask) {}

  /** One delivery. */
  static final class Delivery {
    private final String id = "msg_" + UUID.randomUUID();
    private final String source;
    private final byte[] body;
    private final int firstService;
    private final Ask ask;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final boolean sentAgain;

    private Delivery(String source, Wish wish, int firstService, boolean sentAgain) {
      this.source = source;
      this.body = wish.payload().bytes();
      this.ask = wish.ask();
      this.firstService = firstService;
      this.sentAgain = sentAgain;
    }

    String id() {
      return id;
    }

    List<Told> told() {
      return new ArrayList<>(told);
    }

    Evidence.Delivery record() {
      return new Evidence.Delivery(id, told(), ask);
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
  private final List<String> sources;
  private final boolean protection;
  private final Random random;
  private int strategies;
  private volatile List<URI> services = List.of();
  private volatile Duration clockError = Duration.ZERO;
  private volatile boolean closed;

  /**
   * @param sources each signal comes from one of them
   * @param protection whether some of the signals that buy name a stop-loss
   */
  Senders(List<String> sources, boolean protection, Random random) {
    this.sources = List.copyOf(sources);
    this.protection = protection;
    this.random = random;
  }

  /**
   * The senders' clocks are wrong by so much. Deliveries that were begun before are signed anew.
   */
  void clockIs(Duration error) {
    clockError = error;
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
      String source = sources.get(random.nextInt(sources.size()));
      burst.add(new Delivery(source, wish(), random.nextInt(2), random.nextInt(4) == 0));
    }
    return send(burst);
  }

  private List<Delivery> send(List<Delivery> burst) {
    all.addAll(burst);
    burst.forEach(delivery -> threads.execute(() -> deliver(delivery)));
    return burst;
  }

  /** A strategy of which nobody has heard, so that it has no stop yet. */
  String freshStrategy() {
    return "guarded-" + ++strategies;
  }

  /** A BUY whose stop follows the price when it rises to the target; from the first source. */
  Delivery trailedBuy(String strategy, String volume) {
    Wish wish = protectedBy(STOPS.getFirst(), false, Payload.limit("BUY", strategy, ASK, volume));
    return send(List.of(new Delivery(sources.getFirst(), wish, 0, false))).getFirst();
  }

  /** A BUY that names a stop-loss, from the first source. */
  Delivery protectedBuy(String strategy, String volume) {
    Wish wish = protectedBy(stop(), false, Payload.limit("BUY", strategy, ASK, volume));
    return send(List.of(new Delivery(sources.getFirst(), wish, 0, false))).getFirst();
  }

  /** A SELL, from the first source. */
  Delivery sell(String strategy, String volume) {
    Wish wish = new Wish(Payload.limit("SELL", strategy, BID, volume), Ask.NOTHING);
    return send(List.of(new Delivery(sources.getFirst(), wish, 0, false))).getFirst();
  }

  List<Delivery> all() {
    return new ArrayList<>(all);
  }

  List<String> violations() {
    return new ArrayList<>(violations);
  }

  /**
   * Of ten signals one is too large and refused, one sells, the others buy. Of those that buy a
   * share names a stop-loss, and of these some a take-profit for half of what they buy.
   */
  private Wish wish() {
    int dice = random.nextInt(10);
    String volume = dice == 0 ? "1.5" : "0.00" + (1 + random.nextInt(9));
    String strategy = "crash-" + random.nextInt(3);
    if (dice == 1) {
      return new Wish(Payload.limit("SELL", strategy, BID, volume), Ask.NOTHING);
    }
    Payload buy = Payload.limit("BUY", strategy, ASK, volume);
    return protection && random.nextInt(3) == 0
        ? protectedBy(stop(), random.nextInt(3) == 0, buy)
        : new Wish(buy, Ask.NOTHING);
  }

  private String stop() {
    return STOPS.get(random.nextInt(STOPS.size()));
  }

  private static Wish protectedBy(String stop, boolean target, Payload buy) {
    buy.with("/data/stopLoss", stop);
    if (target) {
      // The second is out of reach: half of the position stays.
      buy.withList("/data/takeProfits", TARGET, "90000");
    }
    return new Wish(buy, new Ask(new BigDecimal(stop), target));
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
    URI service = now.get((delivery.firstService + attempt) % now.size());
    String timestamp = Long.toString(Instant.now().plus(clockError).getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/webhooks/" + delivery.source))
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
        refused(answer);
      }
    } catch (IOException e) {
      // Nobody there, or gone in the middle: send again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** With a clock that jumps, a signature may be too old or from the future: signed anew, again. */
  private void refused(HttpResponse<String> answer) {
    if (clockError.isZero() || answer.statusCode() != 401) {
      violations.add("a sender was answered " + answer.statusCode() + ": " + answer.body());
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
