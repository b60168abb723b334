package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link TlsTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedTlsIT.Outside.class)
@Tag("packaged")
class PackagedTlsIT extends TlsTest {
  /** {@link Tls} for the packaged program. */
  public static class Outside extends PackagedProfile {
    public Outside() {
      super(new Tls());
    }
  }
}
