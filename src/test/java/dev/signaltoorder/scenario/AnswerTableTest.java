package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each row of the contract's table of answers, over real HTTP. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class AnswerTableTest extends RunningService {
  private static final Duration MOST_OFF = Duration.ofMinutes(5);

  /** A machine that stands still meanwhile makes a time in the future less so. */
  private static final int FURTHER_SECONDS = 60;

  private static final int SENT_AGAIN = 100;
  private static final int BODY_LIMIT = 64 * 1024;

  @Test
  void theSameDeliveryAgainIsADuplicateOfTheFirst() {
    String strategy = freshStrategy();
    String id = Sender.freshId();
    byte[] body = Payload.of("CANCEL", strategy).bytes();
    String first = accepted(demo().send(id, body));

    Answer again = demo().send(id, body);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("status").textValue()).isEqualTo("DUPLICATE");
    assertThat(again.signalId()).isEqualTo(first);
    // Taken while nobody led the account, it has a story, and a row, a moment later.
    assertThat(report().story(first).path("row").path("strategy").textValue()).isEqualTo(strategy);
    assertThat(report().rowsOf(strategy)).hasSize(1);
  }

  @Test
  void theSameDeliveryIdOfAnotherSourceIsAnotherDelivery() {
    String id = Sender.freshId();
    byte[] body = Payload.of("CANCEL", freshStrategy()).bytes();
    String first = accepted(demo().send(id, body));

    Answer other = sender(ServiceResource.OUTAGE).send(id, body);

    assertThat(accepted(other)).isNotEqualTo(first);
  }

  @Test
  void anotherBodyUnderAUsedDeliveryIdIsRefusedAndOnRecord() {
    String strategy = freshStrategy();
    String id = Sender.freshId();
    String first = accepted(demo().send(id, Payload.of("CANCEL", strategy).bytes()));

    Answer other = demo().send(id, Payload.limit("BUY", strategy, BID, "0.001").bytes());

    assertProblem(other, 422, "urn:signal-to-order:problem:delivery-id-reused");
    assertThat(other.signalId()).isEqualTo(first);
    // At once, unless nobody led the account then.
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(report().story(first).path("facts").findValuesAsText("kind"))
                    .contains("delivery-conflict"));
    assertThat(report().rowsOf(strategy)).hasSize(1);
  }

  @Test
  void whoIsNotAuthenticLearnsNothingAboutWhyAndIsOnRecordWithoutTheBody() {
    byte[] body = Payload.of("BUY", freshStrategy()).with("/data/reasoning", "unheard").bytes();
    Instant now = Instant.now();
    String timestamp = Long.toString(now.getEpochSecond());
    Map<String, Answer> answers = new TreeMap<>();
    Map<String, String> ids = new TreeMap<>();
    for (String cause :
        List.of(
            "UNKNOWN_SOURCE",
            "BAD_SIGNATURE",
            "STALE_TIMESTAMP",
            "BAD_TIMESTAMP",
            "BAD_DELIVERY_ID")) {
      ids.put(cause, Sender.freshId() + (cause.equals("BAD_DELIVERY_ID") ? ".x" : ""));
    }

    answers.put("UNKNOWN_SOURCE", sender("nobody").send(ids.get("UNKNOWN_SOURCE"), body));
    answers.put(
        "BAD_SIGNATURE",
        demo().signingWith(TestSecrets.STRANGER).send(ids.get("BAD_SIGNATURE"), body));
    answers.put(
        "STALE_TIMESTAMP",
        demo().send(ids.get("STALE_TIMESTAMP"), now.minus(MOST_OFF).minusSeconds(5), body));
    Instant ahead = Instant.now().plus(MOST_OFF).plusSeconds(FURTHER_SECONDS);
    answers.put("from the future", demo().send(Sender.freshId(), ahead, body));
    answers.put("BAD_TIMESTAMP", signedAt("+" + timestamp, ids.get("BAD_TIMESTAMP"), body));
    answers.put("BAD_DELIVERY_ID", demo().send(ids.get("BAD_DELIVERY_ID"), body));
    answers.put("unsigned", demo().postBare(body));
    answers.put("wrong token", sender(ServiceResource.TRADINGVIEW).postBare(body));
    answers.put(
        "signed, where a token is wanted", sender(ServiceResource.PATH).send("msg_1", body));

    answers.forEach((cause, answer) -> assertProblem(answer, 401, "about:blank"));
    assertThat(answers.values()).extracting(Answer::body).containsOnly(first(answers).body());
    ids.forEach(
        (cause, id) ->
            await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(Journal.refusalOf(id)).isEqualTo(cause)));
    assertThat(Journal.everything()).doesNotContain("unheard");
  }

  private Answer signedAt(String timestamp, String id, byte[] body) {
    String signature = Sender.hmac(TestSecrets.DEMO, id, timestamp, body);
    return demo().post(id, timestamp, signature, body);
  }

  private static Answer first(Map<String, Answer> answers) {
    return answers.values().iterator().next();
  }

  @Test
  void anAuthenticDeliveryThatIsNoSignalHasEveryProblemNamedAndIsOnRecord() {
    Payload wrong =
        Payload.of("BYU", "x".repeat(65))
            .with("/timestamp", "yesterday")
            .with("/data/id", "i".repeat(129))
            .with("/data/pair", "?")
            .with("/data/orderType", "STOP")
            .with("/data/limitPrice", "-1")
            .with("/data/entryZone/low", "2")
            .with("/data/entryZone/high", "1")
            .with("/data/stopLoss", "0")
            .with("/data/takeProfits", "many")
            .with("/data/size/unit", "LOTS")
            .with("/data/size/value", "1e999")
            .with("/data/confidence", "1.1")
            .with("/data/timeframe", "t".repeat(33))
            .with("/data/riskLevel", "r".repeat(33))
            .with("/data/reasoning", "r".repeat(4001))
            .with("/data/sequence", "-3")
            .with("/data/expiresAt", "soon");

    Answer answer = demo().send(wrong);

    assertProblem(answer, 422, "urn:signal-to-order:problem:invalid-signal");
    List<String> fields = answer.json().path("errors").findValuesAsText("field");
    assertThat(String.join(" ", fields))
        .contains("/timestamp", "/data/id", "/data/strategy", "/data/pair", "/data/action")
        .contains("/data/orderType", "/data/limitPrice", "/data/entryZone", "/data/stopLoss")
        .contains("/data/takeProfits", "/data/size/unit", "/data/size/value", "/data/confidence")
        .contains("/data/timeframe", "/data/riskLevel", "/data/reasoning", "/data/sequence")
        .contains("/data/expiresAt");
    for (JsonNode error : answer.json().path("errors")) {
      assertThat(error.path("problem").textValue()).isNotBlank();
      assertThat(error.path("allowed").textValue()).isNotBlank();
    }
    JsonNode row = report().awaitOutcome(answer.signalId(), "INVALID");
    assertThat(row.path("reasons")).hasSameSizeAs(answer.json().path("errors"));
  }

  @Test
  void whatIsMissingIsNamedToo() {
    Answer answer = demo().send(Sender.freshId(), "{}".getBytes(StandardCharsets.UTF_8));

    assertProblem(answer, 422, "urn:signal-to-order:problem:invalid-signal");
    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("/timestamp", "/data/strategy", "/data/pair", "/data/action");
  }

  @Test
  void whatIsNoJsonIsRecordedAsInvalid() {
    Answer answer = demo().send(Sender.freshId(), "BUY BTC!".getBytes(StandardCharsets.UTF_8));

    assertProblem(answer, 422, "urn:signal-to-order:problem:invalid-signal");
    report().awaitOutcome(answer.signalId(), "INVALID");
  }

  @Test
  void aBodyOf64KibIsReadAndOneByteMoreIsNot() {
    String id = Sender.freshId();
    byte[] most = padded(Payload.of("CANCEL", freshStrategy()), BODY_LIMIT);
    byte[] tooMuch = padded(Payload.of("CANCEL", freshStrategy()), BODY_LIMIT + 1);

    accepted(demo().send(Sender.freshId(), most));
    Answer answer = demo().send(id, tooMuch);

    assertProblem(answer, 413, "about:blank");
    for (int i = 0; i < SENT_AGAIN; i++) {
      assertThat(demo().send(id, tooMuch).status()).as("the answer is never lost").isEqualTo(413);
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Journal.refusalOf(id)).isEqualTo("TOO_LARGE"));
  }

  @Test
  void aBodyOfUnannouncedLengthHasTheSameLimit() {
    String id = Sender.freshId();
    byte[] most = padded(Payload.of("CANCEL", freshStrategy()), BODY_LIMIT);
    byte[] tooMuch = padded(Payload.of("CANCEL", freshStrategy()), BODY_LIMIT + 1);

    accepted(demo().sendChunked(Sender.freshId(), most));
    Answer answer = demo().sendChunked(id, tooMuch);

    assertProblem(answer, 413, "about:blank");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Journal.refusalOf(id)).isEqualTo("TOO_LARGE"));
  }

  private static byte[] padded(Payload payload, int bytes) {
    int missing = bytes - payload.with("/pad", "").bytes().length;
    return payload.with("/pad", "p".repeat(missing)).bytes();
  }

  @Test
  void aSenderAboveItsRateIsToldWhenToComeBack() {
    Sender slow = sender(ServiceResource.SLOW);
    List<Answer> answers = new ArrayList<>();
    long begun = System.nanoTime();

    // On a slow machine the allowance grows while it is used up: as much as time passes, no more.
    do {
      answers.add(slow.send(Payload.of("CANCEL", freshStrategy())));
    } while (answers.getLast().status() == 202 && answers.size() <= mostSince(begun));

    Answer last = answers.removeLast();
    answers.forEach(this::accepted);
    assertThat(answers).hasSizeGreaterThanOrEqualTo(ServiceResource.SLOW_PER_MINUTE);
    assertProblem(last, 429, "about:blank");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
  }

  /** How many may have passed by now. */
  private static long mostSince(long begun) {
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    return ServiceResource.SLOW_PER_MINUTE * (1 + millis / 60_000)
        + ServiceResource.SLOW_PER_MINUTE * (millis % 60_000) / 60_000;
  }

  @Test
  void aRefusalByARuleAndAnExpiredSignalAreNoFailureOfTheDelivery() {
    Payload stale = Payload.of("BUY", freshStrategy()).at(Instant.now().minusSeconds(3_600));
    Payload tooMuch = Payload.of("BUY", freshStrategy()).size("QUOTE", "10001");

    String expired = accepted(demo().send(stale));
    String rejected = accepted(demo().send(tooMuch));

    report().awaitOutcome(expired, "EXPIRED");
    report().awaitOutcome(rejected, "REJECTED");
    assertThat(ordersAtExchange(expired)).isEmpty();
    assertThat(ordersAtExchange(rejected)).isEmpty();
  }

  private static void assertProblem(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").textValue()).isEqualTo(type);
    assertThat(answer.json().path("status").intValue()).isEqualTo(status);
    assertThat(answer.json().path("title").textValue()).isNotBlank();
  }
}
