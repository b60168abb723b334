package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A signed signal, the service as it comes, from the delivery to the auditor's desk. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class FilledSignalTest extends RunningService {
  private static final Duration PROMISED = Duration.ofSeconds(5);

  /** The shipped rules let no more than five orders a minute through. */
  private static final int ATTEMPTS = 4;

  @BeforeEach
  void serving() {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> operator().get("/operations/status").body().contains("\"ACTIVE\""));
  }

  @Test
  void becomesOneFilledOrderWhoseNumbersAreTheExchanges() throws Exception {
    String signalId =
        promised(
            () ->
                Payload.of("BUY", freshStrategy())
                    .size("QUOTE", "50")
                    .with("/data/reasoning", "why"),
            "FILLED");

    JsonNode row = report().row(signalId);
    String strategy = row.path("strategy").textValue();
    assertThat(ordersAtExchange(signalId)).hasSize(1);
    PaperOrder order = ordersAtExchange(signalId).getFirst();
    assertThat(report().rowsOf(strategy)).containsExactly(row);
    assertThat(row.path("orderTxid").textValue()).isEqualTo(order.txid());
    assertThat(row.path("pair").textValue()).isEqualTo("BTC/USD");
    assertThat(number(row, "volume")).isEqualByComparingTo(order.volumeExecuted());
    assertThat(number(row, "averagePrice")).isEqualByComparingTo(ASK);
    assertThat(number(row, "averagePrice")).isEqualByComparingTo(average(order));
    assertThat(number(row, "fee")).isEqualByComparingTo(order.fee());
    // (67000.1 - 67000.05) / 67000.05
    assertThat(number(row, "slippageBps")).isEqualByComparingTo("0.01");
    assertThat(order.cost()).isLessThanOrEqualTo(new BigDecimal("50"));
    tellsTheSameInEveryForm(strategy, row);
    tellsTheWholeStory(signalId, order);
  }

  /** In time; once more where this machine stood still, of which the service promises nothing. */
  private String promised(Supplier<Payload> signal, String outcome) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long begun = System.nanoTime();
      String signalId = accepted(demo().send(signal.get()));
      if (!report().cameTooLate(signalId, outcome)
          && System.nanoTime() - begun < PROMISED.toNanos()) {
        report().awaitOutcome(signalId, outcome);
        return signalId;
      }
    }
    throw new AssertionError("not " + outcome + " within " + PROMISED);
  }

  private void tellsTheSameInEveryForm(String strategy, JsonNode row) {
    String path = "/audit/report?strategy=" + strategy;
    Answer csv = reviewer().get(path, "text/csv");
    List<String> lines = csv.body().lines().toList();
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("signalId,source,strategy,pair,action,receivedAt");
    assertThat(lines.getLast())
        .contains(row.path("signalId").textValue(), row.path("orderTxid").textValue(), "FILLED");
    Answer html = reviewer().get(path, "text/html");
    assertThat(html.header("Content-Type")).startsWith("text/html");
    assertThat(html.body())
        .contains(row.path("signalId").textValue(), row.path("averagePrice").textValue());
  }

  private void tellsTheWholeStory(String signalId, PaperOrder order) {
    JsonNode story = report().story(signalId);
    JsonNode summary = story.path("summary");

    assertThat(kinds(story))
        .containsSubsequence(
            "signal-received",
            "signal-decided",
            "order-intended",
            "kraken-called",
            "order-placed",
            "order-ended")
        .contains("market-read");
    assertThat(summary.path("delivery").path("raw").textValue()).contains("\"reasoning\":\"why\"");
    assertThat(number(summary.path("snapshot"), "ask")).isEqualByComparingTo(ASK);
    assertThat(summary.path("rules")).hasSizeGreaterThanOrEqualTo(20);
    for (JsonNode rule : summary.path("rules")) {
      assertThat(rule.path("verdict").textValue()).isIn("PASS", "NOT_APPLICABLE");
      assertThat(rule.path("limit").textValue()).as("limit of %s", rule).isNotBlank();
      assertThat(rule.path("actual").textValue()).as("actual of %s", rule).isNotBlank();
    }
    assertThat(summary.path("decision").path("ruleSetVersion").intValue()).isPositive();
    assertThat(summary.path("decision").path("approved").booleanValue()).isTrue();
    JsonNode intent = summary.path("intents").get(0).path("intent");
    assertThat(intent.path("clientOrderId").textValue()).isEqualTo(order.clientOrderId());
    JsonNode addOrder = summary.path("krakenCalls").get(0);
    assertThat(addOrder.path("endpoint").textValue()).endsWith("AddOrder");
    assertThat(addOrder.path("request").textValue())
        .contains("cl_ord_id=" + order.clientOrderId(), "deadline=");
    assertThat(addOrder.path("rawReply").textValue()).contains(order.txid());
    assertThat(addOrder.path("durationMicros").longValue()).isPositive();
    assertThat(summary.path("fills").get(0).toString()).contains(order.fee().toPlainString());
    assertThat(story.toString())
        .doesNotContain(accountAtExchange("paper").apiKey())
        .doesNotContain(accountAtExchange("paper").apiSecret())
        .doesNotContain("API-Sign");
  }

  @Test
  void isRefusedWithBothNumbersAboveTheShippedLimit() {
    String signalId =
        promised(() -> Payload.of("BUY", freshStrategy()).size("QUOTE", "101"), "REJECTED");

    JsonNode row = report().row(signalId);
    assertThat(row.path("reasons").toString()).contains("max-order-notional");
    JsonNode limit = rule(report().story(signalId), "max-order-notional");
    assertThat(limit.path("verdict").textValue()).isEqualTo("DENY");
    assertThat(limit.path("limit").textValue()).contains("100");
    assertThat(limit.path("actual").textValue()).contains("10");
    assertThat(ordersAtExchange(signalId)).isEmpty();
  }

  private static JsonNode rule(JsonNode story, String code) {
    for (JsonNode rule : story.path("summary").path("rules")) {
      if (rule.path("code").textValue().equals(code)) {
        return rule;
      }
    }
    throw new AssertionError("no answer of rule " + code);
  }

  private static List<String> kinds(JsonNode story) {
    List<String> kinds = new ArrayList<>();
    story.path("facts").forEach(fact -> kinds.add(fact.path("kind").textValue()));
    return kinds;
  }

  private static BigDecimal number(JsonNode row, String field) {
    return new BigDecimal(row.path(field).asText());
  }
}
