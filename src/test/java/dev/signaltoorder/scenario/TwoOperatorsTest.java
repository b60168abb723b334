package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** After a halt, trading goes on when two operators want it. */
@QuarkusTest
@TestProfile(TwoOperatorsTest.Two.class)
class TwoOperatorsTest extends RunningService {
  private static final String RESUME = "/operations/resume";
  private static final String STATUS = "/operations/status";

  /** Resuming and arming need two. */
  public static class Two extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("signal-to-order.operations.second-operator", "resume,arm");
      return settings;
    }
  }

  @Test
  void oneOperatorHaltsAndTwoResume() {
    Map<String, String> halt = Map.of("scope", "ALL", "reason", "smoke");
    assertThat(operator().post("/operations/halt", halt).status()).isEqualTo(200);

    Answer first = operator().post(RESUME, Map.of("reason", "no fire <b>found</b>"));

    assertThat(first.status()).as(first.body()).isEqualTo(202);
    assertThat(first.body()).contains("waits for a second operator until ");
    assertThat(operator().post(RESUME, Map.of("reason", "really")).status()).isEqualTo(202);
    assertThat(reviewer().post(RESUME, Map.of("reason", "me too")).status()).isEqualTo(403);
    assertThat(reviewer().get(STATUS).body())
        .contains("\"HALTED\"", "\"waitingActs\":[{\"act\":\"RESUME\"");
    assertThat(operator().get("/console/operations", "text/html").body())
        .contains(TestSecrets.OPERATOR + " wants to resume", "Another operator has to do the same")
        .doesNotContain("<b>found</b>");

    Answer second = secondOperator().post(RESUME, Map.of("reason", "I looked as well"));

    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.body()).contains("resumed");
    assertThat(reviewer().get(STATUS).body()).contains("\"ACTIVE\"", "\"waitingActs\":[]");
    // The export goes as far as the log of the journal, which follows a moment later.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(reviewer().get("/audit/export").body())
                    .contains("act-proposed", "act-confirmed", "proposedBy"));
  }
}
