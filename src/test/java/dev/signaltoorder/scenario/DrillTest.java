package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator makes the simulated exchange go wrong, and it is on record. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class DrillTest extends RunningService {

  @AfterEach
  void everythingGoesWellAgain() {
    operator().call("POST", "/paper/faults", "{\"action\":\"clear\"}");
  }

  @Test
  void aFaultIsSwitchedOnShownRecordedAndCleared() {
    Answer set =
        operator()
            .call(
                "POST",
                "/paper/faults",
                """
                {"action":"call","endpoint":"TradeVolume","kind":"UNAVAILABLE","times":2}""");

    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(set.json().path("calls").path("TradeVolume").asText())
        // One where the service has just asked for its fees.
        .matches("UNAVAILABLE, next [12]");
    assertThat(Journal.everything())
        .contains("drill-set", "call endpoint=TradeVolume kind=UNAVAILABLE times=2");
    Answer cleared = operator().call("POST", "/paper/faults", "{\"action\":\"clear\"}");
    assertThat(cleared.json().path("calls").isEmpty()).isTrue();
  }

  @Test
  void statusAndPriceOfAPairCanBeSet() {
    Answer status =
        operator()
            .call(
                "POST",
                "/paper/faults",
                "{\"action\":\"pair-status\",\"pair\":\"SOL/USD\",\"status\":\"cancel_only\"}");
    assertThat(status.json().path("statuses").path("SOL/USD").asText()).isEqualTo("cancel_only");
    operator()
        .call(
            "POST",
            "/paper/faults",
            "{\"action\":\"pair-status\",\"pair\":\"SOL/USD\",\"status\":\"online\"}");
    Answer price =
        operator()
            .call(
                "POST",
                "/paper/faults",
                "{\"action\":\"price\",\"pair\":\"SOL/USD\",\"bid\":\"90.00\",\"ask\":\"90.01\"}");
    assertThat(price.status()).isEqualTo(200);
  }

  @Test
  void aKrakenThatIsAwayIsShownAndTheServiceStaysReady() {
    exchange().faults().always("*", Fault.of(Fault.Kind.UNAVAILABLE));

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001"));
              assertThat(operator().get("/operations/status").body())
                  .contains("\"breaker\":\"OPEN\"");
            });
    assertThat(atManagementPort().get("/q/health/ready").status()).isEqualTo(200);
    assertThat(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")).status())
        .isEqualTo(202);
  }

  @Test
  void everythingThatIsWrongIsNamedAndNothingIsDone() {
    Answer refused =
        operator()
            .call(
                "POST",
                "/paper/faults",
                """
                {"action":"price","pair":"ABC/XYZ","bid":5,"ask":"1","times":-1,"colour":"red"}""");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsText("field"))
        .contains("/pair", "/bid", "/colour");
  }

  @Test
  void aReviewerSetsNoFaults() {
    assertThat(reviewer().call("POST", "/paper/faults", "{\"action\":\"clear\"}").status())
        .isEqualTo(403);
    assertThat(reviewer().get("/paper/faults").status()).isEqualTo(403);
  }
}
