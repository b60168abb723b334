package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.PostgresResource;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back: what was acknowledged is there, nothing else is. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class OutageTest extends RunningService {
  private static final Duration RECOVERY = Duration.ofMinutes(2);
  // An intent whose outcome the outage hid is looked up until its absence is proven.
  // Look-ups of many orders in doubt wait for Kraken's call counter, which counts as full after a
  // start.
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(6);
  private static final int SENDERS = 4;
  private static final int SIGNALS_PER_SENDER = 15;

  @AfterEach
  void databaseIsBack() {
    PostgresResource.startServer();
    await()
        .atMost(RECOVERY)
        .until(() -> operator().get("/operations/status").body().contains("\"ACTIVE\""));
  }

  @Test
  void withoutADatabaseNothingIsAcknowledgedAndEverythingCanBeSentAgain() {
    String strategy = freshStrategy();
    Sender sender = sender(ServiceResource.OUTAGE);
    Set<String> before = new TreeSet<>();
    delivered(
        "FILLED",
        () -> {
          Answer answer = sender.send(Payload.limit("BUY", strategy, ASK, "0.001"));
          before.add(answer.signalId());
          return answer;
        });
    Map<String, byte[]> deliveries = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      deliveries.put(
          Sender.freshId(), Payload.limit("BUY", strategy, ASK, "0.00" + (2 + i)).bytes());
    }

    PostgresResource.stopServer();
    List<Answer> refused = new ArrayList<>();
    deliveries.forEach((id, body) -> refused.add(sender.send(id, body)));
    PostgresResource.startServer();

    for (Answer answer : refused) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }
    reported(strategy, before);
    Set<String> taken = new TreeSet<>();
    deliveries.forEach((id, body) -> taken.add(accepted(sendUntilTaken(sender, id, body))));
    reported(strategy, Stream.of(before, taken).flatMap(Set::stream).collect(Collectors.toSet()));
    report().awaitAllSettled(Map.of("strategy", strategy), SETTLED_WITHIN);
    // Right after the start the service may have judged one before it had read what it needs.
    taken.forEach(id -> assertThat(ordersAtExchange(id)).hasSize(isLate(id) ? 0 : 1));
    delivered("FILLED", () -> sender.send(Payload.limit("BUY", strategy, ASK, "0.001")));
  }

  /** What was acknowledged while nobody led the account is in the report once somebody does. */
  private void reported(String strategy, Set<String> signalIds) {
    await()
        .atMost(RECOVERY)
        .untilAsserted(
            () ->
                assertThat(ids(report().rowsOf(strategy)))
                    .containsExactlyInAnyOrderElementsOf(signalIds));
  }

  private boolean isLate(String signalId) {
    boolean late = report().isLate(signalId);
    if (!late) {
      report().awaitOutcome(signalId, "FILLED");
    }
    return late;
  }

  @Test
  void sendersThatKeepSendingGetEachSignalTakenOnce() throws Exception {
    String strategy = freshStrategy();
    Sender sender = sender(ServiceResource.OUTAGE);
    int ordersBefore = exchange().acceptedAddOrders();
    AtomicInteger taken = new AtomicInteger();
    List<Future<List<String>>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
      for (int i = 0; i < SENDERS; i++) {
        String volume = "0.00" + (1 + i);
        running.add(threads.submit(keepsSending(sender, strategy, volume, taken)));
      }
      await().atMost(RECOVERY).until(() -> taken.get() >= SENDERS * SIGNALS_PER_SENDER / 3);

      PostgresResource.stopServer();
      PostgresResource.startServer();
    }

    Set<String> acknowledged = new TreeSet<>();
    for (Future<List<String>> sent : running) {
      acknowledged.addAll(sent.get());
    }
    assertThat(acknowledged).hasSize(SENDERS * SIGNALS_PER_SENDER);
    reported(strategy, acknowledged);
    report().awaitAllSettled(Map.of("strategy", strategy), SETTLED_WITHIN);
    List<JsonNode> rows = report().rowsOf(strategy);
    long withOrder = rows.stream().filter(row -> !row.path("orderTxid").isNull()).count();
    assertThat(exchange().acceptedAddOrders() - ordersBefore).isEqualTo((int) withOrder);
    for (JsonNode row : rows) {
      String outcome = row.path("outcome").textValue();
      if (!Set.of("FILLED", "NOT_PLACED").contains(outcome)) {
        // Judged after the restart, before Kraken had said again what is needed.
        String id = row.path("signalId").textValue();
        assertThat(report().isLate(id)).as(row.toString()).isTrue();
        assertThat(ordersAtExchange(id)).isEmpty();
      }
    }
  }

  private static Callable<List<String>> keepsSending(
      Sender sender, String strategy, String volume, AtomicInteger taken) {
    return () -> {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < SIGNALS_PER_SENDER; i++) {
        byte[] body = Payload.limit("BUY", strategy, ASK, volume).bytes();
        ids.add(sendUntilTaken(sender, Sender.freshId(), body).signalId());
        taken.incrementAndGet();
      }
      return ids;
    };
  }

  /** As a sender should: the same delivery again until it is answered with success. */
  private static Answer sendUntilTaken(Sender sender, String id, byte[] body) {
    return await()
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(200))
        .pollDelay(Duration.ZERO)
        .until(
            () -> sender.send(id, body),
            answer -> {
              assertThat(answer.status()).as(answer.body()).isIn(200, 202, 503);
              return answer.status() < 300;
            });
  }

  private static List<String> ids(List<JsonNode> rows) {
    return rows.stream().map(row -> row.path("signalId").textValue()).toList();
  }
}
