package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.SignInProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics behind a sign-in, where the settings ask for it. */
@QuarkusTest
@TestProfile(SignInProfile.class)
class MetricsSignInTest extends RunningService {
  private static final String METRICS = "/q/metrics";

  @Test
  void onlyTheRoleMetricsReadsMetrics() {
    assertThat(atManagementPort().get(METRICS).status()).isEqualTo(401);
    assertThat(atManagementPort().get(METRICS).header("WWW-Authenticate")).contains("Basic");
    assertThat(atManagementPort(TestSecrets.REVIEWER).get(METRICS).status()).isEqualTo(403);
    assertThat(atManagementPort(TestSecrets.OPERATOR).get(METRICS).status()).isEqualTo(403);
    assertThat(atManagementPort("nobody").get(METRICS).status()).isEqualTo(401);
    assertThat(atManagementPort(TestSecrets.METRICS).get(METRICS).body())
        .contains("signal_to_order_sign_ins_total");
  }

  @Test
  void aTokenOfTheUsersFileIsGoodBesideAnIssuer() throws Exception {
    Path users = ServiceResource.usersFile();
    List<String> before = Files.readAllLines(users);
    String scraper = "a-token-of-the-scraper-" + UUID.randomUUID();
    String robot = "a-token-of-the-robot-" + UUID.randomUUID();
    write(
        users,
        Stream.concat(
                before.stream(),
                Stream.of(
                    "scraper:token-sha256$" + digest(scraper) + ":metrics",
                    "robot:token-sha256$" + digest(robot) + ":reviewer"))
            .toList());
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> programAtManagementPort(scraper).get(METRICS).status() == 200);
      assertThat(programAtManagementPort(robot).get(METRICS).status()).isEqualTo(403);
      assertThat(programAtManagementPort(scraper + "x").get(METRICS).status()).isEqualTo(401);
      assertThat(program(scraper).get("/audit/report").status()).isEqualTo(403);
    } finally {
      write(users, before);
    }
  }

  private static String digest(String token) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  /** In one step, so that nobody reads half of it. */
  private static void write(Path users, List<String> lines) throws IOException {
    Path next = users.resolveSibling("users.next");
    Files.write(next, lines);
    Files.move(next, users, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void healthAndTheDescriptionStayOpen() {
    assertThat(atManagementPort().get("/q/health/ready").status()).isEqualTo(200);
    assertThat(atManagementPort().get("/q/health/live").status()).isEqualTo(200);
    assertThat(atManagementPort().get("/q/openapi").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q/metrics/",
        "/q//metrics",
        "/q/health/%2e%2e/metrics",
        "/q/health/%2E%2E/metrics",
        "/q/./metrics",
        "/q/metrics;x=1",
        "/q/%6detrics",
        "/q/healthx",
      })
  void noOtherWayToWriteThePathOpensThem(String path) {
    assertThat(atManagementPort().get(path).status()).isIn(401, 404);
  }
}
