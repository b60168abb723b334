package dev.signaltoorder.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryMetersTest {
  private static final UUID ID = UUID.randomUUID();
  private static final List<WebhookAnswer> ALL =
      List.of(
          new WebhookAnswer.Accepted(ID),
          new WebhookAnswer.Duplicate(ID),
          new WebhookAnswer.Conflict(ID),
          new WebhookAnswer.Invalid(ID, List.of()),
          new WebhookAnswer.Refused(),
          new WebhookAnswer.TooLarge(),
          new WebhookAnswer.RateLimited(1),
          new WebhookAnswer.Unavailable(1));

  @TempDir private Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void everyAnswerToEverySourceAndToUnknownOnesBeginsAtZero() throws Exception {
    Path secrets = Files.writeString(folder.resolve("voc"), SourcesTest.SECRET);
    Sources sources =
        SourcesTest.sources(
            Map.of(
                "signal-to-order.sources.voc.auth",
                "standard-webhooks",
                "signal-to-order.sources.voc.secrets-file",
                secrets.toString()),
            Set.of("main"),
            Clock.systemUTC());
    assertThat(sources.problems()).isEmpty();
    DeliveryMeters deliveries = new DeliveryMeters(sources, meters);

    deliveries.register(new StartupEvent());

    assertThat(meters.getMeters()).hasSize(2 * DeliveryMeters.ANSWERS.size());
    for (String answer : DeliveryMeters.ANSWERS) {
      assertThat(count("voc", answer)).as(answer).isZero();
      assertThat(count("unknown", answer)).as(answer).isZero();
    }
    deliveries.count("voc", "refused");
    deliveries.count("a stranger's", DeliveryMeters.TOO_SLOW);
    assertThat(count("voc", "refused")).isEqualTo(1);
    assertThat(count("unknown", "too_slow")).isEqualTo(1);
    assertThat(meters.getMeters()).hasSize(2 * DeliveryMeters.ANSWERS.size());
  }

  @Test
  void noAnswerIsForgotten() {
    assertThat(ALL).hasSize(WebhookAnswer.class.getPermittedSubclasses().length);
    assertThat(DeliveryMeters.ANSWERS)
        .hasSize(ALL.size() + 1)
        .contains(DeliveryMeters.TOO_SLOW)
        .containsAll(ALL.stream().map(WebhookAnswer::label).toList());
  }

  private double count(String source, String answer) {
    return meters
        .get("signal.to.order.deliveries")
        .tags("source", source, "answer", answer)
        .counter()
        .count();
  }
}
