package dev.signaltoorder.scenario;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link KrakenKeyRotationTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(KrakenKeyRotationTest.Live.class)
@Tag("packaged")
class PackagedKrakenKeyRotationIT extends KrakenKeyRotationTest {}
