package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link ConductScenarioTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.Conduct.class)
@Tag("packaged")
class PackagedConductScenarioIT extends ConductScenarioTest {}
