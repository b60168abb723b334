package dev.signaltoorder.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The rules of a running service, which a test changes and leaves as they were. */
public final class RulesInForce {
  private static final String RULES = "/operations/rules";

  private final Person operator;
  private final JsonNode before;

  RulesInForce(Person operator) {
    this.operator = operator;
    this.before = read();
  }

  /** The whole answer of GET; waits while no account has a leader. */
  public JsonNode read() {
    return unlessTurnedAway(() -> operator.get(RULES)).json();
  }

  /** One more change. */
  public void set(String rule, String parameter, String value) {
    ObjectNode rules = read().path("rules").deepCopy();
    ((ObjectNode) rules.path(rule)).put(parameter, value);
    put(rules, null, 200);
  }

  /** The same rules with one change, from a time on. */
  public Answer setFrom(String time, String rule, String parameter, String value) {
    ObjectNode rules = read().path("rules").deepCopy();
    ((ObjectNode) rules.path(rule)).put(parameter, value);
    return put(rules, time, 202);
  }

  /** As they were at first. */
  public void restore() {
    if (!read().path("rules").equals(before.path("rules"))) {
      put(before.path("rules"), null, 200);
    }
  }

  private Answer put(JsonNode rules, @Nullable String from, int status) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", "a test");
    if (from != null) {
      body.put("activeFrom", from);
    }
    body.set("rules", rules);
    Answer answer = unlessTurnedAway(() -> operator.call("PUT", RULES, body.toString()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  /**
   * On a machine that stood still the account gets another leader: until then nobody answers for
   * it. The same rules again change nothing where they are in force already.
   */
  private static Answer unlessTurnedAway(Callable<Answer> call) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(call, answer -> answer.status() != 503);
  }
}
