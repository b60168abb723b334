package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link OidcTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.SignIn.class)
@Tag("packaged")
class PackagedOidcIT extends OidcTest {}
