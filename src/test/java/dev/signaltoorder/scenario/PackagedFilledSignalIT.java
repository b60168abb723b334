package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link FilledSignalTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.Service.class)
@Tag("packaged")
class PackagedFilledSignalIT extends FilledSignalTest {}
