package dev.signaltoorder.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told what, as somebody configured it. */
class OutboundSettingsTest {
  @TempDir Path folder;

  private OutboundSettings read(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(OutboundConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    return OutboundSettings.read(config.getConfigMapping(OutboundConfig.class));
  }

  @Test
  void everyWrongValueIsNamedWithWhatIsAllowed() {
    OutboundSettings settings =
        read(
            Map.of(
                "signal-to-order.notifications.a.type", "pigeon",
                "signal-to-order.notifications.b.type", "slack",
                "signal-to-order.notifications.c.type", "email",
                "signal-to-order.notifications.c.to", "a@b, c@d",
                "signal-to-order.notifications.c.events", "halt,nonsense",
                "signal-to-order.feed.d.url", "http://example.com/x?token=CANARY",
                "signal-to-order.feed.d.secret-file", folder.resolve("none").toString(),
                "signal-to-order.feed.d.fields", "price"));

    assertThat(settings.problems())
        .extracting(ConfigurationProblem::name)
        .contains(
            "signal-to-order.notifications.a.type",
            "signal-to-order.notifications.b.url-file",
            "signal-to-order.notifications.c.to",
            "signal-to-order.notifications.c.events",
            "signal-to-order.feed.d.url",
            "signal-to-order.feed.d.secret-file",
            "signal-to-order.feed.d.fields");
    assertThat(settings.problems())
        .allSatisfy(problem -> assertThat(problem.line()).doesNotContain("CANARY"));
  }

  @Test
  void whatIsRightHasNoProblem() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "whsec_x");

    OutboundSettings settings =
        read(
            Map.of(
                "signal-to-order.notifications.ops.type", "telegram",
                "signal-to-order.notifications.ops.chat-id", "-100123",
                "signal-to-order.notifications.ops.token-file", secret.toString(),
                "signal-to-order.feed.voc.url", "https://example.com/in",
                "signal-to-order.feed.voc.secret-file", secret.toString(),
                "signal-to-order.feed.voc.events", "order.ended, signal.decided"));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.outlets())
        .extracting(OutboundSettings.Described::name)
        .containsExactlyInAnyOrder("notifications.ops", "feed.voc");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/a, true",
    "http://127.0.0.1:8080/a, true",
    "http://example.com/a, false",
    "https://user:pass@example.com/a, false",
    "ftp://example.com, false",
    "file:///etc/passwd, false",
    "nonsense, false",
  })
  void onlySafeAddressesArePostedTo(String address, boolean allowed) {
    assertThat(OutboundSettings.address(address).isPresent()).isEqualTo(allowed);
  }

  @Test
  void theFeedIsTriedAgainAsTheSampleScheduleSays() {
    Duration elapsed = Duration.ZERO;
    for (int failure = 1; failure <= 7; failure++) {
      elapsed = elapsed.plus(Pauses.FEED.after(failure, 0));
    }

    // 5 s, 5 m 5 s, 35 m, 2 h 35, 7 h 35, 17 h 35, 31 h 35.
    assertThat(elapsed).isEqualTo(Duration.ofHours(31).plusMinutes(35).plusSeconds(5));
    assertThat(Pauses.FEED.after(100, 0)).isEqualTo(Duration.ofHours(24));
    assertThat(Pauses.FEED.after(1, 0.999)).isLessThan(Duration.ofMillis(6_001));
  }
}
