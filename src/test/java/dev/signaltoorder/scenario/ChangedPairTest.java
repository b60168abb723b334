package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kraken changes the rules of a pair while the service runs. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class ChangedPairTest extends RunningService {

  @AfterEach
  void asItWas() {
    exchange().setOrderMin("ETH/USD", new BigDecimal("0.001"));
  }

  @Test
  void anOrderRefusedForItsVolumeMakesTheServiceLearnTheNewMinimum() {
    exchange().setOrderMin("ETH/USD", new BigDecimal("0.5"));

    JsonNode first = settled(accepted(demo().send(buy("0.05"))));

    assertThat(first.path("outcome").textValue())
        .as(first.toString())
        .isEqualTo("REFUSED_BY_EXCHANGE");
    assertThat(first.path("reasons").toString()).contains("Invalid arguments:volume");
    // Not more often than every half minute: until then Kraken says it again.
    JsonNode later =
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofSeconds(3))
            .until(
                () -> settled(accepted(demo().send(buy("0.05")))),
                row -> !row.path("outcome").textValue().equals("REFUSED_BY_EXCHANGE"));
    assertThat(later.path("outcome").textValue()).as(later.toString()).isEqualTo("REJECTED");
    assertThat(later.path("reasons").toString()).contains("pair-minimum");
    assertThat(ordersAtExchange(later.path("signalId").textValue())).isEmpty();
  }

  private JsonNode settled(String signalId) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> report().row(signalId),
            row -> !Set.of("PENDING", "OPEN").contains(row.path("outcome").textValue()));
  }

  private static Payload buy(String volume) {
    return Payload.limit("BUY", freshStrategy(), "3500.01", volume).with("/data/pair", "ETH/USD");
  }
}
