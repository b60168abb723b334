package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.OutsideExchange;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ValidateProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Validate mode: Kraken checks every order and places none. */
@QuarkusTest
@TestProfile(ValidateProfile.class)
class ValidateModeTest extends RunningService {

  @Test
  void krakenChecksTheOrderAndPlacesNothing() {
    String signalId = accepted(demo().send(Payload.of("BUY", freshStrategy())));

    JsonNode row = report().awaitOutcome(signalId, "NOT_PLACED");

    assertThat(row.path("reasons").toString()).contains("validate mode");
    assertThat(report().story(signalId).toString()).contains("validate=true");
    assertThat(OutsideExchange.exchange().orders()).isEmpty();
    assertThat(OutsideExchange.exchange().acceptedAddOrders()).isZero();
  }
}
