package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link NginxTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedNginxIT.Outside.class)
@Tag("packaged")
class PackagedNginxIT extends NginxTest {
  /** {@link Behind} for the packaged program. */
  public static class Outside extends PackagedProfile {
    public Outside() {
      super(new Behind());
    }
  }
}
