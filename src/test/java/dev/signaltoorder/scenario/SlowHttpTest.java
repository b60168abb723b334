package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program slowhttptest holds hundreds of connections open while an honest sender delivers.
 * Prints what the honest one waited before and meanwhile.
 */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(value = "isThere", disabledReason = "no slowhttptest here")
class SlowHttpTest extends RunningService {
  private static final Path PROGRAM = Path.of("/usr/bin/slowhttptest");
  private static final int CONNECTIONS = 300;
  private static final int SECONDS = 10;
  private static final int QUIET_DELIVERIES = 60;
  private static final int DELIVERIES_MIN = 20;

  @TestHTTPResource("/webhooks/demo")
  private URI webhook;

  @TestHTTPResource("/console/console.js")
  private URI something;

  @TempDir private Path place;

  static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  /** The program's modes that hold connections open. */
  enum Mode {
    HEADERS("-H -t POST"),
    BODIES("-B -f application/json -s 5000"),
    READS("-X -w 1 -y 16 -n 3 -z 1 -k 3");

    private final String options;

    Mode(String options) {
      this.options = options;
    }
  }

  @ParameterizedTest
  @EnumSource
  void honestSendersAreServedAsBefore(Mode mode) throws Exception {
    List<Duration> quiet = new ArrayList<>();
    for (int i = 0; i < QUIET_DELIVERIES; i++) {
      quiet.add(delivered());
    }
    Path said = place.resolve("said.txt");
    Process slow = started(mode, said);
    List<Duration> meanwhile = new ArrayList<>();
    try {
      while (slow.isAlive()) {
        meanwhile.add(delivered());
      }
      assertThat(slow.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      slow.destroyForcibly();
    }

    String report = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(slow.exitValue()).as(report).isZero();
    assertThat(report).as("the program reached the service").contains("Exit status:");
    assertThat(meanwhile).as("deliveries meanwhile").hasSizeGreaterThan(DELIVERIES_MIN);
    System.out.printf(
        "slow %s, %d connections: honest p50 %d ms before, %d ms meanwhile; p99 %d ms before, %d ms meanwhile (%d deliveries)%n",
        mode,
        CONNECTIONS,
        quantile(quiet, 0.5),
        quantile(meanwhile, 0.5),
        quantile(quiet, 0.99),
        quantile(meanwhile, 0.99),
        meanwhile.size());
  }

  private Process started(Mode mode, Path said) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(List.of(mode.options.split(" ")));
    URI target = mode == Mode.READS ? something : webhook;
    command.addAll(
        List.of(
            "-c", String.valueOf(CONNECTIONS),
            "-r", String.valueOf(CONNECTIONS),
            "-i", "3",
            "-l", String.valueOf(SECONDS),
            "-p", "5",
            "-u", target.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private Duration delivered() {
    long begun = System.nanoTime();
    // Too small to become an order: hundreds that rest would be left to the tests after this one.
    accepted(demo().send(Payload.limit("BUY", freshStrategy(), BID, "0.00001")));
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static long quantile(List<Duration> waited, double share) {
    List<Duration> sorted = waited.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1).toMillis();
  }
}
