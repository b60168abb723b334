package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.LiveProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link ConsoleArmTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(LiveProfile.class)
@Tag("packaged")
class PackagedConsoleArmIT extends ConsoleArmTest {}
