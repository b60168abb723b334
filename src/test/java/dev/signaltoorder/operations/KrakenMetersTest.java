package dev.signaltoorder.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KrakenMetersTest {
  private static final String ERRORS = "signal.to.order.kraken.errors";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KrakenMeters meters = new KrakenMeters(registry);

  @Test
  void whatOnlyAPersonCanMendBeginsAtZero() {
    meters.known("main");

    assertThat(registry.get(ERRORS).counters())
        .hasSizeGreaterThan(8)
        .allMatch(counter -> counter.count() == 0)
        .extracting(counter -> counter.getId().getTag("action"))
        .containsOnly("CALL_OPERATOR", "STOP_CALLING");
    assertThat(error("EGeneral:Temporary lockout")).isZero();
    assertThat(registry.get("signal.to.order.kraken.nonce.errors").counter().count()).isZero();
  }

  @Test
  void itIsCountedInTheSeriesThatWasThere() {
    meters.known("main");
    int before = registry.getMeters().size();

    called("AddOrder", "EOrder:Trading agreement required");

    assertThat(error("EOrder:Trading agreement required")).isEqualTo(1);
    assertThat(registry.getMeters()).as("the timer of calls is new").hasSize(before + 1);
  }

  @Test
  void whatTheKeyCheckWantsToHearIsNoError() {
    meters.known("main");

    called("WithdrawMethods", "EGeneral:Permission denied");
    called("GetApiKeyInfo", "EAPI:Feature disabled");
    assertThat(error("EGeneral:Permission denied")).isZero();
    assertThat(error("EAPI:Feature disabled")).isZero();

    called("Balance", "EGeneral:Permission denied");
    called("GetApiKeyInfo", "EAPI:Invalid key");
    assertThat(error("EGeneral:Permission denied")).isEqualTo(1);
    assertThat(error("EAPI:Invalid key")).isEqualTo(1);
  }

  private void called(String endpoint, String error) {
    byte[] body = ("{\"error\":[\"" + error + "\"]}").getBytes(UTF_8);
    meters
        .observerOf("main")
        .accept(
            new CallRecord(
                UUID.randomUUID(),
                "/0/private/" + endpoint,
                "",
                1L,
                "fingerprint",
                Instant.EPOCH,
                Instant.EPOCH,
                "https://api.kraken.com",
                new CallOutcome.Reply(200, body, true)));
  }

  private double error(String text) {
    return registry.get(ERRORS).tag("error", text).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
