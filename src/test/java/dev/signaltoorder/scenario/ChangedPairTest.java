package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kraken changes the rules of a pair while the service runs. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class ChangedPairTest extends RunningService {

  /** Of no other test: the service goes on believing the minimum that it has learnt. */
  private static final String PAIR = "XRP/USD";

  private static final String PRICE = "2.00001";

  private RulesInForce rules;

  @BeforeEach
  void itMayBeTraded() {
    rules = rulesInForce();
    String allowed = rules.read().path("rules").path("allowed-pair").path("pairs").textValue();
    rules.set("allowed-pair", "pairs", allowed + "," + PAIR);
    exchange().setPrice(PAIR, "2.00000", PRICE);
    // Only then has the service read the catalogue, as it was, and this price.
    ended("FILLED", () -> buy("50"));
  }

  @AfterEach
  void asItWas() {
    rules.restore();
    exchange().setOrderMin(PAIR, new BigDecimal("1.65"));
  }

  @Test
  void anOrderRefusedForItsVolumeMakesTheServiceLearnTheNewMinimum() {
    exchange().setOrderMin(PAIR, new BigDecimal("500"));

    JsonNode first = report().row(ended("REFUSED_BY_EXCHANGE", () -> buy("50")));

    assertThat(first.path("reasons").toString()).contains("Invalid arguments:volume");
    // Not more often than every half minute: until then Kraken says it again.
    JsonNode later =
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofSeconds(3))
            .until(
                () -> settled(accepted(demo().send(buy("50")))),
                row -> row.path("reasons").toString().contains("pair-minimum"));
    assertThat(later.path("outcome").textValue()).as(later.toString()).isEqualTo("REJECTED");
    assertThat(ordersAtExchange(later.path("signalId").textValue())).isEmpty();
  }

  private JsonNode settled(String signalId) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> report().row(signalId),
            row -> !Set.of("PENDING", "OPEN", "UNKNOWN").contains(row.path("outcome").textValue()));
  }

  private static Payload buy(String volume) {
    return Payload.limit("BUY", freshStrategy(), PRICE, volume).with("/data/pair", PAIR);
  }
}
