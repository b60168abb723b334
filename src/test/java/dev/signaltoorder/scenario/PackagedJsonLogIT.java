package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.PackagedProcess;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.PostgresResource;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.TestSecrets;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link JsonLogTest} against the packaged program: whatever it writes from its start to its end,
 * with the setting that the documentation names, is JSON, a line each. In paper mode.
 */
@Tag("packaged")
class PackagedJsonLogIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String SOURCE = "demo";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void everyLineFromStartToEndIsJsonAndOneAboutADecisionNamesItsSignal() throws Exception {
    List<String> signalIds = new ArrayList<>();
    List<String> lines;
    try (PackagedProcess program = PackagedProcess.start(folder, settings())) {
      await().atMost(LONG).until(() -> isReady(program));
      // The second or third of a kind halts, and a halt alarms: as many as it takes.
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                signalIds.add(accepted(program));
                return program.output().stream().anyMatch(line -> line.contains("ALARM: the rule"));
              });
      program.stop(LONG);
      lines = program.output();
    }

    List<JsonNode> said = new ArrayList<>();
    for (String line : lines) {
      said.add(JSON.readTree(line));
    }
    assertThat(said)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            line -> {
              assertThat(line.path("message").isTextual()).as(line.toString()).isTrue();
              assertThat(line.path("level").isTextual()).as(line.toString()).isTrue();
            });
    assertThat(said)
        .filteredOn(line -> line.path("message").asText().startsWith("ALARM: the rule repeated-"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.path("mdc").path("signalId").asText()).isIn(signalIds));
    assertThat(String.join("\n", lines)).doesNotContain(TestSecrets.canaries());
  }

  private Map<String, String> settings() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(PostgresResource.settings());
    new RoomyProfile()
        .getConfigOverrides()
        .forEach(
            (name, value) -> {
              if (name.startsWith("signal-to-order.rules.")) {
                settings.put(name, value);
              }
            });
    settings.put("signal-to-order.rules.override.repeated-execution.count", "1");
    settings.put("signal-to-order.accounts.json-log.tier", "pro");
    settings.put("signal-to-order.paper.port", "0");
    settings.put("signal-to-order.paper.prices", "walk");
    settings.put("signal-to-order.sources." + SOURCE + ".auth", "standard-webhooks");
    settings.put(
        "signal-to-order.sources." + SOURCE + ".secrets-file",
        Files.writeString(folder.resolve("secret"), TestSecrets.DEMO).toString());
    settings.put("quarkus.log.console.json.enabled", "true");
    return settings;
  }

  private static boolean isReady(PackagedProcess program) {
    assertThat(program.runs()).isTrue();
    try {
      return program.atManagementPort().get("/q/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      // It does not listen yet.
      return false;
    }
  }

  private static String accepted(PackagedProcess program) {
    Payload order =
        Payload.of("BUY", "json-log").with("/data/orderType", "MARKET").size("BASE", "0.001");
    Answer answer = program.sender(SOURCE, TestSecrets.DEMO).send(order);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.signalId();
  }
}
