package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Spans;
import dev.signaltoorder.testing.WebsocketProfile;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
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
    Spans.forget();
    String signalId = filled();

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(Spans.of(signalId))
                    .extracting(SpanData::getName)
                    .contains("decide", "kraken add-order")
                    .anyMatch(name -> name.contains("/webhooks/{source}")));
    List<SpanData> spans = Spans.of(signalId);
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.getFirst().getTraceId());
    assertThat(spans.toString())
        .doesNotContain(accountAtExchange(RoomyProfile.ACCOUNT).apiKey())
        .doesNotContain(accountAtExchange(RoomyProfile.ACCOUNT).apiSecret());
  }

  @Test
  void logLinesCanBeJsonWhateverTheyHold() throws Exception {
    String strategy = freshStrategy();
    try (JsonLog log = new JsonLog()) {
      Logger.getLogger("dev.signaltoorder.test").warning("a \"quoted\"\nline " + strategy);

      for (String line : log.lines()) {
        assertThat(line.strip()).doesNotContain("\n");
        assertThat(new ObjectMapper().readTree(line).path("message").isTextual()).isTrue();
      }
      assertThat(log.lines()).anyMatch(line -> line.contains(strategy));
    }
  }

  @Test
  void aLogLineAboutADeliverysDecisionNamesItsSignal() {
    RulesInForce rules = rulesInForce();
    String strategy = freshStrategy();
    List<String> signalIds = new ArrayList<>();
    try (JsonLog log = new JsonLog()) {
      // Then the second or third of a kind halts, and a halt alarms.
      rules.set("repeated-execution", "count", "1");
      for (int i = 0; i < 3; i++) {
        signalIds.add(accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001"))));
      }

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .filteredOn(line -> line.contains("ALARM: the rule repeated-execution"))
                      .isNotEmpty()
                      .allSatisfy(line -> assertThat(signalIds).contains(signalIdOf(line))));
    } finally {
      rules.restore();
      operator().post("/operations/resume", Map.of("reason", "the test is over"));
    }
  }

  private static String signalIdOf(String line) throws JsonProcessingException {
    return new ObjectMapper().readTree(line).path("mdc").path("signalId").asText();
  }

  /** The log as it is with quarkus.log.console.json.enabled=true. */
  private static final class JsonLog extends ExtHandler implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    JsonLog() {
      setFormatter(new JsonFormatter());
      Logger.getLogger("").addHandler(this);
    }

    List<String> lines() {
      return List.copyOf(lines);
    }

    @Override
    protected void doPublish(ExtLogRecord entry) {
      lines.add(getFormatter().format(entry));
    }

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
    }
  }
}
