package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.Fault.Kind;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kraken's answer to an order is lost or unreadable: it is looked up and never sent again. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class DoubtTest extends RunningService {
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {
        "ACCEPT_THEN_502_HTML",
        "ACCEPT_THEN_SILENCE",
        "ACCEPT_THEN_RESET",
        "ACCEPT_THEN_UNAVAILABLE",
        "TRUNCATED_JSON",
        "NO_TXID"
      })
  void anOrderThatKrakenTookIsFoundAndAdopted(Kind kind) {
    String signalId = ended("FILLED", () -> buyThatMeets(Fault.of(kind)));

    JsonNode row = report().row(signalId);
    assertThat(ordersAtExchange(signalId))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(row.path("orderTxid").textValue()).isEqualTo(order.txid());
              assertThat(new BigDecimal(row.path("fee").textValue()))
                  .isEqualByComparingTo(order.fee());
            });
    JsonNode summary = report().story(signalId).path("summary");
    assertThat(states(signalId)).containsSubsequence("INTENDED", "IN_DOUBT", "OPEN", "ENDED");
    assertThat(summary.path("orderStates").findValuesAsText("detail"))
        .anySatisfy(detail -> assertThat(detail).startsWith("FOUND "));
    assertThat(purposes(summary)).containsOnlyOnce("add-order").contains("look-up");
  }

  @Test
  void whileItIsInDoubtTheReportSaysSoAndNothingIsSentAgain() {
    int ordersBefore = exchange().acceptedAddOrders();
    String signalId;
    int attempts = 0;

    // Once more where the order's deadline was over when it came: the exchange did not take it.
    do {
      signalId = ended("UNKNOWN", this::buyThatStaysInDoubt);

      JsonNode row = report().row(signalId);
      assertThat(row.path("outcome").textValue()).isEqualTo("UNKNOWN");
      assertThat(row.path("reasons").get(0).textValue()).isNotBlank();
      exchange().faults().clear();
    } while (report().cameTooLate(signalId, "FILLED") && ++attempts < 6);

    report().awaitOutcome(signalId, "FILLED");
    assertThat(exchange().acceptedAddOrders() - ordersBefore).isEqualTo(1);
  }

  @Test
  void anOrderThatKrakenNeverGotIsProvenAbsentAndNotSentAgain() {
    int ordersBefore = exchange().acceptedAddOrders();

    String signalId = ended("UNKNOWN", () -> buyThatMeets(Fault.of(Kind.DROP_BEFORE_ACCEPT)));

    JsonNode row = report().awaitOutcome(signalId, "NOT_PLACED");
    assertThat(row.path("orderTxid").isNull()).isTrue();
    assertThat(row.path("reasons").get(0).textValue()).contains("look-ups");
    assertThat(exchange().acceptedAddOrders()).isEqualTo(ordersBefore);
    JsonNode summary = report().story(signalId).path("summary");
    assertThat(purposes(summary)).containsOnlyOnce("add-order");
    assertThat(purposes(summary).stream().filter("look-up"::equals).count())
        .as("look-ups, each in open and closed orders")
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void anOrderThatShowsLateIsFollowedToItsEnd() {
    Fault lateVisible = new Fault(Kind.LATE_VISIBLE, Duration.ofSeconds(3));

    String signalId = ended("FILLED", () -> buyThatMeets(lateVisible));

    // On record, since it is open for three seconds only.
    assertThat(states(signalId)).containsSubsequence("INTENDED", "OPEN", "ENDED");
    assertThat(ordersAtExchange(signalId)).hasSize(1);
  }

  @Test
  void anOrderThatKrakenExecutesLateIsStillFound() {
    String signalId = "";
    // Once more where the order's deadline was over by then: the exchange never executed it.
    for (int attempt = 0; attempt < 6 && ordersAtExchangeOf(signalId) == 0; attempt++) {
      Fault lateAccept = new Fault(Kind.LATE_ACCEPT, Duration.ofMillis(4_500));
      signalId = accepted(demo().send(buyThatMeets(lateAccept)));
      report().awaitAllSettled(Map.of("strategy", strategyOf(signalId)), SETTLED_WITHIN);
    }

    report().awaitOutcome(signalId, "FILLED");
    assertThat(states(signalId)).containsSubsequence("INTENDED", "IN_DOUBT", "OPEN", "ENDED");
    assertThat(ordersAtExchange(signalId)).hasSize(1);
  }

  @Test
  void anOrderThatKrakenRefusesIsRefusedAtOnce() {
    int ordersBefore = exchange().acceptedAddOrders();

    String signalId = ended("REFUSED_BY_EXCHANGE", () -> buyThatMeets(Fault.of(Kind.RATE_LIMIT)));

    JsonNode row = report().row(signalId);
    assertThat(row.path("reasons").toString()).contains("EOrder:Rate limit exceeded");
    assertThat(exchange().acceptedAddOrders()).isEqualTo(ordersBefore);
  }

  private List<String> states(String signalId) {
    return report().story(signalId).path("summary").path("orderStates").findValuesAsText("state");
  }

  private int ordersAtExchangeOf(String signalId) {
    return signalId.isEmpty() ? 0 : ordersAtExchange(signalId).size();
  }

  private String strategyOf(String signalId) {
    return report().row(signalId).path("strategy").textValue();
  }

  /**
   * Armed for each try: an order that came too late for anything else met the fault all the same.
   */
  private Payload buyThatMeets(Fault fault) {
    exchange().faults().clear();
    exchange().faults().next("AddOrder", 1, fault);
    return Payload.limit("BUY", freshStrategy(), ASK, "0.001");
  }

  private Payload buyThatStaysInDoubt() {
    Payload buy = buyThatMeets(Fault.of(Kind.ACCEPT_THEN_RESET));
    // Until it was seen: a machine that stands still must not miss it.
    exchange().faults().always("OpenOrders", Fault.of(Kind.ACCEPT_THEN_RESET));
    return buy;
  }

  private static List<String> purposes(JsonNode summary) {
    return StreamSupport.stream(summary.path("krakenCalls").spliterator(), false)
        .map(call -> call.path("purpose").textValue())
        .toList();
  }
}
