package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link ProRulesScenarioTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.Pro.class)
@Tag("packaged")
class PackagedProRulesScenarioIT extends ProRulesScenarioTest {}
