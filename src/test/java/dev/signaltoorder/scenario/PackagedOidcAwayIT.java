package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link OidcAwayTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedOidcAwayIT.Outside.class)
@Tag("packaged")
class PackagedOidcAwayIT extends OidcAwayTest {
  /** {@link Away} for the packaged program. */
  public static class Outside extends PackagedProfile {
    public Outside() {
      super(new Away());
    }
  }
}
