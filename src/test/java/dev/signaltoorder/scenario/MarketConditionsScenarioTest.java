package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.ConditionsProfile;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thin and a spiking market over HTTP, against the exchange whose book the test changes. */
@QuarkusTest
@TestProfile(ConditionsProfile.class)
class MarketConditionsScenarioTest extends RunningService {

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(300));
  }

  @AfterEach
  void calmAgain() {
    exchange().setPrice("BTC/USD", BID, ASK);
    soon().until(() -> account().path("marketConditions").isEmpty());
  }

  @Test
  void whenTheBookDrainsEntriesAreRefusedStopsAreTightenedAndExitsPass() {
    String strategy = freshStrategy();
    String held =
        ended(
            "FILLED",
            () -> Payload.limit("BUY", strategy, ASK, "0.01").with("/data/stopLoss", "66000.0"));
    soon().untilAsserted(() -> assertThat(trigger(held)).isEqualByComparingTo("66000.0"));

    exchange().setBook("BTC/USD", BID, "0.004", ASK, "0.004");

    soon().untilAsserted(() -> assertThat(trigger(held)).isEqualByComparingTo("66330.0"));
    // The status follows what was done a moment later.
    soon()
        .untilAsserted(
            () -> {
              JsonNode shown = account().path("marketConditions").path(0);
              assertThat(shown.path("pair").textValue()).isEqualTo("BTC/USD");
              assertThat(shown.path("condition").textValue()).isEqualTo("THIN");
            });
    String entry = ended("REJECTED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.001"));
    assertThat(answerOf(entry, "market-thin").path("limit").textValue()).isEqualTo("depth 1000");
    assertThat(answerOf(entry, "market-thin").path("explanation").textValue())
        .contains("The market is thin");
    assertThat(ordersAtExchange(entry)).isEmpty();
    ended("FILLED", () -> Payload.limit("SELL", strategy, BID, "0.002"));

    exchange().setPrice("BTC/USD", BID, ASK);

    soon().until(() -> account().path("marketConditions").isEmpty());
    ended("FILLED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.001"));
    assertThat(trigger(held)).isEqualByComparingTo("66330.0");
    ended("FILLED", () -> Payload.of("CLOSE", strategy));
  }

  @Test
  void whenThePriceSpikesEntriesPauseAndExitsPass() {
    String strategy = freshStrategy();
    ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.001"));

    exchange().setPrice("BTC/USD", "69000.0", "69000.1");

    String[] refused = new String[1];
    soon()
        .until(
            () -> {
              refused[0] =
                  accepted(demo().send(Payload.limit("BUY", strategy, "69000.1", "0.001")));
              soon().until(() -> !outcome(refused[0]).equals("PENDING"));
              return report().row(refused[0]).path("reasons").toString().contains("market-spike");
            });
    assertThat(answerOf(refused[0], "market-spike").path("limit").textValue())
        .isEqualTo("move-percent 2");
    soon()
        .until(
            () ->
                account()
                    .path("marketConditions")
                    .path(0)
                    .path("condition")
                    .asText()
                    .equals("SPIKE"));
    // A buy that was filled a moment ago and is not known to be would be a match with itself.
    report().awaitAllSettled(Map.of("strategy", strategy), Duration.ofMinutes(2));
    ended("FILLED", () -> Payload.of("CLOSE", strategy));
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
    return standing(ConditionsProfile.ACCOUNT);
  }
}
