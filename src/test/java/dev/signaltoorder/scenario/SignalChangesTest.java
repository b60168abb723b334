package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who looks at the list of signals is told when it changes. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class SignalChangesTest extends RunningService {
  private static final Duration MOST = Duration.ofSeconds(60);

  @TestHTTPResource("/console/signals/changes")
  URI changes;

  @Test
  void aNewSignalIsToldAndQuietIsToldToo() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> answer = client.send(request(), BodyHandlers.ofLines());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      try (Stream<String> lines = answer.body()) {
        Iterator<String> each = lines.iterator();
        skipTo(each, "event:still");

        accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));

        skipTo(each, "event:changed");
      }
    }
  }

  private HttpRequest request() {
    String user = TestSecrets.REVIEWER;
    String pair = user + ":" + TestSecrets.passwordOf(user);
    return HttpRequest.newBuilder(changes)
        .timeout(MOST)
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  /** The stream ends, and with it the wait, when the service has nothing to say for 15 seconds. */
  private static void skipTo(Iterator<String> lines, String wanted) {
    while (lines.hasNext()) {
      if (lines.next().replace(" ", "").equals(wanted)) {
        return;
      }
    }
    throw new AssertionError("the stream ended without " + wanted);
  }
}
