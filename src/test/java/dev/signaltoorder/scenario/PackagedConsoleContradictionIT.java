package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link ConsoleContradictionTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedConsoleContradictionIT.Outside.class)
@Tag("packaged")
class PackagedConsoleContradictionIT extends ConsoleContradictionTest {
  /** {@link ForgedProfile} for the packaged program. */
  public static class Outside extends PackagedProfile {
    public Outside() {
      super(new ForgedProfile());
    }
  }
}
