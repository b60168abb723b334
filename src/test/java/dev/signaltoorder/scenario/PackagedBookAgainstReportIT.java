package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link BookAgainstReportTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.class)
@Tag("packaged")
class PackagedBookAgainstReportIT extends BookAgainstReportTest {}
