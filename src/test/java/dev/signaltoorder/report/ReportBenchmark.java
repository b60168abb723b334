package dev.signaltoorder.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long the report takes over many signals, and how much memory an export. Run by {@code
 * -Dtest=ReportBenchmark -Dreport.signals=1000000}; prints figures, asserts none: they say as much
 * about the machine.
 */
@QuarkusTest
@TestProfile(ReportBenchmarkProfile.class)
@EnabledIfSystemProperty(named = "report.signals", matches = "[1-9][0-9]*0")
class ReportBenchmark {
  private static final int ROUNDS = Integer.getInteger("report.rounds", 15);
  private static final int PORTION = 200_000;
  private static final int MIB = 1 << 20;

  @Inject DataSource dataSource;

  @TestHTTPResource("/audit/export?account=main")
  URI export = URI.create("");

  @Test
  void overManySignals() throws Exception {
    MillionSignals signals = new MillionSignals(dataSource);
    signals.fill(Long.getLong("report.signals"));
    long facts = signals.number("select count(*) from journal where account = 'main'");
    System.out.printf(
        "%d signals, %d facts, journal %d MiB, load %s%n",
        signals.number("select count(*) from signal_summary"),
        facts,
        signals.number("select pg_total_relation_size('journal')") / MIB,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (String query :
        List.of(
            "",
            "?from=2026-06-01T00:00:00Z&to=2026-07-01T00:00:00Z",
            "?outcome=FILLED",
            "?source=tv",
            "?strategy=strategy-7",
            "?strategy=unheard-of",
            "?pair=BTC/USD",
            "?rule=spread",
            "?rule=unheard-of",
            "?limit=1000")) {
      measure("/audit/report" + query, ROUNDS);
    }
    measure("/audit/report?cursor=" + cursor(), ROUNDS);
    measure("/audit/signals/00000000-0000-7000-8000-00000000000a", ROUNDS);
    for (String query :
        List.of(
            "?horizon=none",
            "",
            "?from=2026-06-01T00:00:00Z&to=2026-07-01T00:00:00Z",
            "?strategy=strategy-7&horizon=none")) {
      measure("/audit/performance" + query, 1);
    }
    await()
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                signals.number(
                        "select coalesce(max(size), 0) from checkpoint where account = 'main'")
                    == facts);
    assertThat(exported()).isEqualTo(facts);
  }

  private static RequestSpecification reviewer() {
    return given().auth().preemptive().basic("rita", "secret");
  }

  private static String cursor() {
    return reviewer().get("/audit/report?limit=1000").jsonPath().getString("nextCursor");
  }

  private static void measure(String path, int rounds) {
    List<Long> millis = new ArrayList<>();
    int status = 0;
    for (int i = 0; i < rounds; i++) {
      long before = System.nanoTime();
      status = reviewer().urlEncodingEnabled(false).get(path).then().extract().statusCode();
      millis.add((System.nanoTime() - before) / 1_000_000);
    }
    Collections.sort(millis);
    System.out.printf(
        "%d ms median, %d best, %d worst of %d: %d GET %s%n",
        millis.get(millis.size() / 2), millis.getFirst(), millis.getLast(), rounds, status, path);
  }

  /** Reads an export line by line; how many facts it had. */
  private long exported() throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder().encodeToString("rita:secret".getBytes(StandardCharsets.UTF_8));
    long before = System.nanoTime();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(export)
                    .header("Authorization", "Basic " + credentials)
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    long expected = Long.parseLong(answer.headers().firstValue("Export-Facts").orElseThrow());
    byte[] buffer = new byte[1 << 16];
    long lines = 0;
    long bytes = 0;
    long next = PORTION;
    try (InputStream in = answer.body()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        if (lines >= next) {
          next += PORTION;
          System.gc();
          System.out.printf(
              "export: %d of %d facts, %d MiB, %d s, heap in use after collection %d MiB%n",
              lines,
              expected,
              bytes / MIB,
              (System.nanoTime() - before) / 1_000_000_000,
              ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB);
        }
      }
    }
    assertThat(lines).as("facts, and the lines around them").isGreaterThan(expected);
    return expected;
  }
}
