package dev.signaltoorder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Every way to sign in: OpenID Connect, client certificates, and metrics behind a sign-in. */
public class SignInProfile extends RoomyProfile {
  /** Whose tokens are good. */
  public static final TokenIssuer ISSUER = new TokenIssuer();

  private static final Path FOLDER = folder();
  private static final TestCertificate OURS;
  private static final TestCertificate AUTHORITY;

  /** Known by its fingerprint, once a test has said so in the users file. */
  public static final TestCertificate ALICE;

  /** Known by its subject, likewise. */
  public static final TestCertificate BOB;

  /** Of the same authority, and nobody's. */
  public static final TestCertificate NOBODY;

  /** Alice's name, signed by an authority that only has the same name. */
  public static final TestCertificate FORGED;

  static {
    try {
      OURS = TestCertificate.of("localhost", FOLDER, "ours");
      AUTHORITY = TestCertificate.authority("people of this test", FOLDER, "people");
      ALICE = AUTHORITY.signed("CN=alice,O=example", FOLDER, "alice");
      BOB = AUTHORITY.signed("CN=bob,O=example", FOLDER, "bob");
      NOBODY = AUTHORITY.signed("CN=nobody,O=example", FOLDER, "nobody");
      FORGED =
          TestCertificate.authority("people of this test", FOLDER, "another")
              .signed("CN=alice,O=example", FOLDER, "forged");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.oidc.issuer", ISSUER.address());
    settings.put("signal-to-order.oidc.audience", "another-name," + TokenIssuer.AUDIENCE);
    settings.put("signal-to-order.oidc.role-claim", "access/groups");
    settings.put("signal-to-order.oidc.roles.reviewer", "auditors,trading-reviewers");
    settings.put("signal-to-order.oidc.roles.metrics", "scrapers");
    settings.put("signal-to-order.oidc.refresh-keys-every", "1s");
    settings.put("quarkus.http.test-ssl-port", "0");
    settings.put("quarkus.http.tls-configuration-name", "ours");
    settings.put("quarkus.tls.ours.key-store.p12.path", OURS.file().toString());
    settings.put("quarkus.tls.ours.key-store.p12.password", TestCertificate.PASSWORD);
    settings.put("quarkus.tls.ours.trust-store.pem.certs", AUTHORITY.pem().toString());
    settings.put("signal-to-order.client-certificates", "true");
    settings.put("signal-to-order.metrics-sign-in", "true");
    return settings;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("signal-to-order-sign-in");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
