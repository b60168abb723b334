package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link ConsoleOperationsTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.class)
@Tag("packaged")
class PackagedConsoleOperationsIT extends ConsoleOperationsTest {
  @Override
  @Test
  @Disabled("the packaged program runs in live mode here")
  void anOperatorLetsTheExchangeFailSeesItAndClearsIt() {}
}
