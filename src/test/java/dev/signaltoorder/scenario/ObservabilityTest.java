package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.TestSecrets;
import dev.signaltoorder.testing.TraceCollector;
import dev.signaltoorder.testing.TraceCollector.Span;
import dev.signaltoorder.testing.WebsocketProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody who watches the service from outside can see. */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class ObservabilityTest extends RunningService {
  private static final Path METRICS = Path.of("deploy", "monitoring", "metrics.txt");
  private static final Duration LONG = Duration.ofMinutes(2);

  @BeforeEach
  void serving() {
    await()
        .atMost(LONG)
        .until(() -> operator().get("/operations/status").body().contains("\"ACTIVE\""));
  }

  @Test
  void everyMetricThatTheDocumentationNamesIsThere() throws IOException {
    filled();
    List<String> named =
        Files.readAllLines(METRICS).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            // Only with TLS at the service: CertificateRotationTest finds them.
            .filter(line -> !line.startsWith("signal_to_order_certificate_"))
            .toList();
    assertThat(named).hasSizeGreaterThan(40).doesNotHaveDuplicates();

    // Some are registered by what happens a moment after the answer.
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              List<String> present = sampleNames(atManagementPort().get("/q/metrics").body());
              assertThat(present).containsAll(named);
            });
  }

  @Test
  void everyAnswerToADeliveryIsCountedFromTheStart() {
    String metrics = atManagementPort().get("/q/metrics").body();

    for (String source : List.of("demo", "unknown")) {
      assertThat(metrics.lines())
          .filteredOn(line -> line.startsWith("signal_to_order_deliveries_total{"))
          .filteredOn(line -> line.contains("source=\"" + source + "\""))
          .as(source)
          .hasSize(9);
    }
  }

  private static List<String> sampleNames(String exposition) {
    return exposition
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .distinct()
        .toList();
  }

  @Test
  void aSignalsWayIsOneTraceFromTheWebhookOverTheDecisionToKraken() {
    List<String> signatures = new ArrayList<>();
    String signalId = delivered("FILLED", () -> signed(signatures));

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(TraceCollector.spansOf(signalId))
                    .extracting(Span::name)
                    .contains("decide", "kraken add-order")
                    .anyMatch(name -> name.contains("/webhooks/{source}")));
    List<Span> spans = TraceCollector.spansOf(signalId);
    assertThat(spans).extracting(Span::traceId).containsOnly(spans.getFirst().traceId());
    assertThat(TraceCollector.bytes())
        .contains("decide")
        .doesNotContain(accountAtExchange(RoomyProfile.ACCOUNT).apiKey())
        .doesNotContain(accountAtExchange(RoomyProfile.ACCOUNT).apiSecret())
        .doesNotContain(signatures)
        .doesNotContain(TestSecrets.canaries());
  }

  private Answer signed(List<String> signatures) {
    String id = Sender.freshId();
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    byte[] body = Payload.limit("BUY", freshStrategy(), ASK, "0.001").bytes();
    String signature = Sender.hmac(TestSecrets.DEMO, id, timestamp, body);
    signatures.add(signature.substring("v1,".length()));
    return demo().post(id, timestamp, signature, body);
  }
}
