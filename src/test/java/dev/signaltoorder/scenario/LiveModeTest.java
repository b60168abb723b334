package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.LiveProfile;
import dev.signaltoorder.testing.OutsideExchange;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Live mode: nothing is traded before an operator armed the account, nor ever with a key that could
 * withdraw.
 */
@QuarkusTest
@TestProfile(LiveProfile.class)
class LiveModeTest extends RunningService {

  @BeforeEach
  void keysAreChecked() {
    operator().post("/operations/disarm", Map.of("account", "real"));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(operator().get("/operations/status").body())
                    .doesNotContain("has not been checked yet"));
  }

  @Test
  void nothingIsTradedBeforeTheAccountIsArmed() {
    int before = OutsideExchange.exchange().orders().size();

    String signalId = accepted(demo().send(Payload.of("BUY", freshStrategy())));

    assertThat(report().awaitOutcome(signalId, "HALTED").path("reasons").toString())
        .contains("trading-state");
    assertThat(OutsideExchange.exchange().orders()).hasSize(before);
  }

  @Test
  void armingTakesTheAccountsNameTwice() {
    Answer answer = operator().post("/operations/arm", Map.of("account", "real", "confirm", "yes"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("/confirm", "real");
    assertThat(operator().get("/operations/status").body()).contains("no operator has armed");
  }

  @Test
  void anArmedAccountTradesUntilItIsDisarmed() {
    Answer armed = operator().post("/operations/arm", Map.of("account", "real", "confirm", "real"));
    assertThat(armed.status()).as(armed.body()).isEqualTo(200);

    String traded = ended("FILLED", () -> Payload.of("BUY", freshStrategy()));

    String clientOrderId =
        report()
            .story(traded)
            .path("summary")
            .path("intents")
            .findValuesAsText("clientOrderId")
            .getFirst();
    assertThat(OutsideExchange.exchange().orders())
        .filteredOn(order -> clientOrderId.equals(order.clientOrderId()))
        .hasSize(1);
    operator().post("/operations/disarm", Map.of("account", "real"));
    String later = accepted(demo().send(Payload.of("BUY", freshStrategy())));
    report().awaitOutcome(later, "HALTED");
  }

  @Test
  void aKeyThatMayWithdrawIsNeverTradedWith() {
    Answer answer =
        operator().post("/operations/arm", Map.of("account", "leaky", "confirm", "leaky"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("withdraw");
    String signalId =
        accepted(
            sender(ServiceResource.FLAT)
                .send(Sender.freshId(), Payload.of("BUY", freshStrategy()).flat()));
    report().awaitOutcome(signalId, "HALTED");
  }
}
