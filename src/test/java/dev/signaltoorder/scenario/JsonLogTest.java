package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.WebsocketProfile;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** The log as lines of JSON; of the packaged program: {@link PackagedJsonLogIT}. */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class JsonLogTest extends RunningService {
  private static final Duration LONG = Duration.ofMinutes(2);

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
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                // As many as it takes: what a slow machine comes to too late does not count.
                signalIds.add(accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001"))));
                assertThat(log.lines())
                    .filteredOn(line -> line.contains("ALARM: the rule repeated-execution"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(signalIds).contains(signalIdOf(line)));
              });
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
