package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link MarketConditionsScenarioTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.Conditions.class)
@Tag("packaged")
class PackagedMarketConditionsScenarioIT extends MarketConditionsScenarioTest {}
