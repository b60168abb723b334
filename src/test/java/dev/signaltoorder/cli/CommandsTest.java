package dev.signaltoorder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void hashPasswordPrintsOneUsersFileLine() {
    int exitCode = run("a long enough password\n", "hash-password", "anna", "reviewer,operator");

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .matches(
            "anna:pbkdf2-sha256\\$600000\\$[A-Za-z0-9+/=]{24}\\$[A-Za-z0-9+/=]{44}:reviewer,operator\\R");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void hashPasswordRemarksOnAShortPasswordAndNeverRepeatsIt() {
    int exitCode = run("short-pw", "hash-password", "anna", "reviewer");

    assertThat(exitCode).isZero();
    assertThat(err.toString()).contains("fewer than 12").doesNotContain("short-pw");
    assertThat(out.toString()).doesNotContain("short-pw");
  }

  @Test
  void hashPasswordRefusesNoPasswordAndWrongNamesAndRoles() {
    assertThat(run("", "hash-password", "anna", "reviewer")).isEqualTo(2);
    assertThat(run("\n", "hash-password", "anna", "reviewer")).isEqualTo(2);
    assertThat(run("good password", "hash-password", "an:na", "reviewer")).isEqualTo(2);
    assertThat(run("good password", "hash-password", "anna", "admin")).isEqualTo(2);
    assertThat(run("good password", "hash-password", "anna")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void newSecretPrintsThirtyTwoRandomBytes() {
    run("", "new-secret");
    String first = out.toString().strip();

    run("", "new-secret");

    assertThat(first).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(out.toString().strip().lines()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void checkHealthSaysByItsExitCodeWhetherTheServiceIsReady() throws Exception {
    int[] status = {200};
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          byte[] body = (status[0] == 200 ? "UP" : "DOWN").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status[0], body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/q/health/ready";
    try {
      assertThat(run("", "check-health", "--url", url)).isZero();
      status[0] = 503;
      assertThat(run("", "check-health", "--url", url)).isEqualTo(1);
    } finally {
      server.stop(0);
    }
    assertThat(out.toString().lines()).containsExactly("UP", "DOWN");
    assertThat(run("", "check-health", "--url", url)).isEqualTo(1);
    assertThat(err.toString()).contains("no answer from " + url);
    assertThat(run("", "check-health", "--url", "file:///etc/passwd")).isEqualTo(2);
  }

  @Test
  void sendSampleSignsWhatAnIndependentReceiverVerifies() throws Exception {
    String secret = WebhookSecret.fresh(new SecureRandom()).written();
    Path file = Files.writeString(folder.resolve("secret"), "# demo\n" + secret + "\n");
    List<String> bodies = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer = "{\"status\":\"ACCEPTED\"}".getBytes(StandardCharsets.UTF_8);
          int status = 202;
          try {
            Map<String, List<String>> headers = Map.copyOf(exchange.getRequestHeaders());
            new Webhook(secret).verify(body, HttpHeaders.of(headers, (name, value) -> true));
            bodies.add(body);
          } catch (Exception e) {
            status = 401;
          }
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/demo";

    int exitCode =
        run(
            "",
            "send-sample",
            "--url",
            url,
            "--secret-file",
            file.toString(),
            "--pair",
            "ETH/EUR",
            "--action",
            "SELL",
            "--count",
            "2");
    server.stop(0);

    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .containsExactly("202 {\"status\":\"ACCEPTED\"}", "202 {\"status\":\"ACCEPTED\"}");
    assertThat(bodies).hasSize(2).doesNotHaveDuplicates();
    JsonNode signal = new ObjectMapper().readTree(bodies.getFirst());
    assertThat(signal.at("/type").asText()).isEqualTo("signal.created");
    assertThat(signal.at("/data/pair").asText()).isEqualTo("ETH/EUR");
    assertThat(signal.at("/data/action").asText()).isEqualTo("SELL");
    assertThat(signal.at("/data/size/unit").asText()).isEqualTo("QUOTE");
    assertThat(signal.at("/data/size/value").asText()).isEqualTo("50");
    assertThat(signal.at("/data/limitPrice").isMissingNode()).isTrue();
  }

  @Test
  void sendSampleSaysWhenNobodyAnswers() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("secret"), WebhookSecret.fresh(new SecureRandom()).written());

    int exitCode =
        run("", "send-sample", "--url", "http://127.0.0.1:1/", "--secret-file", file.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("no answer from http://127.0.0.1:1/");
  }

  @Test
  void sendSampleRefusesAFileWithoutASecretAndDoesNotRepeatIt() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "whsec_not base64!\n");

    assertThat(run("", "send-sample", "--secret-file", file.toString())).isEqualTo(2);
    assertThat(run("", "send-sample", "--secret-file", folder.resolve("none").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).doesNotContain("not base64!");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("", "no-such-command")).isEqualTo(2);
    assertThat(run("", "--no-such-option")).isEqualTo(2);
  }

  @Test
  void helpAndVersionEndWithZero() {
    assertThat(run("", "--help")).isZero();
    assertThat(run("", "--version")).isZero();
    assertThat(out.toString()).contains("hash-password", "new-secret", "send-sample");
  }

  @Test
  void theVersionIsTheBuilds() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));

    assertThat(pom)
        .contains(
            "<artifactId>signal-to-order</artifactId>\n  <version>"
                + Version.NUMBER
                + "</version>");
  }

  private int run(String input, String... arguments) {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    return Commands.on(terminal, Clock.systemUTC()).execute(arguments);
  }
}
