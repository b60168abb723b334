package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.ProProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped rule set "pro" over HTTP: into a position as large as it allows, and out again. */
@QuarkusTest
@TestProfile(ProProfile.class)
class ProRulesScenarioTest extends RunningService {
  private final String strategy = freshStrategy();

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(300));
  }

  @BeforeEach
  void serving() {
    soon().until(() -> account().path("tradingState").asText().equals("ACTIVE"));
  }

  @AfterEach
  void nothingIsLeft() {
    exchange().setPrice("BTC/USD", BID, ASK);
    closed();
  }

  @Test
  void aPositionAtItsLimitIsProtectedAndSoldWholeAfterItHasGained() {
    // Five entries of almost 10 000 USD; what they differ in keeps them from being one idea.
    for (int i = 0; i < 5; i++) {
      String volume = "0.14920" + i;
      traded(() -> entry(volume));
    }
    BigDecimal held = position();
    assertThat(held).isEqualByComparingTo("0.746010");
    soon().untilAsserted(() -> assertThat(stopped()).isEqualByComparingTo(held));

    exchange().setPrice("BTC/USD", "67700.0", "67700.1");

    String close = closed();
    assertThat(ordersAtExchange(close))
        .singleElement()
        .satisfies(order -> assertThat(order.volumeExecuted()).isEqualByComparingTo(held))
        .satisfies(order -> assertThat(order.cost()).isGreaterThan(new BigDecimal("50000")));
    assertThat(answerOf(close, "open-orders").path("explanation").textValue())
        .contains("An exit: it sells 0.74601 BTC of the 0.74601 BTC");
    assertThat(stopped()).isZero();
  }

  @Test
  void aMarketOrderIsALimitOrderThatCannotRunAway() {
    String bought =
        traded(
            () ->
                Payload.of("BUY", strategy).with("/data/orderType", "MARKET").size("QUOTE", "500"));

    // 67 000.1 and 0.3 %, down to the tick
    PaperOrder order = ordersAtExchange(bought).getFirst();
    assertThat(order.terms().orderType()).isEqualTo("limit");
    JsonNode plan =
        report().story(bought).path("summary").path("intents").get(0).path("intent").path("plan");
    assertThat(plan.path("limitPrice").textValue()).isEqualTo("67201.1");
    assertThat(plan.path("timeInForce").textValue()).isEqualTo("IOC");
    assertThat(average(order)).isEqualByComparingTo(ASK);
  }

  @Test
  void aDrainedBookAndAWideSpreadRefuseEntriesAndLetTheWholePositionOut() {
    traded(() -> entry("0.05"));
    // 0.45 % apart; the bid side holds 268 USD, and the position is worth more than 3 000.
    exchange().setBook("BTC/USD", "66900.0", "0.004", "67200.0", "0.004");
    soon()
        .until(
            () -> {
              String refused = outcomeOf(Payload.limit("BUY", freshStrategy(), "67200.0", "0.01"));
              return report().row(refused).path("reasons").toString().contains("depth")
                  && report().row(refused).path("reasons").toString().contains("spread");
            });

    String close = approved(() -> Payload.of("CLOSE", strategy));

    assertThat(ordersAtExchange(close))
        .singleElement()
        .satisfies(sold -> assertThat(sold.terms().volume()).isEqualByComparingTo("0.05"));
    for (String rule : List.of("depth", "spread")) {
      assertThat(answerOf(close, rule).path("verdict").textValue()).isEqualTo("NOT_APPLICABLE");
      assertThat(answerOf(close, rule).path("explanation").textValue())
          .contains("An exit: it sells 0.05 BTC of the 0.05 BTC");
    }
  }

  private Payload entry(String volume) {
    return Payload.limit("BUY", strategy, ASK, volume).with("/data/stopLoss", "66000.0");
  }

  /** Sent until it is filled: a slow machine may have no price in time, and is refused rightly. */
  private String traded(Supplier<Payload> signal) {
    String id = approved(signal);
    report().awaitOutcome(id, "FILLED");
    return id;
  }

  /** Sent until the rules let it pass and it has reached the exchange. */
  private String approved(Supplier<Payload> signal) {
    String[] id = new String[1];
    soon()
        .until(
            () -> {
              id[0] = outcomeOf(signal.get());
              return !ordersAtExchange(id[0]).isEmpty();
            });
    return id[0];
  }

  /** Sent, and decided and done with. */
  private String outcomeOf(Payload signal) {
    String id = accepted(demo().send(signal));
    soon().until(() -> !report().row(id).path("outcome").asText("PENDING").equals("PENDING"));
    return id;
  }

  /** Closes until nothing is held; the last signal that sold something. */
  private String closed() {
    String[] last = {""};
    soon()
        .until(
            () -> {
              if (position().signum() == 0) {
                return true;
              }
              String id = outcomeOf(Payload.of("CLOSE", strategy));
              report().awaitAllSettled(Map.of("strategy", strategy), Duration.ofMinutes(2));
              last[0] = ordersAtExchange(id).isEmpty() ? last[0] : id;
              return position().signum() == 0;
            });
    return last[0];
  }

  private BigDecimal position() {
    return new BigDecimal(account().path("positions").path("BTC/USD").path(strategy).asText("0"));
  }

  /** What open stops at the exchange would sell. */
  private BigDecimal stopped() {
    return exchange().orders().stream()
        .filter(order -> order.terms().orderType().equals("stop-loss") && order.isOpen())
        .map(PaperOrder::remaining)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private JsonNode answerOf(String signalId, String rule) {
    return StreamSupport.stream(
            report().story(signalId).path("summary").path("rules").spliterator(), false)
        .filter(result -> result.path("code").asText().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode account() {
    return reviewer().get("/operations/status").json().path("accounts").get(0);
  }
}
