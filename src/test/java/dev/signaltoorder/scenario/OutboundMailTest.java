package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.testing.MailServer;
import dev.signaltoorder.testing.ReceiverResource;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import dev.signaltoorder.testing.WebsocketProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people are told by mail, over TLS, by a server that wants a password. */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class OutboundMailTest extends RunningService {

  @Test
  void aHaltIsToldByMail() {
    String reason = "drill " + UUID.randomUUID();
    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", reason));
    operator().post("/operations/resume", Map.of("reason", "over"));

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(MailServer.to("operator@example.com"))
                    .anyMatch(mail -> mail.content().contains(reason)));
    PaperAccount account = accountAtExchange(RoomyProfile.ACCOUNT);
    assertThat(MailServer.to("operator@example.com"))
        .allSatisfy(
            mail ->
                assertThat(mail.from() + mail.content())
                    .contains("signal-to-order@example.com", "Subject: signal-to-order: ")
                    .doesNotContain(account.apiKey(), account.apiSecret())
                    .doesNotContain(ReceiverResource.SECRET, ReceiverResource.SLACK_TOKEN)
                    .doesNotContain(MailServer.PASSWORD)
                    .doesNotContain(TestSecrets.canaries()));
  }
}
