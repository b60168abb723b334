package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
    String signalId = ended("NOT_PLACED", () -> Payload.of("BUY", freshStrategy()));

    assertThat(report().row(signalId).path("reasons").toString()).contains("validate mode");
    assertThat(report().story(signalId).toString()).contains("validate=true");
    assertThat(OutsideExchange.exchange().orders()).isEmpty();
    assertThat(OutsideExchange.exchange().acceptedAddOrders()).isZero();
  }
}
