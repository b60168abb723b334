package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.MovingStopsProfile;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stops that follow the price by 3 % and move to break-even, and a stop that Kraken refuses, while
 * the exchange's price is moved by the test. Both fees are 0.40 %.
 */
@QuarkusTest
@TestProfile(MovingStopsProfile.class)
class MovingStopsTest extends RunningService {
  private static final String STOP = "66000.0";

  private final String strategy = freshStrategy();

  private RulesInForce rules;

  @BeforeEach
  void rememberTheRules() {
    rules = rulesInForce();
  }

  @AfterEach
  void nothingIsLeftOver() {
    rules.restore();
    exchange().faults().clear();
    soon()
        .until(
            () -> {
              String close = accepted(demo().send(Payload.of("CLOSE", strategy)));
              report().awaitAllSettled(Map.of("strategy", strategy), Duration.ofMinutes(2));
              return report().row(close).path("outcome").asText().equals("DONE");
            });
    operator().post("/operations/resume", Map.of("reason", "the test is over"));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }

  private Payload buy(String price) {
    return Payload.limit("BUY", strategy, price, "0.01").with("/data/stopLoss", STOP);
  }

  private List<PaperOrder> of(String signalId, String type) {
    return ordersAtExchange(signalId).stream()
        .filter(order -> order.terms().orderType().equals(type))
        .toList();
  }

  /** One stop rests for the signal's position, of this volume and with this trigger. */
  private void rests(String signalId, String volume, String trigger) {
    soon()
        .untilAsserted(
            () ->
                assertThat(of(signalId, "stop-loss").stream().filter(PaperOrder::isOpen))
                    .singleElement()
                    .satisfies(
                        stop -> assertThat(stop.remaining()).isEqualByComparingTo(volume),
                        stop ->
                            assertThat(Objects.requireNonNull(stop.trigger()).price())
                                .isEqualByComparingTo(trigger)));
  }

  private @Nullable JsonNode protection() {
    for (JsonNode each : account().path("protections")) {
      if (each.path("strategy").asText().equals(strategy)) {
        return each;
      }
    }
    return null;
  }

  private JsonNode account() {
    return standing(MovingStopsProfile.ACCOUNT);
  }

  private void isFlat() {
    soon()
        .until(
            () ->
                protection() == null
                    && new BigDecimal(
                                account()
                                    .path("positions")
                                    .path("BTC/USD")
                                    .path(strategy)
                                    .asText("0"))
                            .signum()
                        == 0);
  }

  /** Shown by an order of another strategy: until then break-even reckons with a higher fee. */
  private void feesAreKnown() {
    // Not by the profile: rules that a person set before win.
    rules.set("free-balance", "reserve", "0");
    soon()
        .untilAsserted(
            () -> {
              String other = freshStrategy();
              String probe = ended("OPEN", () -> Payload.limit("BUY", other, "60000.0", "0.001"));
              report().awaitOutcome(accepted(demo().send(Payload.of("CANCEL", other))), "CANCELED");
              assertThat(report().story(probe).path("summary").path("rules").toString())
                  .contains("60.24 USD needed");
            });
  }

  @Test
  void aTrailingStopFollowsThePriceUpStaysWhenItFallsAndSellsThere() {
    String signalId = ended("FILLED", () -> buy(ASK));
    rests(signalId, "0.01", STOP);

    exchange().setPrice("BTC/USD", "70000.0", "70000.1");
    rests(signalId, "0.01", "67900.0");
    exchange().setPrice("BTC/USD", "72000.0", "72000.1");
    rests(signalId, "0.01", "69840.0");
    exchange().setPrice("BTC/USD", "70500.0", "70500.1");
    ended("CANCELED", () -> Payload.limit("SELL", strategy, "75000.0", "0.004"));
    rests(signalId, "0.01", "69840.0");
    exchange().setPrice("BTC/USD", "69840.0", "69840.1");

    isFlat();
    assertThat(of(signalId, "stop-loss"))
        .singleElement()
        .satisfies(stop -> assertThat(average(stop)).isEqualByComparingTo("69840.0"));
    String story = reviewer().get("/audit/signals/" + signalId, "text/html").body();
    assertThat(story).contains("it follows the price at a distance");
  }

  @Test
  void afterATargetTheStopOfTheRestMovesToWhereNothingIsLostWithBothFeesPaid() {
    feesAreKnown();
    String signalId =
        ended("FILLED", () -> buy(ASK).withList("/data/takeProfits", "67800", "69000"));
    rests(signalId, "0.01", STOP);

    exchange().setPrice("BTC/USD", "67800.0", "67800.1");

    // 67 000.1 x 1.004 / 0.996, on the tick above.
    rests(signalId, "0.005", "67538.3");
    soon()
        .until(
            () ->
                of(signalId, "limit").stream()
                    .anyMatch(
                        order -> order.terms().side().name().equals("SELL") && !order.isOpen()));
    exchange().setPrice("BTC/USD", "67538.3", "67538.4");
    isFlat();
    PaperOrder bought =
        of(signalId, "limit").stream()
            .filter(order -> order.terms().side().name().equals("BUY"))
            .findFirst()
            .orElseThrow();
    BigDecimal half = bought.cost().add(bought.fee()).divide(BigDecimal.TWO);
    assertThat(of(signalId, "stop-loss"))
        .singleElement()
        .satisfies(
            stop ->
                assertThat(stop.cost().subtract(stop.fee()))
                    .as("proceeds of the rest less their fee")
                    .isGreaterThanOrEqualTo(half));
  }

  @Test
  void aStopThatKrakenRefusesIsTriedAgainThenToldAndThePositionIsClosed() {
    try (LogWatch log = LogWatch.start()) {
      String signalId = ended("OPEN", () -> buy("66900.0"));
      exchange().faults().next("AddOrder", 2, Fault.of(Fault.Kind.REFUSED));

      exchange().setPrice("BTC/USD", "66899.9", "66900.0");

      soon().until(() -> !of(signalId, "market").isEmpty());
      isFlat();
      assertThat(of(signalId, "stop-loss")).isEmpty();
      assertThat(of(signalId, "market"))
          .singleElement()
          .satisfies(sold -> assertThat(sold.volumeExecuted()).isEqualByComparingTo("0.01"));
      // The order to sell is on its way before both are said.
      soon()
          .untilAsserted(
              () -> {
                assertThat(log.text())
                    .containsPattern(
                        "ALARM: the position of .* 0.01.* is not protected: 2 stops in a row");
                assertThat(reviewer().get("/audit/signals/" + signalId, "text/html").body())
                    .contains("it could not be protected, so it is sold");
              });
    }
  }
}
