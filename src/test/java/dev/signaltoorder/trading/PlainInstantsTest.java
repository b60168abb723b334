package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads times as the general parser does, only faster. */
class PlainInstantsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T10:15:30Z",
        "2026-11-22T10:15:30.0Z",
        "2026-11-22T10:15:30.123456789Z",
        "2024-02-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.5Z",
        "0001-01-01T00:00:00Z",
        "+12026-11-22T10:15:30Z",
        "-0001-11-22T10:15:30Z"
      })
  void aTimeIsWhatTheGeneralParserSays(String text) {
    assertThat(PlainInstants.of(text)).isEqualTo(Instant.parse(text));
  }

  @Test
  void soIsAnyTimeThatIsWrittenHere() {
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      int digits = random.nextInt(10);
      long scale = (long) Math.pow(10, 9 - digits);
      long nanos = random.nextInt(1_000_000_000) / scale * scale;
      Instant time = Instant.ofEpochSecond(random.nextInt() * 2L, nanos);

      assertThat(PlainInstants.of(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2026-11-22T10:15:30",
        "2026-11-22T10:15:30.1234567890Z",
        "2026-02-30T10:15:30Z",
        "2026-13-01T10:15:30Z",
        "2026-11-22T25:15:30Z",
        "2026-11-22T10:15:3xZ",
        "2026-11-22T10:15:30.12xZ",
        "2026-11-22 10:15:30Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> PlainInstants.of(text));
  }
}
