package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.paper.SocketFault;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.LiveFeedsProfile;
import dev.signaltoorder.testing.OutsideExchange;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live mode with the websockets of an exchange outside the service. */
@QuarkusTest
@TestProfile(LiveFeedsProfile.class)
class LiveFeedsTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Set<String> ENDED =
      Set.of("FILLED", "NOT_PLACED", "REJECTED", "EXPIRED", "REFUSED_BY_EXCHANGE");

  private int attempt;

  @BeforeEach
  void armedAndListening() {
    calm();
    OutsideExchange.exchange().setPrice("BTC/USD", BID, ASK);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Answer armed =
                  operator().post("/operations/arm", Map.of("account", "real", "confirm", "real"));
              assertThat(armed.status()).as(armed.body()).isEqualTo(200);
              assertThat(operator().get("/operations/status").body())
                  .contains("\"executions\":\"good\"");
            });
  }

  @AfterEach
  void calm() {
    OutsideExchange.exchange().faults().clear();
    OutsideExchange.exchange().socketFaults().clear();
  }

  @Test
  void pricesAndFillsOfALiveAccountComeByWebsocket() {
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              // A book that does not change is dated by its last change, and REST is younger.
              OutsideExchange.exchange().setPrice("BTC/USD", "66999." + (2 + attempt++ % 5), ASK);
              Thread.sleep(300);
              String signalId =
                  accepted(demo().send(Payload.of("BUY", freshStrategy()).size("QUOTE", "20")));
              JsonNode row = report().awaitOutcome(signalId, "FILLED", PATIENCE.dividedBy(4));
              assertThat(row.path("priceOrigin").textValue()).contains("(websocket)");
              assertThat(report().story(signalId).toString())
                  .contains("/v2/book", "/executions", "\"execution\"");
            });
  }

  @Test
  void whileTheFeedIsWholeOpenOrdersAreHardlyAskedAbout() throws Exception {
    String signalId =
        ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "66990.0", "0.0002"));
    double fewest = Double.MAX_VALUE;
    // Again where a machine that stood still has made the feed begin anew, which makes it ask.
    for (int attempt = 0; attempt < 4 && fewest > 4; attempt++) {
      double before = questions();
      Thread.sleep(20_000);
      fewest = Math.min(fewest, questions() - before);
    }

    assertThat(fewest)
        .as("without the feed it would be asked more than six times")
        .isLessThanOrEqualTo(4);
    OutsideExchange.exchange().setPrice("BTC/USD", "66980.0", "66980.1");
    report().awaitOutcome(signalId, "FILLED", PATIENCE);
  }

  @Test
  void withFaultyWebsocketsEveryFillOfALiveAccountCountsOnce() {
    OutsideExchange.exchange()
        .socketFaults()
        .randomly(
            11,
            0.3,
            List.of(
                SocketFault.of(SocketFault.Kind.DROP),
                SocketFault.of(SocketFault.Kind.DUPLICATE),
                SocketFault.of(SocketFault.Kind.REORDER),
                SocketFault.of(SocketFault.Kind.CORRUPT)));
    int compared = 0;
    for (int attempt = 0; attempt < 12 && compared < 4; attempt++) {
      String signalId =
          accepted(demo().send(Payload.of("BUY", freshStrategy()).size("QUOTE", "20")));
      await()
          .atMost(PATIENCE)
          .until(() -> ENDED.contains(report().row(signalId).path("outcome").asText()));
      JsonNode row = report().row(signalId);
      List<PaperOrder> orders = ordersOutside(signalId);
      if (!row.path("outcome").asText().equals("FILLED")) {
        // A slow machine: a signal without a price in time, or an order that was late to be sent.
        assertThat(orders).as(row.toString()).isEmpty();
        continue;
      }
      PaperOrder order = orders.getFirst();
      assertThat(orders).hasSize(1);
      assertThat(order.txid()).isEqualTo(row.path("orderTxid").textValue());
      assertThat(new BigDecimal(row.path("volume").asText()))
          .isEqualByComparingTo(order.volumeExecuted());
      assertThat(new BigDecimal(row.path("fee").asText())).isEqualByComparingTo(order.fee());
      compared++;
    }
    assertThat(compared).isEqualTo(4);
  }

  private List<PaperOrder> ordersOutside(String signalId) {
    List<String> clientOrderIds =
        report().story(signalId).path("summary").path("intents").findValuesAsText("clientOrderId");
    return OutsideExchange.exchange().orders().stream()
        .filter(order -> clientOrderIds.contains(order.clientOrderId()))
        .toList();
  }

  @Test
  void aKeyThatCannotListenIsWarnedAboutAndUsableByRest() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(account("deaf").path("keyWarnings").toString())
                    .contains("create-ws-token", "by REST alone"));
    Answer armed = operator().post("/operations/arm", Map.of("account", "deaf", "confirm", "deaf"));
    assertThat(armed.status()).as(armed.body()).isEqualTo(200);
    assertThat(account("real").path("keyWarnings").toString()).doesNotContain("create-ws-token");
  }

  @Test
  void eachAccountsBreakerIsAMeter() {
    assertThat(metrics())
        .contains("signal_to_order_breaker_open{account=\"real\"} 0.0")
        .contains("signal_to_order_locked_out{account=\"real\"} 0.0")
        .contains("signal_to_order_parked_signals{account=\"real\"} 0.0")
        .contains("signal_to_order_invariant_violations{account=\"real\"} 0.0");

    OutsideExchange.exchange().faults().always("AddOrder", Fault.of(Fault.Kind.UNAVAILABLE));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              accepted(demo().send(Payload.of("BUY", freshStrategy()).size("QUOTE", "20")));
              assertThat(metrics()).contains("signal_to_order_breaker_open{account=\"real\"} 1.0");
            });

    OutsideExchange.exchange().faults().clear();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains("signal_to_order_breaker_open{account=\"real\"} 0.0"));
  }

  private JsonNode account(String name) {
    for (JsonNode account : operator().get("/operations/status").json().path("accounts")) {
      if (account.path("account").asText().equals(name)) {
        return account;
      }
    }
    throw new AssertionError("no account " + name);
  }

  private String metrics() {
    return atManagementPort().get("/q/metrics").body();
  }

  /** Calls of QueryOrders so far. */
  private double questions() {
    Matcher line =
        Pattern.compile(
                "signal_to_order_kraken_calls_seconds_count\\{account=\"real\",endpoint=\"QueryOrders\",outcome=\"OK\",?\\} (\\S+)")
            .matcher(metrics());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }
}
