package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link CertificateRotationTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedCertificateRotationIT.Outside.class)
@Tag("packaged")
class PackagedCertificateRotationIT extends CertificateRotationTest {
  /** {@link Pem} for the packaged program. */
  public static class Outside extends PackagedProfile {
    public Outside() {
      super(new Pem());
    }
  }
}
