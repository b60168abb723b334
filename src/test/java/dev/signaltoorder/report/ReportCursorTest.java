package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCursorTest {

  @Test
  void anyCursorComesBackAsItWasToTheMicrosecond() {
    long seed = 20261122L;
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Instant time =
          Instant.parse("1960-01-01T00:00:00Z")
              .plus(random.nextLong(6_000_000_000_000_000L), ChronoUnit.MICROS);
      ReportCursor cursor = new ReportCursor(time, new UUID(random.nextLong(), random.nextLong()));

      String text = cursor.encode();

      assertThat(text).as("seed %d, round %d", seed, i).matches("[A-Za-z0-9_-]{32}");
      assertThat(ReportCursor.decode(text)).as("seed %d, round %d", seed, i).contains(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "__________8AAAAAAAAAAAAAAAAAAAAA" + "A",
        "f_________8AAAAAAAAAAAAAAAAAAAAA",
        "gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void textThatIsNoCursorOfOursIsNone(String text) {
    assertThat(ReportCursor.decode(text)).isEmpty();
  }
}
