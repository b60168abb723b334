package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The ways in: tokens of senders that cannot sign, and each kind of signature. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class WaysInTest extends RunningService {

  @Test
  void tradingViewsAlertIsTradedAndItsTokenIsNowhere() throws Exception {
    String strategy = freshStrategy();
    try (LogWatch log = LogWatch.start()) {
      AtomicReference<byte[]> alert = new AtomicReference<>();

      String signalId =
          delivered(
              "FILLED",
              () -> {
                alert.set(alert(strategy, "buy", "BINANCE:BTCUSDT", TestSecrets.BODY_TOKEN));
                return sender(ServiceResource.TRADINGVIEW).postBare(alert.get());
              });
      Answer again = sender(ServiceResource.TRADINGVIEW).postBare(alert.get());

      JsonNode row = report().row(signalId);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.signalId()).isEqualTo(signalId);
      assertThat(row.path("pair").textValue()).isEqualTo("BTC/USD");
      assertThat(row.path("action").textValue()).isEqualTo("BUY");
      assertThat(row.path("volume").decimalValue()).isNotNull();
      assertThat(ordersAtExchange(signalId))
          .singleElement()
          .satisfies(order -> assertThat(order.volumeExecuted()).isEqualByComparingTo("0.002"));
      String story = report().story(signalId).toString();
      assertThat(story).contains("\\\"token\\\": \\\"***\\\"");
      assertThat(story).doesNotContain(TestSecrets.BODY_TOKEN);
      assertThat(reviewer().get("/audit/signals/" + signalId, "text/html").body())
          .doesNotContain(TestSecrets.BODY_TOKEN);
      assertThat(Journal.everything()).contains(strategy).doesNotContain(TestSecrets.BODY_TOKEN);
      assertThat(log.text()).doesNotContain(TestSecrets.BODY_TOKEN);
    }
  }

  @Test
  void anInvalidAlertWithTheTokenInAWrongPlaceHidesItToo() {
    String alert =
        "{\"token\":\"%s\",\"strategy\":\"%s\",\"action\":\"%s\"}"
            .formatted(TestSecrets.BODY_TOKEN, "has " + TestSecrets.BODY_TOKEN, "hold");

    Answer answer =
        sender(ServiceResource.TRADINGVIEW).postBare(alert.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).doesNotContain(TestSecrets.BODY_TOKEN);
    assertThat(report().story(answer.signalId()).toString())
        .contains("***")
        .doesNotContain(TestSecrets.BODY_TOKEN);
  }

  @Test
  void aTokenInThePathLetsInAndIsNowhere() {
    String strategy = freshStrategy();
    Supplier<byte[]> body = () -> Payload.limit("BUY", strategy, ASK, "0.001").flat();
    try (LogWatch log = LogWatch.start()) {

      Answer wrong = sender(ServiceResource.PATH + "/" + "0".repeat(64)).postBare(body.get());
      delivered(
          "FILLED",
          () -> sender(ServiceResource.PATH + "/" + TestSecrets.PATH_TOKEN).postBare(body.get()));

      assertThat(wrong.status()).isEqualTo(401);
      assertThat(Journal.everything()).contains(strategy).doesNotContain(TestSecrets.PATH_TOKEN);
      assertThat(log.text()).doesNotContain(TestSecrets.PATH_TOKEN);
    }
  }

  @Test
  void theFlatMappingIsTraded() {
    delivered(
        "FILLED",
        () ->
            sender(ServiceResource.FLAT)
                .send(
                    Sender.freshId(),
                    Payload.of("BUY", freshStrategy()).size("QUOTE", "100").flat()));
  }

  @Test
  void whatThePublishedLibrarySignsIsTaken() throws Exception {
    byte[] body = Payload.of("CANCEL", freshStrategy()).bytes();
    String id = Sender.freshId();
    long now = Instant.now().getEpochSecond();
    String signature =
        new Webhook(TestSecrets.DEMO).sign(id, now, new String(body, StandardCharsets.UTF_8));

    Answer answer = demo().post(id, Long.toString(now), signature, body);

    report().awaitOutcome(accepted(answer), "DONE");
  }

  @Test
  void anEd25519SignatureIsTakenAndAForgedOneIsNot() {
    byte[] body = Payload.of("CANCEL", freshStrategy()).bytes();
    byte[] other = Payload.of("BUY", freshStrategy()).bytes();
    String id = Sender.freshId();
    String now = Long.toString(Instant.now().getEpochSecond());
    String signature = Sender.ed25519(TestSecrets.ed25519PrivateKey(), id, now, body);

    Answer forged = demo().post(id, now, signature, other);
    Answer good = demo().post(id, now, signature, body);

    assertThat(forged.status()).isEqualTo(401);
    report().awaitOutcome(accepted(good), "DONE");
  }

  @Test
  void bothSecretsCountWhileTheyAreBeingChanged() {
    byte[] body = Payload.of("CANCEL", freshStrategy()).bytes();
    String id = Sender.freshId();
    String now = Long.toString(Instant.now().getEpochSecond());
    String both =
        Sender.hmac(TestSecrets.STRANGER, id, now, body)
            + " "
            + Sender.hmac(TestSecrets.DEMO_NEXT, id, now, body);

    Answer answer = demo().post(id, now, both, body);

    report().awaitOutcome(accepted(answer), "DONE");
  }

  private static byte[] alert(String strategy, String action, String ticker, String token) {
    return """
        { "token": "%s", "strategy": "%s", "ticker": "%s", "action": "%s", "contracts": "0.002",
          "time": "%s", "interval": "60", "comment": "Long" }
        """
        .formatted(token, strategy, ticker, action, Instant.now())
        .getBytes(StandardCharsets.UTF_8);
  }
}
