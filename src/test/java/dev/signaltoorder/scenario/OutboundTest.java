package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.ReceiverResource;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.WebsocketProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others are told, by receivers that check it themselves. */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class OutboundTest extends RunningService {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeEach
  void everybodyListens() throws Exception {
    answers("voc", 204);
    await()
        .atMost(LONG)
        .until(() -> operator().get("/operations/status").body().contains("\"ACTIVE\""));
    // Now, should it be waiting for its next try.
    replay("feed.voc", state("feed.voc").path("nextFact").longValue());
  }

  @Test
  void aHaltIsToldOnceByAWebhookThatIsSignedAndInAChat() {
    String reason = "drill " + UUID.randomUUID();
    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", reason));
    operator().post("/operations/resume", Map.of("reason", "over"));

    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(received("hook")).anyMatch(note -> note.toString().contains(reason));
              assertThat(received("chat")).anyMatch(note -> note.toString().contains(reason));
            });
    List<JsonNode> halts =
        received("hook").stream().filter(note -> note.toString().contains(reason)).toList();
    // Told again under the same id where its answer came too late.
    assertThat(halts.stream().map(note -> note.path("webhook-id")).distinct()).hasSize(1);
    assertThat(verified(halts.getFirst()).path("type").textValue()).isEqualTo("halt");
  }

  @Test
  void theFeedTellsWhatBecameOfASignalInOrderAndTheSameAgainAfterAReplay() {
    long before = factsNow();
    String signalId = filled();

    await().atMost(LONG).until(() -> types(signalId).contains("order.ended"));
    assertThat(types(signalId))
        .containsSubsequence(
            "signal.received",
            "price.snapshot",
            "signal.decided",
            "order.intended",
            "order.placed",
            "order.ended")
        .doesNotHaveDuplicates();
    List<String> ids = ids(signalId);
    JsonNode ended = event(signalId, "order.ended");
    assertThat(ended.path("data").path("volume").asText()).startsWith("0.001");
    assertThat(received("voc").toString())
        .doesNotContain(accountAtExchange(RoomyProfile.ACCOUNT).apiKey())
        .doesNotContain(accountAtExchange(RoomyProfile.ACCOUNT).apiSecret());

    assertThat(replay("feed.voc", before).status()).isEqualTo(200);
    // With what came after the end, should there be something.
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              List<String> twice = ids(signalId);
              int half = twice.size() / 2;
              assertThat(twice.subList(0, half)).startsWith(ids.toArray(String[]::new));
              assertThat(twice.subList(half, twice.size())).isEqualTo(twice.subList(0, half));
            });
  }

  @Test
  void aDeadReceiverSlowsNobodyLosesNothingAndIsSeen() throws Exception {
    answers("voc", 503);
    String signalId = filled();

    // A slow machine may first not be answered in time.
    JsonNode failing =
        await()
            .atMost(LONG)
            .until(
                () -> state("feed.voc"),
                state ->
                    state.path("failures").intValue() > 0
                        && state.path("lastError").asText().equals("it answered 503"));
    assertThat(failing.path("nextTryAt").isTextual()).isTrue();
    assertThat(taken(signalId)).isEmpty();

    answers("voc", 204);
    // Now, instead of after the pause.
    replay("feed.voc", failing.path("nextFact").longValue());

    await().atMost(LONG).until(() -> taken(signalId).contains("order.ended"));
    await().atMost(LONG).until(() -> state("feed.voc").path("lastError").isNull());
    assertThat(operator().get("/operations/notifications").body())
        .doesNotContain(ReceiverResource.SLACK_TOKEN)
        .doesNotContain(ReceiverResource.SECRET);
  }

  @Test
  void theFeedCanBeStreamedFromAnyFactOn() throws Exception {
    long before = factsNow();
    String signalId = filled();

    String path = "/feed?account=" + RoomyProfile.ACCOUNT + "&from=" + before;
    // Not at the next end of any order: an earlier test's may still come.
    List<String> lines =
        reviewer()
            .streamUntil(
                path,
                line ->
                    line.startsWith("data: ")
                        && line.contains(signalId)
                        && line.contains("order.ended"),
                LONG);

    assertThat(lines).contains("event: signal.decided", "event: price.snapshot");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("data: ") && line.contains(signalId))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(line -> assertThat(JSON.readTree(line.substring(6)).isObject()).isTrue());
    assertThat(operator().get(path).status()).isEqualTo(403);
    assertThat(stranger().get(path).status()).isEqualTo(401);
    assertThat(reviewer().get("/feed?account=nobody").status()).isEqualTo(404);
    assertThat(reviewer().get(path + "&types=nonsense").status()).isEqualTo(400);
  }

  private long factsNow() {
    JsonNode state = state("feed.voc");
    return state.path("nextFact").longValue() + state.path("behind").longValue();
  }

  private Answer replay(String outlet, long next) {
    return operator()
        .call(
            "POST",
            "/operations/notifications/replay",
            "{\"outlet\":\"%s\",\"account\":\"%s\",\"nextFact\":%d}"
                .formatted(outlet, RoomyProfile.ACCOUNT, next));
  }

  private JsonNode state(String outlet) {
    List<JsonNode> found = new ArrayList<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              found.clear();
              for (JsonNode each : operator().get("/operations/notifications").json()) {
                if (each.path("outlet").textValue().equals(outlet)
                    && each.path("account").textValue().equals(RoomyProfile.ACCOUNT)) {
                  found.add(each);
                }
              }
              return !found.isEmpty();
            });
    return found.getFirst();
  }

  private List<String> types(String signalId) {
    return events(signalId).map(event -> event.path("type").textValue()).toList();
  }

  private List<String> ids(String signalId) {
    return events(signalId).map(event -> event.path("id").textValue()).toList();
  }

  private JsonNode event(String signalId, String type) {
    return events(signalId)
        .filter(event -> event.path("type").textValue().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** What was told twice in a row counts once: so it is where an answer came too late. */
  private Stream<JsonNode> events(String signalId) {
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode note : received("voc")) {
      JsonNode event = verified(note);
      boolean again = !events.isEmpty() && events.getLast().path("id").equals(event.path("id"));
      if (!again && event.path("data").path("signalId").asText().equals(signalId)) {
        events.add(event);
      }
    }
    return events.stream();
  }

  /** What it did not only see, but take. */
  private List<String> taken(String signalId) {
    return received("voc").stream()
        .filter(note -> note.path("answer").intValue() == 204)
        .map(OutboundTest::verified)
        .filter(event -> event.path("data").path("signalId").asText().equals(signalId))
        .map(event -> event.path("type").textValue())
        .toList();
  }

  /** By the library of Standard Webhooks, not by ours. */
  private static JsonNode verified(JsonNode note) {
    String body = note.path("body").textValue();
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of(note.path("webhook-id").textValue()),
            "webhook-timestamp", List.of(note.path("webhook-timestamp").textValue()),
            "webhook-signature", List.of(note.path("webhook-signature").textValue()));
    try {
      new Webhook(ReceiverResource.SECRET)
          .verify(body, HttpHeaders.of(headers, (name, value) -> true));
      JsonNode event = JSON.readTree(body);
      assertThat(note.path("webhook-id")).isEqualTo(event.path("id"));
      return event;
    } catch (Exception e) {
      throw new AssertionError("not signed as Standard Webhooks: " + note, e);
    }
  }

  private static List<JsonNode> received(String to) {
    List<JsonNode> notes = new ArrayList<>();
    try {
      for (JsonNode note : JSON.readTree(ask("/received").body())) {
        if (note.path("to").textValue().equals(to)) {
          notes.add(note);
        }
      }
    } catch (Exception e) {
      throw new AssertionError("the receiver does not answer", e);
    }
    return notes;
  }

  private static void answers(String to, int status) throws Exception {
    ask("/answer/" + to + "/" + status);
  }

  private static HttpResponse<String> ask(String path) throws Exception {
    String address = ConfigProvider.getConfig().getValue(ReceiverResource.ADDRESS, String.class);
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
