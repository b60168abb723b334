package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kill switch: once it has answered, no order begins. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class HaltTest extends RunningService {
  private static final int SENDERS = 6;
  private static final Duration SENT_ON_FOR = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofMinutes(2);

  private record Sent(String signalId, boolean begunAfterHalt) {}

  @AfterEach
  void tradingGoesOn() {
    operator().post("/operations/resume", Map.of("reason", "the test is over"));
  }

  @Test
  void afterItsAnswerNoOrderReachesTheExchangeWhateverIsOnTheWay() throws Exception {
    String strategy = freshStrategy();
    AtomicBoolean halted = new AtomicBoolean();
    AtomicBoolean enough = new AtomicBoolean();
    Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    int ordersBefore = exchange().acceptedAddOrders();
    Instant answered;
    try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
      for (int i = 0; i < SENDERS; i++) {
        threads.execute(
            () -> {
              while (!enough.get()) {
                boolean after = halted.get();
                Payload signal = Payload.limit("BUY", strategy, ASK, "0.001");
                sent.add(new Sent(accepted(demo().send(signal)), after));
              }
            });
      }
      try {
        await().atMost(MOST).until(() -> exchange().acceptedAddOrders() > ordersBefore + 20);

        Answer answer = halt("ALL");
        answered = Instant.now();
        halted.set(true);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        int sentAtHalt = sent.size();
        await()
            .pollDelay(SENT_ON_FOR)
            .atMost(MOST)
            .until(
                () ->
                    sent.size() > sentAtHalt + SENDERS
                        && sent.stream().anyMatch(Sent::begunAfterHalt));
      } finally {
        enough.set(true);
      }
    }
    // What came while nobody led the account has no row before the next leader takes it.
    await()
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> report().rowsOf(strategy).size() >= sent.size());
    report().awaitAllSettled(Map.of("strategy", strategy), MOST);
    List<JsonNode> rows = report().rowsOf(strategy);
    assertThat(rows).hasSameSizeAs(sent);
    List<JsonNode> ordered = rows.stream().filter(row -> !row.path("orderTxid").isNull()).toList();
    assertThat(ordered).hasSize(exchange().acceptedAddOrders() - ordersBefore);
    // A call that had begun may reach a slow exchange later; none begins.
    assertThat(ordered)
        .allSatisfy(
            row -> assertThat(callsOf(row)).isNotEmpty().allMatch(at -> at.isBefore(answered)));
    List<String> begunAfter =
        sent.stream().filter(Sent::begunAfterHalt).map(Sent::signalId).toList();
    assertThat(begunAfter).isNotEmpty();
    assertThat(rows.stream().filter(row -> begunAfter.contains(row.path("signalId").textValue())))
        .allSatisfy(
            row -> {
              assertThat(row.path("outcome").textValue()).isEqualTo("HALTED");
              assertThat(row.path("reasons").toString()).contains("trading-state");
            });
  }

  /** When the calls that place an order began. */
  private List<Instant> callsOf(JsonNode row) {
    JsonNode summary = report().story(row.path("signalId").textValue()).path("summary");
    return StreamSupport.stream(summary.path("krakenCalls").spliterator(), false)
        .filter(call -> call.path("purpose").asText().equals("add-order"))
        .map(call -> Instant.parse(call.path("startedAt").textValue()))
        .toList();
  }

  @Test
  void tradingGoesOnAfterAResume() {
    halt("ALL");
    String during = accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));
    report().awaitOutcome(during, "HALTED");

    Answer answer = operator().post("/operations/resume", Map.of("reason", "all is well"));

    assertThat(answer.status()).isEqualTo(200);
    ended("FILLED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.001"));
    assertThat(report().row(during).path("outcome").textValue()).isEqualTo("HALTED");
  }

  @Test
  void aHaltOfEntriesLetsExitsPass() {
    String strategy = freshStrategy();
    ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.002"));

    halt("ENTRIES");

    String entry = accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001")));
    report().awaitOutcome(entry, "HALTED");
    ended("FILLED", () -> Payload.of("CLOSE", strategy));
  }

  @Test
  void cancelAllEndsWhatRests() {
    String resting = ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "60000.0", "0.001"));

    halt("CANCEL_ALL");

    report().awaitOutcome(resting, "CANCELED");
    assertThat(ordersAtExchange(resting)).singleElement().matches(order -> !order.isOpen());
  }

  @Test
  void cancelAllLeavesAnExitThatRestsUnlessItIsToldOtherwise() {
    String strategy = freshStrategy();
    ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.002"));
    String exit = ended("OPEN", () -> Payload.limit("SELL", strategy, "75000.0", "0.001"));
    String entry = ended("OPEN", () -> Payload.limit("BUY", strategy, "60000.0", "0.001"));

    halt("CANCEL_ALL");
    report().awaitOutcome(entry, "CANCELED");
    assertThat(report().row(exit).path("outcome").textValue()).isEqualTo("OPEN");
    assertThat(ordersAtExchange(exit)).singleElement().matches(PaperOrder::isOpen);
    Answer told =
        operator()
            .post(
                "/operations/halt",
                Map.of("scope", "CANCEL_ALL", "exits", "cancel", "reason", "a test halts"));

    assertThat(told.body()).contains("halted: CANCEL_ALL with exits");
    report().awaitOutcome(exit, "CANCELED");
  }

  @Test
  void whatAHaltCannotCancelIsNamedAndNothingIsHalted() {
    Answer misspelt =
        operator()
            .post(
                "/operations/halt",
                Map.of("scope", "CANCEL_ALL", "stops", "yes", "exits", "", "reason", "a test"));
    Answer contradicting =
        operator()
            .post(
                "/operations/halt/drill",
                Map.of("scope", "ALL", "stops", "cancel", "reason", "a test"));

    assertThat(misspelt.status()).isEqualTo(400);
    assertThat(misspelt.json().path("errors").findValuesAsText("field"))
        .containsExactly("/stops", "/exits");
    assertThat(misspelt.json().path("errors").findValuesAsText("allowed"))
        .containsOnly("keep, cancel");
    assertThat(contradicting.status()).isEqualTo(400);
    assertThat(contradicting.json().path("errors").get(0).path("field").textValue())
        .isEqualTo("/stops");
    assertThat(contradicting.json().path("errors").get(0).path("problem").textValue())
        .isEqualTo("cancels nothing under ALL");
    assertThat(reviewer().get("/operations/status").body()).contains("\"ACTIVE\"");
  }

  @Test
  void theStatusSaysWhoHaltedAndWhy() {
    halt("ALL");

    JsonNode account = standing(RoomyProfile.ACCOUNT);

    assertThat(account.path("tradingState").textValue()).isEqualTo("HALTED");
    assertThat(account.path("reason").textValue()).contains(TestSecrets.OPERATOR, "a test halts");
  }

  private Answer halt(String scope) {
    return operator().post("/operations/halt", Map.of("scope", scope, "reason", "a test halts"));
  }
}
