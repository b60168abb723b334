package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link ConfirmRulesTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.Confirm.class)
@Tag("packaged")
class PackagedConfirmRulesIT extends ConfirmRulesTest {}
