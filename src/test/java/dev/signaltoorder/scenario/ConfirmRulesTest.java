package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.ConfirmProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One operator alone can make rules stricter, never looser. */
@QuarkusTest
@TestProfile(ConfirmProfile.class)
class ConfirmRulesTest extends RunningService {
  private static final String RULES = "/operations/rules";

  private JsonNode rulesBefore = MissingNode.getInstance();

  @BeforeEach
  void rememberTheRules() {
    rulesBefore = reviewer().get(RULES).json().path("rules");
  }

  /** These rules outlive the service: other tests on this account would have the stricter ones. */
  @AfterEach
  void asBefore() {
    JsonNode now = reviewer().get(RULES).json();
    if (!now.path("rules").equals(rulesBefore)) {
      Answer proposed = put("as before", (ObjectNode) rulesBefore);
      assertThat(proposed.status()).as(proposed.body()).isEqualTo(202);
      String version = "{\"version\":" + proposed.json().path("pending").path("version") + "}";
      Answer confirmed = secondOperator().call("POST", RULES + "/confirm", version);
      assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    }
  }

  @Test
  void stricterRulesTakeEffectAtOnceAndLooserOnesWaitForAnotherOperator() {
    JsonNode before = reviewer().get(RULES).json();
    long version = before.path("version").longValue();
    ObjectNode stricter = before.path("rules").deepCopy();
    ((ObjectNode) stricter.path("spread")).put("limit", "0.4");

    assertThat(put("tighter", stricter).status()).isEqualTo(200);
    Answer looser = put("as before", (ObjectNode) before.path("rules"));

    assertThat(looser.status()).as(looser.body()).isEqualTo(202);
    JsonNode active = reviewer().get(RULES).json();
    assertThat(active.path("version").longValue()).isEqualTo(version + 1);
    assertThat(active.path("rules").path("spread").path("limit").textValue()).isEqualTo("0.4");
    JsonNode pending = active.path("pending");
    assertThat(pending.path("version").longValue()).isEqualTo(version + 2);
    assertThat(pending.path("author").textValue()).isEqualTo(TestSecrets.OPERATOR);
    assertThat(pending.path("loosened").get(0).textValue())
        .isEqualTo(
            "spread.limit: 0.4 to "
                + before.path("rules").path("spread").path("limit").textValue());
    String two = "{\"version\":" + (version + 2);
    assertThat(operator().call("POST", RULES + "/confirm", two + "}").status()).isEqualTo(409);
    assertThat(reviewer().call("POST", RULES + "/confirm", two + "}").status()).isEqualTo(403);
    Answer rejected =
        operator().call("POST", RULES + "/reject", two + ",\"reason\":\"no second operator\"}");
    assertThat(rejected.status()).as(rejected.body()).isEqualTo(200);
    assertThat(reviewer().get(RULES).json().has("pending")).isFalse();
    assertThat(operator().call("POST", RULES + "/confirm", two + "}").status()).isEqualTo(409);
    assertThat(operator().call("POST", RULES + "/confirm", "{\"version\":\"2\"}").status())
        .isEqualTo(400);
  }

  @Test
  void whatOneOperatorProposesOnlyAnotherOneCanConfirm() {
    JsonNode before = reviewer().get(RULES).json();
    long version = before.path("version").longValue();
    ObjectNode stricter = before.path("rules").deepCopy();
    ((ObjectNode) stricter.path("price-collar")).put("limit", "19");
    assertThat(put("tighter", stricter).status()).isEqualTo(200);
    assertThat(put("as before", (ObjectNode) before.path("rules")).status()).isEqualTo(202);
    String pending = "{\"version\":" + (version + 2) + "}";

    Answer bySamePerson = operator().call("POST", RULES + "/confirm", pending);
    JsonNode meanwhile = reviewer().get(RULES).json();
    Answer byAnother = secondOperator().call("POST", RULES + "/confirm", pending);

    assertThat(bySamePerson.status()).as(bySamePerson.body()).isEqualTo(409);
    assertThat(meanwhile.path("version").longValue()).isEqualTo(version + 1);
    assertThat(meanwhile.path("pending").path("author").textValue())
        .isEqualTo(TestSecrets.OPERATOR);
    assertThat(byAnother.status()).as(byAnother.body()).isEqualTo(200);
    JsonNode after = reviewer().get(RULES).json();
    assertThat(after.path("version").longValue()).isEqualTo(version + 2);
    assertThat(after.path("rules")).isEqualTo(before.path("rules"));
    assertThat(after.has("pending")).isFalse();
  }

  private Answer put(String reason, ObjectNode rules) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    body.set("rules", rules);
    return operator().call("PUT", RULES, body.toString());
  }
}
