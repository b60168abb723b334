package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.SignInProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
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
