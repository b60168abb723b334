package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Stored signals through other rules: nothing is touched, and the difference is told. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class ReplayTest extends RunningService {
  private static final String RULES = "/operations/rules";
  private static final String REPLAY = RULES + "/replay";

  @Test
  void otherRulesAreTriedOnWhatHappened() {
    // Given: 67.0001 USD without a stop, and 134.0002 USD of which 1000.1 a coin may be lost
    Traded traded =
        traded(
            List.of(
                ReplayTest::small,
                strategy ->
                    Payload.limit("BUY", strategy, ASK, "0.002").with("/data/stopLoss", "66000")));
    String strategy = traded.strategy();
    String large = traded.signalIds().getLast();
    JsonNode before = reviewer().get(RULES).json();
    ObjectNode rules = before.path("rules").deepCopy();
    ((ObjectNode) rules.path("max-order-notional")).put("limit", "75");

    // When
    JsonNode view = ended(started(rules, strategy), "DONE");

    // Then
    JsonNode result = view.path("result");
    assertThat(view.path("factsRead").asLong()).isEqualTo(view.path("factsToRead").asLong());
    assertThat(view.path("factsToRead").asLong()).isGreaterThanOrEqualTo(4);
    assertThat(result.path("judged").asInt()).isEqualTo(2);
    assertThat(result.path("approvedBefore").asInt()).isEqualTo(2);
    assertThat(result.path("approvedAfter").asInt()).isEqualTo(1);
    assertThat(result.path("newlyRefused").asInt()).isEqualTo(1);
    assertThat(result.path("newlyApproved").asInt()).isZero();
    assertThat(result.path("otherSize").asInt()).isZero();
    assertThat(dollars(result, "notionalBefore")).isEqualByComparingTo("201.0003");
    assertThat(dollars(result, "notionalAfter")).isEqualByComparingTo("67.0001");
    // All of the first, and of the second what is lost down to its stop: 0.002 times 1000.1.
    assertThat(dollars(result, "atRiskBefore")).isEqualByComparingTo("69.0003");
    assertThat(dollars(result, "atRiskAfter")).isEqualByComparingTo("67.0001");
    assertThat(result.path("refusedBy").path("max-order-notional").asInt()).isEqualTo(1);
    assertThat(result.path("differences")).hasSize(1);
    JsonNode difference = result.path("differences").get(0);
    assertThat(difference.path("signalId").textValue()).isEqualTo(large);
    assertThat(difference.path("before").path("approved").booleanValue()).isTrue();
    assertThat(difference.path("after").path("reasons").get(0).textValue())
        .isEqualTo("max-order-notional");
    assertThat(reviewer().get(RULES).json()).isEqualTo(before);
    ended("FILLED", () -> Payload.of("CLOSE", strategy));
  }

  @Test
  void whatWasRefusedIsApprovedByWiderRules() {
    // Given
    RulesInForce inForce = rulesInForce();
    String refused;
    try {
      inForce.set("max-order-notional", "limit", "60");
      // By that rule alone: on a slow machine the price may be too old as well.
      refused =
          await()
              .atMost(Duration.ofMinutes(2))
              .pollDelay(Duration.ZERO)
              .until(
                  () -> ended("REJECTED", () -> small(freshStrategy())),
                  id ->
                      report()
                          .row(id)
                          .path("reasons")
                          .toString()
                          .equals("[\"max-order-notional\"]"));
    } finally {
      inForce.restore();
    }
    String strategy = report().row(refused).path("strategy").textValue();

    // When
    JsonNode result = replayed((ObjectNode) reviewer().get(RULES).json().path("rules"), strategy);

    // Then
    assertThat(result.path("judged").asInt()).isEqualTo(1);
    assertThat(result.path("approvedBefore").asInt()).isZero();
    assertThat(result.path("approvedAfter").asInt()).isEqualTo(1);
    assertThat(result.path("newlyApproved").asInt()).isEqualTo(1);
    assertThat(result.path("newlyRefused").asInt()).isZero();
    assertThat(result.path("refusedBy")).isEmpty();
    assertThat(result.path("notionalBefore")).isEmpty();
    assertThat(result.path("atRiskBefore")).isEmpty();
    assertThat(dollars(result, "notionalAfter")).isEqualByComparingTo("67.0001");
    assertThat(dollars(result, "atRiskAfter")).isEqualByComparingTo("67.0001");
    JsonNode difference = result.path("differences").get(0);
    assertThat(difference.path("signalId").textValue()).isEqualTo(refused);
    assertThat(difference.path("account").textValue()).isEqualTo(RoomyProfile.ACCOUNT);
    assertThat(difference.path("before").path("reasons").toString())
        .isEqualTo("[\"max-order-notional\"]");
    assertThat(difference.path("after").path("approved").booleanValue()).isTrue();
    assertThat(difference.path("after").path("reasons")).isEmpty();
  }

  @Test
  void anotherSizeIsADifferenceToo() {
    String strategy = traded(List.of(ReplayTest::small)).strategy();
    ObjectNode rules = reviewer().get(RULES).json().path("rules").deepCopy();
    ((ObjectNode) rules.path("max-order-notional")).put("limit", "50");
    ((ObjectNode) rules.path("size-scaling")).put("cap-to-limits", "on");

    JsonNode result = replayed(rules, strategy);

    assertThat(result.path("approvedBefore").asInt()).isEqualTo(1);
    assertThat(result.path("approvedAfter").asInt()).isEqualTo(1);
    assertThat(result.path("otherSize").asInt()).isEqualTo(1);
    assertThat(result.path("newlyApproved").asInt()).isZero();
    assertThat(result.path("newlyRefused").asInt()).isZero();
    // 50 / 67000.1, rounded down to the pair's eight decimals.
    JsonNode difference = result.path("differences").get(0);
    assertThat(difference.path("before").path("volume").decimalValue())
        .isEqualByComparingTo("0.001");
    assertThat(difference.path("after").path("volume").decimalValue())
        .isEqualByComparingTo("0.00074626");
    assertThat(dollars(result, "notionalBefore")).isEqualByComparingTo("67.0001");
    assertThat(dollars(result, "notionalAfter")).isEqualByComparingTo("49.999494626");
    assertThat(dollars(result, "atRiskAfter")).isEqualByComparingTo("49.999494626");
  }

  @Test
  void aReplayIsEndedEarlyAndOneThatHasEndedStaysAsItIs() {
    // Given
    String strategy = traded(List.of(ReplayTest::small, ReplayTest::small)).strategy();
    ObjectNode rules = (ObjectNode) reviewer().get(RULES).json().path("rules");
    AtomicReference<String> place = new AtomicReference<>("");

    // When: it cannot get at the journal
    Journal.whileLocked(
        () -> {
          place.set(started(rules, strategy));
          JsonNode waiting = operator().get(place.get()).json();
          assertThat(waiting.path("state").textValue()).isEqualTo("RUNNING");
          assertThat(waiting.path("factsRead").asLong()).isZero();
          assertThat(waiting.hasNonNull("result")).isFalse();
          assertThat(operator().call("POST", REPLAY, body(rules, strategy)).status())
              .isEqualTo(409);
          assertThat(reviewer().call("DELETE", place.get(), "").status()).isEqualTo(403);
          Answer ending = operator().call("DELETE", place.get(), "");
          assertThat(ending.status()).as(ending.body()).isEqualTo(202);
        });

    // Then
    JsonNode ended = ended(place.get(), "CANCELED");
    assertThat(ended.path("factsRead").asLong())
        .isPositive()
        .isLessThan(ended.path("factsToRead").asLong());
    assertThat(ended.path("result").path("judged").asInt()).isZero();
    assertThat(operator().call("DELETE", REPLAY + "/no-such-replay", "").status()).isEqualTo(404);
    String complete = started(rules, strategy);
    assertThat(ended(complete, "DONE").path("result").path("judged").asInt()).isEqualTo(2);
    assertThat(operator().call("DELETE", complete, "").json().path("state").textValue())
        .isEqualTo("DONE");
  }

  @Test
  void theSameRulesMakeNoDifference() {
    String strategy = traded(List.of(ReplayTest::small)).strategy();

    JsonNode result = replayed((ObjectNode) reviewer().get(RULES).json().path("rules"), strategy);

    assertThat(result.path("judged").asInt()).isEqualTo(1);
    assertThat(result.path("differences")).isEmpty();
    assertThat(result.path("notionalAfter")).isEqualTo(result.path("notionalBefore"));
  }

  @Test
  void wrongRulesAndTimesAreNamed() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("from", "yesterday");
    body.set("rules", JsonNodeFactory.instance.objectNode());

    Answer answer = operator().call("POST", REPLAY, body.toString());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .contains("/from", "/rules/spread");
    assertThat(reviewer().call("POST", REPLAY, body.toString()).status()).isEqualTo(403);
    assertThat(operator().get(REPLAY + "/no-such-replay").status()).isEqualTo(404);
  }

  /** A strategy, and all signals it ever sent. */
  private record Traded(String strategy, List<String> signalIds) {}

  /** Filled, all of them, by a strategy of which nothing else was judged. */
  private Traded traded(List<Function<String, Payload>> signals) {
    for (int attempt = 0; attempt < 10; attempt++) {
      String strategy = freshStrategy();
      List<String> ids =
          signals.stream().map(each -> ended("FILLED", () -> each.apply(strategy))).toList();
      if (report().rowsOf(strategy).size() == ids.size()) {
        return new Traded(strategy, ids);
      }
    }
    throw new AssertionError("a signal was always judged or sent too late");
  }

  private static Payload small(String strategy) {
    return Payload.limit("BUY", strategy, ASK, "0.001");
  }

  private static BigDecimal dollars(JsonNode result, String sum) {
    assertThat(result.path(sum)).as(sum).hasSize(1);
    return result.path(sum).path("USD").decimalValue();
  }

  private JsonNode replayed(ObjectNode rules, String strategy) {
    return ended(started(rules, strategy), "DONE").path("result");
  }

  private static String body(ObjectNode rules, String strategy) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("strategy", strategy);
    body.set("rules", rules);
    return body.toString();
  }

  /** Where it can be asked about. */
  private String started(ObjectNode rules, String strategy) {
    Answer started = operator().call("POST", REPLAY, body(rules, strategy));
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    return REPLAY + "/" + started.json().path("id").textValue();
  }

  private JsonNode ended(String place, String how) {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              last.set(operator().get(place).json());
              return !last.get().path("state").textValue().equals("RUNNING");
            });
    assertThat(last.get().path("state").textValue()).as(last.get().toString()).isEqualTo(how);
    return last.get();
  }
}
