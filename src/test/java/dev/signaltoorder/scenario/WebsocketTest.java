package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.paper.SocketFault;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.WebsocketProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with the websockets of the simulated exchange: whole, faulty and gone. */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class WebsocketTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SIGNALS = 24;
  private static final long SEED = Long.getLong("feeds.seed", System.nanoTime() % 1_000_000);

  private int attempt;

  @BeforeEach
  void feedsAreWhole() {
    exchange().socketFaults().clear();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String status = operator().get("/operations/status").body();
              assertThat(status).contains("\"ACTIVE\"", "\"executions\":\"good\"");
            });
  }

  @AfterEach
  void fairWeather() {
    exchange().socketFaults().clear();
  }

  @Test
  void pricesAndFillsComeByWebsocket() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              // A book that does not change is dated by its last change, and REST is younger.
              String strategy = freshStrategy();
              exchange().setPrice("BTC/USD", BID, "67000." + (2 + attempt++ % 5));
              Thread.sleep(300);
              String signalId =
                  accepted(demo().send(Payload.of("BUY", strategy).size("QUOTE", "20")));
              JsonNode row = report().awaitOutcome(signalId, "FILLED", Duration.ofSeconds(20));
              assertThat(row.path("priceOrigin").textValue()).contains("(websocket)");
              assertThat(report().story(signalId).toString())
                  .contains("/v2/book", "/executions", "\"execution\"");
            });
    await()
        .atMost(PATIENCE)
        .until(() -> operator().get("/operations/status").body().contains("\"BTC/USD\":\"good\""));
  }

  @Test
  void whateverTheWebsocketDoesEveryFillCountsOnce() {
    System.out.println("faulty websocket: -Dfeeds.seed=" + SEED);
    exchange()
        .socketFaults()
        .randomly(
            SEED,
            0.3,
            List.of(
                SocketFault.of(SocketFault.Kind.DROP),
                SocketFault.of(SocketFault.Kind.DUPLICATE),
                SocketFault.of(SocketFault.Kind.REORDER),
                SocketFault.of(SocketFault.Kind.CORRUPT),
                new SocketFault(SocketFault.Kind.DELAY, Duration.ofMillis(300))));
    int counted = 0;
    // Again as many as a slow machine came to too late.
    for (int round = 0; round < 10 && counted < SIGNALS; round++) {
      Map<String, String> signals = new LinkedHashMap<>();
      for (int i = counted; i < SIGNALS; i++) {
        String strategy = freshStrategy();
        signals.put(
            accepted(demo().send(Payload.of("BUY", strategy).size("QUOTE", "20"))), strategy);
      }
      for (Map.Entry<String, String> signal : signals.entrySet()) {
        counted += countsOnce(signal.getKey(), signal.getValue()) ? 1 : 0;
      }
    }
    assertThat(counted).isEqualTo(SIGNALS);
  }

  /** False when it was placed nowhere, because the service came to it too late. */
  private boolean countsOnce(String signalId, String strategy) {
    if (report().cameTooLate(signalId, "FILLED")) {
      assertThat(ordersAtExchange(signalId)).as("seed %d", SEED).isEmpty();
      return false;
    }
    JsonNode row = report().awaitOutcome(signalId, "FILLED", PATIENCE);
    List<PaperOrder> orders = ordersAtExchange(signalId);
    assertThat(orders).as("seed %d", SEED).hasSize(1);
    PaperOrder order = orders.getFirst();
    assertThat(new BigDecimal(row.path("volume").asText()))
        .as("seed %d", SEED)
        .isEqualByComparingTo(order.volumeExecuted());
    assertThat(new BigDecimal(row.path("fee").asText()))
        .as("seed %d", SEED)
        .isEqualByComparingTo(order.fee());
    // The status follows the report a moment later.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(held(strategy))
                    .as("seed %d", SEED)
                    .isEqualByComparingTo(order.volumeExecuted()));
    return true;
  }

  private BigDecimal held(String strategy) {
    JsonNode positions = standing(WebsocketProfile.ACCOUNT).path("positions");
    return new BigDecimal(positions.path("BTC/USD").path(strategy).asText("0"));
  }

  @Test
  void withAWebsocketThatSaysNothingTradingGoesOnByRest() {
    exchange()
        .socketFaults()
        .always("*", new SocketFault(SocketFault.Kind.SILENCE, Duration.ofSeconds(20)));
    exchange().setPrice("BTC/USD", "68000.0", "68000.1");
    await()
        .atMost(PATIENCE)
        .until(() -> !operator().get("/operations/status").body().contains("\"alive\":true"));

    String signalId = ended("FILLED", () -> Payload.of("BUY", freshStrategy()).size("QUOTE", "20"));

    JsonNode row = report().row(signalId);
    assertThat(row.path("priceOrigin").textValue()).doesNotContain("(websocket)");
    assertThat(new BigDecimal(row.path("averagePrice").asText())).isEqualByComparingTo("68000.1");
  }
}
