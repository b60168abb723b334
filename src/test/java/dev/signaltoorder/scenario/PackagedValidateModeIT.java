package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.ValidateProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link ValidateModeTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(ValidateProfile.class)
@Tag("packaged")
class PackagedValidateModeIT extends ValidateModeTest {}
