package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TwoAccountsProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kraken takes an order and does not answer: that must not hold up a person who halts. */
@QuarkusTest
@TestProfile(TwoAccountsProfile.class)
class HangingOrderTest extends RunningService {
  private static final Duration MOST = Duration.ofMinutes(2);

  @AfterEach
  void tradingGoesOn() {
    exchange().faults().clear();
    operator().post("/operations/resume", Map.of("reason", "the test is over"));
  }

  @Test
  void aHaltIsAnsweredWhileTheCallStillHangsAndTheOrderIsFollowedAllTheSame() {
    // Given
    filled();
    int before = exchange().acceptedAddOrders();
    String hanging = takenAndNotAnswered(before);

    // When
    Answer halt =
        operator().post("/operations/halt", Map.of("scope", "ALL", "reason", "a test halts"));

    // Then
    assertThat(halt.status()).as(halt.body()).isEqualTo(200);
    assertThat(halt.json().path("accounts").toString())
        .isEqualTo("{\"left\":\"halted: ALL\",\"right\":\"halted: ALL\"}");
    assertThat(report().row(hanging).path("outcome").textValue())
        .as("the service still waits for the answer, which it does for %s", readTimeout())
        .isEqualTo("PENDING");
    String later = accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));
    report().awaitOutcome(later, "HALTED");
    report().awaitOutcome(hanging, "FILLED", MOST);
    assertThat(exchange().acceptedAddOrders()).isEqualTo(before + 1);
  }

  /** Tried again where a slow machine had no price in time, which refuses a signal rightly. */
  private String takenAndNotAnswered(int before) {
    for (int attempt = 0; attempt < 6; attempt++) {
      // For each: an order whose deadline was over when it came met the silence all the same.
      exchange().faults().clear();
      exchange().faults().next("AddOrder", 1, Fault.of(Fault.Kind.ACCEPT_THEN_SILENCE));
      String signalId = accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));
      await()
          .atMost(MOST)
          .until(
              () ->
                  exchange().acceptedAddOrders() > before
                      || !report()
                          .row(signalId)
                          .path("outcome")
                          .asText("PENDING")
                          .equals("PENDING"));
      if (exchange().acceptedAddOrders() > before) {
        assertThat(exchange().acceptedAddOrders()).isEqualTo(before + 1);
        return signalId;
      }
    }
    throw new AssertionError("no order was sent in six attempts");
  }

  private static String readTimeout() {
    return TwoAccountsProfile.READ_TIMEOUT;
  }
}
