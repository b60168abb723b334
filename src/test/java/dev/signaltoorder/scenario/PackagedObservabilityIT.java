package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link ObservabilityTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.Websocket.class)
@Tag("packaged")
class PackagedObservabilityIT extends ObservabilityTest {
  private static final String WHY = "its spans and log handlers are inside";

  @Override
  @Test
  @Disabled(WHY)
  void aSignalsWayIsOneTraceFromTheWebhookOverTheDecisionToKraken() {}

  @Override
  @Test
  @Disabled(WHY)
  void logLinesCanBeJsonWhateverTheyHold() {}

  @Override
  @Test
  @Disabled(WHY)
  void aLogLineAboutADeliverysDecisionNamesItsSignal() {}
}
