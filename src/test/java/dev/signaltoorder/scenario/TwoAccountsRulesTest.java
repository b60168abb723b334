package dev.signaltoorder.scenario;

import static dev.signaltoorder.testing.TwoAccountsProfile.LEFT;
import static dev.signaltoorder.testing.TwoAccountsProfile.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import dev.signaltoorder.testing.TwoAccountsProfile;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.CommandResult;
import dev.signaltoorder.trading.Message;
import dev.signaltoorder.trading.RuleProposal;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One rule set for all accounts: what happens where one of them has another. */
@QuarkusTest
@TestProfile(TwoAccountsProfile.class)
class TwoAccountsRulesTest extends RunningService {
  private static final String RULES = "/operations/rules";
  private static final String ACTIVATED = "rules-activated";

  private ObjectNode rules = JsonNodeFactory.instance.objectNode();
  private long version;

  @BeforeEach
  void bothHaveTheSame() {
    awaitLed(2);
    JsonNode before = get();
    version = before.path("version").longValue() + 10;
    rules = before.path("rules").deepCopy();
    ((ObjectNode) rules.path("spread")).put("limit", "0.5");
    if (isPackaged()) {
      // Nobody gets past its interface.
      bothAreGiven("0.5");
    } else {
      give(LEFT, version, "0.5");
      give(RIGHT, version, "0.5");
    }
    assertThat(get().has("accounts")).as(get().toString()).isFalse();
  }

  @AfterEach
  void bothAreLed() {
    Journal.freeLease(RIGHT);
    awaitLed(2);
  }

  @Test
  void anAccountWithAnOlderVersionIsShownAndTheNextChangeReachesItToo() {
    // Given: as if the right one had been added later
    give(LEFT, version + 4, "0.4");
    JsonNode shown = get();
    assertThat(shown.path("version").longValue()).isEqualTo(version + 4);
    assertThat(shown.path("accounts").path(LEFT).path("version").longValue())
        .isEqualTo(version + 4);
    assertThat(shown.path("accounts").path(RIGHT).path("version").longValue()).isEqualTo(version);
    assertThat(shown.path("accounts").path(RIGHT).path("rules").path("spread").path("limit"))
        .isEqualTo(rules.path("spread").path("limit"));
    assertThat(reviewer().get("/console/rules", "text/html").body())
        .contains("Account <span class=\"text\">right</span> has other rules")
        .contains("data-differ=\"right\"");

    // When
    Answer answer = put("for both", "0.3");

    // Then
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("version").longValue()).isEqualTo(version + 5);
    bothAreAt(version + 5, "0.3");
    assertThat(reviewer().get("/console/rules", "text/html").body())
        .doesNotContain("has other rules", "data-differ");
  }

  @Test
  void aChangeThatDidNotReachOneAccountSaysSoAndTheSameCallCompletesIt() {
    // Given
    long leftBefore = Journal.facts(LEFT, ACTIVATED);
    long rightBefore = Journal.facts(RIGHT, ACTIVATED);
    Journal.takeLease(RIGHT);
    awaitLed(1);

    // When
    Answer partly = put("tighter", "0.4");

    // Then
    assertThat(partly.status()).as(partly.body()).isEqualTo(503);
    assertThat(partly.json().path("type").textValue()).endsWith(":not-in-force");
    assertThat(partly.json().path("detail").textValue())
        .contains("done: left (active)", "not done: right (");
    assertThat(Journal.facts(LEFT, ACTIVATED)).isEqualTo(leftBefore + 1);
    assertThat(Journal.facts(RIGHT, ACTIVATED)).isEqualTo(rightBefore);
    Journal.freeLease(RIGHT);
    awaitLed(2);
    assertThat(get().path("accounts").path(LEFT).path("version").longValue())
        .isEqualTo(version + 1);
    assertThat(get().path("accounts").path(RIGHT).path("version").longValue()).isEqualTo(version);

    Answer again = put("tighter", "0.4");

    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.json().path("version").longValue()).isEqualTo(version + 1);
    bothAreAt(version + 1, "0.4");
    assertThat(Journal.facts(LEFT, ACTIVATED)).isEqualTo(leftBefore + 1);
    assertThat(Journal.facts(RIGHT, ACTIVATED)).isEqualTo(rightBefore + 1);
  }

  @Test
  void whatIsLooserOnOneAccountOnlyWaitsForTheSecondOperator() {
    // Given: 0.4 is stricter than what the left one has
    give(RIGHT, version + 1, "0.3");

    // When
    Answer answer = put("one for both", "0.4");

    // Then
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().path("pending").path("version").longValue()).isEqualTo(version + 2);
    assertThat(answer.json().path("pending").path("loosened").toString())
        .isEqualTo("[\"right: spread.limit: 0.3 to 0.4\"]");
    assertThat(get().path("accounts").path(LEFT).path("version").longValue()).isEqualTo(version);
    assertThat(confirm(version + 2).status()).isEqualTo(200);
    bothAreAt(version + 2, "0.4");
    // Whoever asks again because the answer was lost is told that it is done.
    assertThat(confirm(version + 2).status()).isEqualTo(200);
  }

  @Test
  void aConfirmationThatOneAccountCannotFollowSaysWhichOneDid() {
    RuleSet looser = set(version + 1, "0.6");
    RuleProposal proposal =
        new RuleProposal(looser, List.of("a line"), looser.activeFrom().plusSeconds(600));
    command(LEFT, new Message.ProposeRules(proposal));

    Answer answer = confirm(version + 1);

    assertThat(answer.status()).as(answer.body()).isEqualTo(409);
    assertThat(answer.json().path("type").textValue()).endsWith(":in-part");
    assertThat(answer.json().path("detail").textValue())
        .contains("done: left (active)")
        .contains("not done: right (no rules of version " + (version + 1) + " are proposed)");
    Answer nobody = confirm(version + 2);
    assertThat(nobody.status()).isEqualTo(409);
    assertThat(nobody.json().path("type").textValue()).endsWith(":refused");
    assertThat(nobody.json().path("title").textValue()).isEqualTo("The rules were not changed");
  }

  @Test
  void aRejectionEndsWhatWaitsOnOneAccountOnly() {
    RuleSet looser = set(version + 1, "0.6");
    RuleProposal proposal =
        new RuleProposal(looser, List.of("a line"), looser.activeFrom().plusSeconds(600));
    command(RIGHT, new Message.ProposeRules(proposal));
    assertThat(get().path("accounts").path(RIGHT).has("pending")).isTrue();
    String body = "{\"version\":" + (version + 1) + ",\"reason\":\"not now\"}";

    Answer answer = operator().call("POST", RULES + "/reject", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(get().has("accounts")).isFalse();
    assertThat(operator().call("POST", RULES + "/reject", body).status()).isEqualTo(409);
  }

  @Test
  void theSameChangeAgainRecordsNothingAndAnotherReasonIsAnotherVersion() {
    assertThat(put("tighter", "0.4").status()).isEqualTo(200);
    long before = Journal.facts(LEFT, ACTIVATED);

    Answer same = put("tighter", "0.4");

    assertThat(same.status()).isEqualTo(200);
    assertThat(same.json()).isEqualTo(get());
    assertThat(same.json().path("version").longValue()).isEqualTo(version + 1);
    assertThat(Journal.facts(LEFT, ACTIVATED)).isEqualTo(before);
    Answer said = put("looked at again", "0.4");
    assertThat(said.json().path("version").longValue()).isEqualTo(version + 2);
    assertThat(said.json().path("reason").textValue()).isEqualTo("looked at again");
    bothAreAt(version + 2, "0.4");
  }

  private void bothAreGiven(String spread) {
    Answer answer = put("to begin with", spread);
    if (answer.status() == 202) {
      long pending = answer.json().path("pending").path("version").longValue();
      assertThat(confirm(pending).status()).isEqualTo(200);
    }
    version = get().path("version").longValue();
  }

  private void bothAreAt(long wanted, String spread) {
    JsonNode shown = get();
    assertThat(shown.has("accounts")).as(shown.toString()).isFalse();
    assertThat(shown.path("version").longValue()).isEqualTo(wanted);
    JsonNode accounts = reviewer().get("/operations/status").json().path("accounts");
    assertThat(accounts).hasSize(2);
    for (JsonNode account : accounts) {
      assertThat(account.path("rules").path("version").longValue()).isEqualTo(wanted);
      assertThat(account.path("rules").path("rules").path("spread").path("limit").textValue())
          .isEqualTo(spread);
    }
  }

  private JsonNode get() {
    return reviewer().get(RULES).json();
  }

  private Answer put(String reason, String spread) {
    ObjectNode wanted = rules.deepCopy();
    ((ObjectNode) wanted.path("spread")).put("limit", spread);
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    body.set("rules", wanted);
    return operator().call("PUT", RULES, body.toString());
  }

  private Answer confirm(long wanted) {
    return secondOperator().call("POST", RULES + "/confirm", "{\"version\":" + wanted + "}");
  }

  /** To one account, past the interface that knows all of them. */
  private void give(String account, long number, String spread) {
    command(account, new Message.ActivateRules(set(number, spread)));
  }

  private RuleSet set(long number, String spread) {
    SortedMap<String, SortedMap<String, String>> texts = new TreeMap<>();
    rules
        .properties()
        .forEach(
            rule -> {
              SortedMap<String, String> parameters = new TreeMap<>();
              rule.getValue()
                  .properties()
                  .forEach(one -> parameters.put(one.getKey(), one.getValue().textValue()));
              texts.put(rule.getKey(), parameters);
            });
    texts.get("spread").put("limit", spread);
    Instant now = Arc.container().instance(Clock.class).get().instant();
    return new RuleSet(number, now, TestSecrets.OPERATOR, "to begin with", texts);
  }

  private static void command(String account, Message message) {
    Accounts accounts = Arc.container().instance(Accounts.class).get();
    CommandResult result = accounts.command(account, message).toCompletableFuture().join();
    assertThat(result.done()).as(result.text()).isTrue();
  }

  private void awaitLed(int accounts) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> reviewer().get("/operations/status").json().path("accounts").size() == accounts);
  }
}
