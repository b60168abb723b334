package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.SignInProfile;
import dev.signaltoorder.testing.TestCertificate;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who show a client certificate, and those who only say that they have one. */
@QuarkusTest
@TestProfile(SignInProfile.class)
class CertificateSignInTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String REPORT = "/audit/report";

  @TestHTTPResource("/")
  URI plain;

  private final Path users = ServiceResource.usersFile();
  private List<String> before = List.of();

  @BeforeEach
  void aliceAndBobAreKnown() throws Exception {
    before = Files.readAllLines(users);
    byte[] alice =
        MessageDigest.getInstance("SHA-256").digest(SignInProfile.ALICE.certificate().getEncoded());
    write(
        Stream.concat(
                before.stream(),
                Stream.of(
                    "alice:cert-sha256$" + HexFormat.of().formatHex(alice) + ":reviewer",
                    "bob:cert-subject$CN=bob, O=example:operator"))
            .toList());
    await().atMost(PATIENCE).until(() -> get(SignInProfile.ALICE, REPORT) == 200);
  }

  @AfterEach
  void asBefore() throws IOException {
    write(before);
  }

  @Test
  void aKnownCertificateGivesTheRolesOfItsLine() throws Exception {
    assertThat(get(SignInProfile.ALICE, REPORT)).isEqualTo(200);
    assertThat(halt(SignInProfile.ALICE)).isEqualTo(403);
    assertThat(get(SignInProfile.BOB, REPORT)).isEqualTo(403);
    assertThat(halt(SignInProfile.BOB)).as("let in, and incomplete").isEqualTo(400);
  }

  @Test
  void theAuthoritysSignatureAloneOpensNothing() throws Exception {
    assertThat(get(SignInProfile.NOBODY, REPORT)).isEqualTo(401);
    assertThat(get(null, REPORT)).isEqualTo(401);
    // Whoever signed it is not known here: TLS ends the conversation.
    assertThatThrownBy(() -> get(SignInProfile.FORGED, REPORT)).isInstanceOf(IOException.class);
  }

  @Test
  void aLineThatIsTakenAwayClosesTheDoor() throws Exception {
    write(before);

    await().atMost(PATIENCE).until(() -> get(SignInProfile.ALICE, REPORT) == 401);
  }

  @Test
  void whoSendsOtherCredentialsMeansThose() throws Exception {
    assertThat(get(SignInProfile.ALICE, REPORT, "Authorization", basic("wrong"))).isEqualTo(401);
    assertThat(
            get(
                SignInProfile.NOBODY,
                REPORT,
                "Authorization",
                basic(TestSecrets.passwordOf(TestSecrets.REVIEWER))))
        .isEqualTo(200);
  }

  @Test
  void aCertificateInAHeaderIsOnlyText() throws Exception {
    String pem = Files.readString(SignInProfile.ALICE.pem());
    String der = Base64.getEncoder().encodeToString(SignInProfile.ALICE.certificate().getEncoded());
    String subject = "CN=alice,O=example";
    String[] headers = {
      "X-SSL-Client-Cert",
      URLEncoder.encode(pem, StandardCharsets.UTF_8),
      "X-Forwarded-Client-Cert",
      "Subject=\"" + subject + "\"",
      "X-Forwarded-Tls-Client-Cert",
      der,
      "Client-Cert",
      ":" + der + ":",
      "X-SSL-Client-S-DN",
      subject,
      "X-Client-Verify",
      "SUCCESS",
      "X-Forwarded-User",
      "alice",
    };

    assertThat(call(HttpClient.newHttpClient(), plain, "GET", REPORT, headers)).isEqualTo(401);
    assertThat(get(null, REPORT, headers)).isEqualTo(401);
  }

  private static String basic(String password) {
    byte[] pair = (TestSecrets.REVIEWER + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private int halt(TestCertificate shown) throws Exception {
    try (HttpClient client = client(shown)) {
      return call(client, secure(), "POST", "/operations/halt", "Content-Type", "application/json");
    }
  }

  private int get(@Nullable TestCertificate shown, String path, String... headers)
      throws Exception {
    try (HttpClient client = client(shown)) {
      return call(client, secure(), "GET", path, headers);
    }
  }

  private static int call(
      HttpClient client, URI service, String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path))
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private static HttpClient client(@Nullable TestCertificate shown) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(TestCertificate.client(shown))
        .build();
  }

  private void write(List<String> lines) throws IOException {
    // In one step: half a file would be read as if the others were gone.
    Path beside = Files.write(users.resolveSibling("users.new"), lines);
    Files.move(beside, users, StandardCopyOption.ATOMIC_MOVE);
  }
}
