package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule set is replaced whole, or not at all. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class RulesTest extends RunningService {
  private static final String RULES = "/operations/rules";

  private JsonNode before;

  @BeforeEach
  void remember() {
    before = reviewer().get(RULES).json();
  }

  @AfterEach
  void asBefore() {
    if (!reviewer().get(RULES).json().path("rules").equals(before.path("rules"))) {
      assertThat(put("as before", (ObjectNode) before.path("rules")).status()).isEqualTo(200);
    }
  }

  @Test
  void anInvalidSetHasEveryProblemNamedAndChangesNothing() {
    ObjectNode rules = before.path("rules").deepCopy();
    rules.remove("price-collar");
    rules.putObject("price-colar").put("limit", "1");
    ((ObjectNode) rules.path("max-order-notional")).put("limit", "a lot").put("limt", "1");
    ((ObjectNode) rules.path("allowed-type")).put("types", "LIMIT_IOC,STOP");
    ((ObjectNode) rules.path("spread")).remove("limit");

    Answer answer = put("a typing error", rules);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "/rules/price-collar",
            "/rules/price-colar",
            "/rules/max-order-notional/limit",
            "/rules/max-order-notional/limt",
            "/rules/allowed-type/types",
            "/rules/spread/limit");
    assertThat(reviewer().get(RULES).json()).isEqualTo(before);
  }

  @Test
  void aSetWithoutAReasonIsRefused() {
    Answer answer = put(" ", (ObjectNode) before.path("rules"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").findValuesAsText("field")).containsExactly("/reason");
    assertThat(reviewer().get(RULES).json()).isEqualTo(before);
  }

  @Test
  void aValidSetIsTheNextVersionAndTheNextDecisionNamesIt() {
    ObjectNode rules = before.path("rules").deepCopy();
    ((ObjectNode) rules.path("max-order-notional")).put("limit", "60");
    String earlier = filled();

    Answer answer = put("smaller orders", rules);

    long version = before.path("version").longValue() + 1;
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode active = reviewer().get(RULES).json();
    assertThat(answer.json()).isEqualTo(active);
    assertThat(active.path("version").longValue()).isEqualTo(version);
    assertThat(active.path("author").textValue()).isEqualTo(TestSecrets.OPERATOR);
    assertThat(active.path("reason").textValue()).isEqualTo("smaller orders");
    assertThat(active.path("rules")).isEqualTo(rules);
    String later = ended("REJECTED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.001"));
    assertThat(ruleSetVersionOf(earlier)).isEqualTo(version - 1);
    assertThat(ruleSetVersionOf(later)).isEqualTo(version);
  }

  private long ruleSetVersionOf(String signalId) {
    return report()
        .story(signalId)
        .path("summary")
        .path("decision")
        .path("ruleSetVersion")
        .asLong();
  }

  private Answer put(String reason, ObjectNode rules) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    body.set("rules", rules);
    return operator().call("PUT", RULES, body.toString());
  }
}
