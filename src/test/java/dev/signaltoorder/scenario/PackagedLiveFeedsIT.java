package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.LiveFeedsProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link LiveFeedsTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(LiveFeedsProfile.class)
@Tag("packaged")
class PackagedLiveFeedsIT extends LiveFeedsTest {}
