package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.signaltoorder.testing.Load;
import dev.signaltoorder.testing.Payload;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What receivers are signed for, and where people are told, is replaced while there is much to
 * tell.
 */
@QuarkusTest
@TestProfile(WebsocketProfile.class)
class OutboundSecretRotationTest extends RunningService {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String NEXT = "whsec_dGhlLW5leHQtc2VjcmV0LW9mLXRoZS1yZWNlaXZlciE=";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path secret = file("signal-to-order.feed.voc.secret-file");
  private final Path slack = file("signal-to-order.notifications.chat.url-file");
  private final String slackAddress = read(slack);

  /** What was signed with another secret is forgotten: other tests know the first one only. */
  @AfterEach
  void restore() throws Exception {
    put(secret, ReceiverResource.SECRET);
    put(slack, slackAddress);
    int before = received("voc").size();
    await()
        .atMost(LONG)
        .pollInterval(PAUSE)
        .until(
            () -> {
              demo().send(Payload.of("CANCEL", freshStrategy()));
              List<JsonNode> since = since(before);
              return !since.isEmpty() && signedWith(ReceiverResource.SECRET, since.getLast());
            });
    HTTP.send(
        HttpRequest.newBuilder(URI.create(receiver() + "/forget")).build(),
        HttpResponse.BodyHandlers.discarding());
  }

  @Test
  void aReceiversSecretIsReplacedAndItIsToldEverythingAndCanCheckAllOfIt() throws Exception {
    await().atMost(LONG).until(() -> received("voc").size() > 0 || !filled().isEmpty());
    int before = replaced("feed.voc");
    int first = received("voc").size();
    Load load = Load.of(() -> demo().send(Payload.of("CANCEL", freshStrategy())), 202);

    put(secret, ReceiverResource.SECRET + "\n" + NEXT);
    await().atMost(LONG).pollInterval(PAUSE).until(() -> replaced("feed.voc") > before);
    await().atMost(LONG).until(() -> !ofSecret(NEXT, first).isEmpty());
    put(secret, NEXT);
    await().atMost(LONG).pollInterval(PAUSE).until(() -> replaced("feed.voc") > before + 1);
    int second = received("voc").size();
    await().atMost(LONG).until(() -> received("voc").size() > second + 20);
    load.endsWithoutAFailure();

    List<JsonNode> since = since(first);
    assertThat(since)
        .as("each has a signature that the receiver of that time can check")
        .allMatch(note -> signedWith(ReceiverResource.SECRET, note) || signedWith(NEXT, note));
    assertThat(since(second + 1)).allMatch(note -> signedWith(NEXT, note));
    await()
        .alias("the same file, another receiver")
        .atMost(LONG)
        .pollInterval(PAUSE)
        .until(() -> replaced("notifications.hook") > 0);
    assertThat(export()).doesNotContain(NEXT, ReceiverResource.SECRET);
  }

  @Test
  void anotherAddressOfSlackIsUsedForTheNextNoticeAndIsOnRecord() throws Exception {
    int before = replaced("notifications.chat");
    String reason = "drill " + UUID.randomUUID();
    put(slack, slackAddress.replace("/to/chat/", "/to/chat2/"));

    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", reason));
    operator().post("/operations/resume", Map.of("reason", "over"));

    await()
        .atMost(LONG)
        .until(() -> received("chat2").stream().anyMatch(n -> n.toString().contains(reason)));
    assertThat(received("chat")).noneMatch(note -> note.toString().contains(reason));
    await().atMost(LONG).pollInterval(PAUSE).until(() -> replaced("notifications.chat") > before);
    assertThat(export()).doesNotContain(ReceiverResource.SLACK_TOKEN);
    put(slack, slackAddress);
    await()
        .atMost(LONG)
        .pollInterval(PAUSE)
        .until(() -> replaced("notifications.chat") > before + 1);
  }

  private List<JsonNode> since(int count) {
    List<JsonNode> all = received("voc");
    return all.subList(count, all.size());
  }

  private List<JsonNode> ofSecret(String key, int count) {
    return since(count).stream().filter(note -> signedWith(key, note)).toList();
  }

  /** By the library of Standard Webhooks, not by ours. */
  private static boolean signedWith(String key, JsonNode note) {
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of(note.path("webhook-id").textValue()),
            "webhook-timestamp", List.of(note.path("webhook-timestamp").textValue()),
            "webhook-signature", List.of(note.path("webhook-signature").textValue()));
    try {
      new Webhook(key)
          .verify(note.path("body").textValue(), HttpHeaders.of(headers, (name, value) -> true));
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException(e);
    }
  }

  private int replaced(String what) {
    return (int)
        export()
            .lines()
            .filter(line -> line.contains("secrets-replaced") && line.contains(what))
            .count();
  }

  private String export() {
    return reviewer().get("/audit/export?account=" + RoomyProfile.ACCOUNT).body();
  }

  private static List<JsonNode> received(String to) {
    try {
      String all =
          HTTP.send(
                  HttpRequest.newBuilder(URI.create(receiver() + "/received")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      List<JsonNode> notes = new ArrayList<>();
      for (JsonNode note : JSON.readTree(all)) {
        if (note.path("to").textValue().equals(to)) {
          notes.add(note);
        }
      }
      return notes;
    } catch (Exception e) {
      throw new AssertionError("the receiver does not answer", e);
    }
  }

  private static String receiver() {
    return ConfigProvider.getConfig().getValue(ReceiverResource.ADDRESS, String.class);
  }

  private static Path file(String setting) {
    return Path.of(ConfigProvider.getConfig().getValue(setting, String.class));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(Path file, String content) throws Exception {
    Path beside = Files.writeString(Path.of(file + ".new"), content + "\n");
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
