package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker tries first, and does not find. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class HardeningTest extends RunningService {
  private static final String HALT = "/operations/halt";

  @TestHTTPResource("/")
  URI service;

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "PATCH", "DELETE", "PUT", "GET", "PROPFIND"})
  void methodsThatAResourceDoesNotHaveDoNothing(String method) {
    int status = operator().call(method, HALT, "{\"scope\":\"ALL\",\"reason\":\"x\"}").status();

    assertThat(status).isIn(400, 404, 405, 501);
    assertThat(operator().get("/operations/status").body()).contains("\"ACTIVE\"");
  }

  @Test
  void noOtherSiteIsAllowedToReadAndThereAreNoCookies() throws Exception {
    for (String path : List.of("/", "/audit/report", "/console/console.js")) {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(service.resolve(path)).header("Origin", "https://x.example"));

      assertThat(answer.headers().map().keySet())
          .as(path)
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"))
          .doesNotContain("set-cookie");
    }
  }

  @Test
  void answersTellNothingOfTheServersParts() throws Exception {
    for (String path :
        List.of("/", "/nowhere", "/console/", "/console/../application.properties")) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(service.resolve(path)));

      assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
      assertThat(answer.body()).doesNotContainIgnoringCase("quarkus").doesNotContain("Vert.x");
    }
  }

  @Test
  void noFolderIsListedAndNoFileOfTheProgramIsServed() {
    for (String path :
        List.of(
            "/console/",
            "/META-INF/resources/",
            "/application.properties",
            "/console/%2e%2e/%2e%2e/application.properties",
            "/.git/config",
            "/q/dev-ui",
            "/q/metrics")) {
      assertThat(reviewer().get(path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void fieldsThatACallDoesNotHaveAreRefusedByName() {
    Answer answer =
        operator()
            .call("POST", HALT, "{\"scope\":\"ENTRIES\",\"reason\":\"x\",\"actor\":\"somebody\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("actor");
  }

  @Test
  void anAddressInAHeaderIsNotBelievedWithoutATrustedProxy() throws Exception {
    try (LogWatch log = LogWatch.start()) {
      String wrong =
          Base64.getEncoder().encodeToString("nobody:x".getBytes(StandardCharsets.UTF_8));
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(service.resolve("/audit/report"))
                  .header("Authorization", "Basic " + wrong)
                  .header("X-Forwarded-For", "203.0.113.77")
                  .header("Forwarded", "for=203.0.113.77")
                  .header("X-Real-IP", "203.0.113.77"));

      assertThat(answer.statusCode()).isIn(401, 503);
      assertThat(log.text()).doesNotContain("203.0.113.77");
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request.method("GET", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }
  }
}
