package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link TwoOperatorsTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedTwoOperatorsIT.Outside.class)
@Tag("packaged")
class PackagedTwoOperatorsIT extends TwoOperatorsTest {
  /** {@link Two} for the packaged program. */
  public static class Outside extends PackagedProfile {
    public Outside() {
      super(new Two());
    }
  }
}
