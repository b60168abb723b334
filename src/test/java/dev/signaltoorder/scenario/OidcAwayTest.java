package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import dev.signaltoorder.testing.TokenIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service starts while the issuer of tokens cannot be reached. */
@QuarkusTest
@TestProfile(OidcAwayTest.Away.class)
class OidcAwayTest extends RunningService {
  private static final TokenIssuer ISSUER = new TokenIssuer();

  /** An issuer that is not there yet. */
  public static class Away extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      ISSUER.stop();
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("signal-to-order.oidc.issuer", ISSUER.address());
      settings.put("signal-to-order.oidc.audience", TokenIssuer.AUDIENCE);
      settings.put("signal-to-order.oidc.role-claim", "access/groups");
      settings.put("signal-to-order.metrics-sign-in", "true");
      return settings;
    }
  }

  @Test
  void tokensAreJudgedAsSoonAsItIsThereAndEverybodyElseSignsInMeanwhile() throws Exception {
    String token = ISSUER.token("early", "reviewer");

    Answer early = program(token).get("/audit/report");

    assertThat(early.status()).as(early.body()).isEqualTo(503);
    assertThat(early.body()).contains("sign-in-unavailable").doesNotContain(token);
    assertThat(reviewer().get("/audit/report").status()).isEqualTo(200);
    assertThat(atManagementPort().get("/q/health/ready").status()).isEqualTo(200);
    String scraping = ISSUER.token("scraper", "metrics");
    assertThat(scrape(scraping)).isEqualTo(503);
    assertThat(atManagementPort(TestSecrets.METRICS).get("/q/metrics").status()).isEqualTo(200);

    ISSUER.start();

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> program(token).get("/audit/report").status() == 200);
    assertThat(scrape(scraping)).isEqualTo(200);
    assertThat(scrape(token)).isEqualTo(403);
  }

  private int scrape(String token) {
    return programAtManagementPort(token).get("/q/metrics").status();
  }
}
