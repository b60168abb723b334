package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Stored signals through other rules: nothing is touched, and the difference is told. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class ReplayTest extends RunningService {
  private static final String RULES = "/operations/rules";
  private static final String REPLAY = RULES + "/replay";

  @Test
  void otherRulesAreTriedOnWhatHappened() {
    // Given: one order of 50 USD, one of 100 USD
    String strategy = freshStrategy();
    String small = accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001")));
    report().awaitOutcome(small, "FILLED");
    String large = accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.002")));
    report().awaitOutcome(large, "FILLED");
    JsonNode before = reviewer().get(RULES).json();
    ObjectNode rules = before.path("rules").deepCopy();
    ((ObjectNode) rules.path("max-order-notional")).put("limit", "75");

    // When
    JsonNode result = replayed(rules, strategy);

    // Then
    assertThat(result.path("judged").asInt()).isEqualTo(2);
    assertThat(result.path("approvedBefore").asInt()).isEqualTo(2);
    assertThat(result.path("approvedAfter").asInt()).isEqualTo(1);
    assertThat(result.path("newlyRefused").asInt()).isEqualTo(1);
    assertThat(result.path("refusedBy").path("max-order-notional").asInt()).isEqualTo(1);
    assertThat(result.path("differences")).hasSize(1);
    JsonNode difference = result.path("differences").get(0);
    assertThat(difference.path("signalId").textValue()).isEqualTo(large);
    assertThat(difference.path("before").path("approved").booleanValue()).isTrue();
    assertThat(difference.path("after").path("reasons").get(0).textValue())
        .isEqualTo("max-order-notional");
    assertThat(reviewer().get(RULES).json()).isEqualTo(before);
  }

  @Test
  void theSameRulesMakeNoDifference() {
    String strategy = freshStrategy();
    String signal = accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001")));
    report().awaitOutcome(signal, "FILLED");

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

  private JsonNode replayed(ObjectNode rules, String strategy) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("strategy", strategy);
    body.set("rules", rules);
    Answer started = operator().call("POST", REPLAY, body.toString());
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    String place = REPLAY + "/" + started.json().path("id").textValue();
    AtomicReference<JsonNode> last = new AtomicReference<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              last.set(operator().get(place).json());
              return !last.get().path("state").textValue().equals("RUNNING");
            });
    assertThat(last.get().path("state").textValue()).as(last.get().toString()).isEqualTo("DONE");
    return last.get().path("result");
  }
}
