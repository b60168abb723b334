package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.WebsocketProfile;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people are told by mail; the mailbox is inside the service, unlike the other receivers. */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class OutboundMailTest extends RunningService {
  @Inject MockMailbox mailbox;

  @Test
  void aHaltIsToldByMail() {
    String reason = "drill " + UUID.randomUUID();
    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", reason));
    operator().post("/operations/resume", Map.of("reason", "over"));

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(mailbox.getMailsSentTo("operator@example.com"))
                    .anyMatch(mail -> mail.getText().contains(reason)));
  }
}
