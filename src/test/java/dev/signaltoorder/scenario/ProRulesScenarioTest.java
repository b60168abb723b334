package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.risk.ShippedRuleSets;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.ProProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The shipped rule set "pro" as a desk would meet it: what "retail" refuses and it lets through,
 * and where its own limits lie.
 */
@QuarkusTest
@TestProfile(ProProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProRulesScenarioTest extends RunningService {
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Pattern LOSS =
      Pattern.compile(
          ".*rule daily-loss: Today is a loss of ([\\d.]+) USD; at most ([\\d.]+) USD is allowed.*");

  @AfterEach
  void nothingIsLeftOver() {
    operator()
        .post(
            "/operations/halt",
            Map.of("scope", "CANCEL_ALL", "exits", "cancel", "reason", "a test ended"));
    await().atMost(MOST).until(() -> account().path("ordersByState").isEmpty());
    operator().post("/operations/resume", Map.of("reason", "the test is over"));
  }

  @Test
  void theRulesInForceAreTheShippedOnes() {
    JsonNode inForce = reviewer().get("/operations/rules").json();

    assertThat(inForce.path("rules"))
        .isEqualTo(new ObjectMapper().valueToTree(ShippedRuleSets.pro()));
    assertThat(inForce.path("rules"))
        .isNotEqualTo(new ObjectMapper().valueToTree(ShippedRuleSets.retail()));
  }

  @Test
  void anOrderOfNearlyTenThousandIsFilledAndOneAboveIsRefusedWithBothNumbers() {
    String strategy = freshStrategy();
    String large = untilOutcome("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.149"));
    assertThat(ordersAtExchange(large))
        .singleElement()
        .satisfies(order -> assertThat(order.volumeExecuted()).isEqualByComparingTo("0.149"));

    String larger = ended("REJECTED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.1493"));

    refusedBy("max-order-notional", larger, "10000 USD", "10003.11493 USD");
    closed(strategy);
  }

  @Test
  void aLimitOrderMayRestOnceTheDeskSaysSoAndItsStrategyCancelsIt() {
    RulesInForce rules = rulesInForce();
    rules.set("order-defaults", "time-in-force", "GTC");
    String strategy = freshStrategy();
    try {
      // "retail" would still refuse it, by allowed-type.
      String resting =
          untilOutcome("OPEN", () -> Payload.limit("BUY", strategy, "66900.0", "0.01"));
      assertThat(ordersAtExchange(resting)).singleElement().matches(PaperOrder::isOpen);

      accepted(demo().send(Payload.of("CANCEL", strategy)));

      report().awaitOutcome(resting, "CANCELED", MOST);
      assertThat(ordersAtExchange(resting)).singleElement().matches(order -> !order.isOpen());
    } finally {
      rules.restore();
    }
  }

  @Test
  void aPairThatRetailDoesNotTradeHasItsStopFromTheFirstFillOn() {
    String strategy = freshStrategy();
    exchange().setPrice("SOL/USD", "150.00", "150.01");

    String bought =
        untilOutcome(
            "FILLED",
            () ->
                Payload.limit("BUY", strategy, "150.01", "10")
                    .with("/data/pair", "SOL/USD")
                    .with("/data/stopLoss", "147.00"));

    await().atMost(MOST).until(() -> trigger(bought).compareTo(new BigDecimal("147.00")) == 0);
    closed(strategy, "SOL/USD");
    await().atMost(MOST).until(() -> trigger(bought).signum() == 0);
  }

  @Test
  void itsOwnLimitsAreTighterWhereADeskKnowsBetter() {
    String strategy = freshStrategy();

    String old =
        accepted(
            demo()
                .send(
                    Payload.limit("BUY", strategy, ASK, "0.001")
                        .at(Instant.now().minusSeconds(20))));
    String far = ended("REJECTED", () -> Payload.limit("BUY", freshStrategy(), "67400.0", "0.001"));
    String turning = ended("REJECTED", () -> Payload.limit("SELL", freshStrategy(), BID, "0.001"));

    report().awaitOutcome(old, "EXPIRED", MOST);
    assertThat(answerOf(old, "stale-signal").path("limit").textValue())
        .startsWith("at most 15 s old");
    refusedBy("price-collar", far, "0.5 %", "0.59");
    refusedBy("reversal", turning, "", "");
    assertThat(exchange().orders())
        .extracting(order -> order.terms().price())
        .doesNotContain(new BigDecimal("67400.0"));
  }

  @Test
  void aWideSpreadRefusesEntriesAndLeavesTheWayOutOpen() {
    String strategy = freshStrategy();
    untilOutcome("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.01"));
    exchange().setPrice("BTC/USD", "66900.0", "67100.0");

    String refused =
        untilRefusedBy("spread", () -> Payload.limit("BUY", freshStrategy(), "67100.0", "0.001"));

    assertThat(answerOf(refused, "spread").path("limit").textValue()).isEqualTo("0.2 % of mid");
    closed(strategy);
  }

  @Test
  @Order(Integer.MAX_VALUE) // What is lost today bars the entries of every other test.
  void aDaysLossOfOnePercentHaltsEntriesByItselfAndExitsPass() {
    String strategy = freshStrategy();
    untilOutcome("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.149"));

    // 1 % of an equity of some 167 000 USD, 0.149 BTC that fell by 11 000 USD each.
    exchange().setPrice("BTC/USD", "56000.0", "56000.1");

    await()
        .atMost(MOST)
        .until(() -> account().path("tradingState").asText().equals("ENTRIES_HALTED"));
    // What other tests lost counts as well: fees, and what was bought before a spread was seen.
    Matcher told = LOSS.matcher(account().path("reason").textValue());
    assertThat(told.matches()).as(told.toString()).isTrue();
    assertThat(new BigDecimal(told.group(1)))
        .isBetween(new BigDecimal(1_639), new BigDecimal(2_200));
    assertThat(new BigDecimal(told.group(2)))
        .isBetween(new BigDecimal(1_500), new BigDecimal(1_700));
    String entry = accepted(demo().send(Payload.limit("BUY", strategy, "56000.1", "0.001")));
    report().awaitOutcome(entry, "HALTED", MOST);
    closed(strategy);
  }

  /** A CLOSE until nothing is held: what a slow machine refuses rightly is sent again. */
  private void closed(String strategy) {
    closed(strategy, "BTC/USD");
  }

  private void closed(String strategy, String pair) {
    await()
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              accepted(demo().send(Payload.of("CLOSE", strategy).with("/data/pair", pair)));
              report().awaitAllSettled(Map.of("strategy", strategy), MOST);
              return account().path("positions").path(pair).path(strategy).asText("0").equals("0");
            });
  }

  /** Like {@link #ended}, and six seconds later: the same order must not come sooner. */
  private String untilOutcome(String outcome, Supplier<Payload> signal) {
    String[] last = new String[1];
    await()
        .atMost(MOST)
        .pollInterval(Duration.ofSeconds(6))
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              last[0] = accepted(demo().send(signal.get()));
              report().awaitOutcome(last[0], outcome, Duration.ofSeconds(20));
            });
    return last[0];
  }

  private String untilRefusedBy(String rule, Supplier<Payload> signal) {
    String[] last = new String[1];
    await()
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              last[0] = accepted(demo().send(signal.get()));
              await().atMost(MOST).until(() -> !outcome(last[0]).equals("PENDING"));
              return report().row(last[0]).path("reasons").toString().contains(rule);
            });
    return last[0];
  }

  private void refusedBy(String rule, String signalId, String limit, String actual) {
    report().awaitOutcome(signalId, "REJECTED", MOST);
    JsonNode answer = answerOf(signalId, rule);
    assertThat(answer.path("verdict").asText()).as(answer.toString()).isEqualTo("DENY");
    assertThat(answer.path("limit").asText()).as(answer.toString()).contains(limit);
    assertThat(answer.path("actual").asText()).as(answer.toString()).contains(actual);
    assertThat(ordersAtExchange(signalId)).isEmpty();
  }

  /** Of the one stop that rests for the signal's position; zero when there is none. */
  private BigDecimal trigger(String signalId) {
    return ordersAtExchange(signalId).stream()
        .filter(order -> order.terms().orderType().equals("stop-loss"))
        .filter(PaperOrder::isOpen)
        .map(stop -> Objects.requireNonNull(stop.trigger()).price())
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  private String outcome(String signalId) {
    return report().row(signalId).path("outcome").asText("PENDING");
  }

  private JsonNode answerOf(String signalId, String rule) {
    return StreamSupport.stream(
            report().story(signalId).path("summary").path("rules").spliterator(), false)
        .filter(result -> result.path("code").asText().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode account() {
    return standing(ProProfile.ACCOUNT);
  }
}
