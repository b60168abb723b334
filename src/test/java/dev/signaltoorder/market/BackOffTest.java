package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void thePauseDoublesUpToItsLimit() {
    Instant now = START;
    for (int pause : new int[] {1, 2, 4, 5, 5}) {
      backOff.failed(now);

      assertThat(backOff.ready(now.plusSeconds(pause).minusMillis(1))).isFalse();
      assertThat(backOff.ready(now.plusSeconds(pause))).isTrue();
      now = now.plusSeconds(pause);
    }
  }

  @Test
  void aSuccessEndsThePauseAndStartsAnew() {
    backOff.failed(START);
    backOff.failed(START);

    backOff.succeeded();

    assertThat(backOff.ready(START)).isTrue();
    backOff.failed(START);
    assertThat(backOff.ready(START.plusSeconds(1))).isTrue();
  }

  @Test
  void aClockSetBackDoesNotProlongThePause() {
    backOff.failed(START);

    assertThat(backOff.ready(START.minusSeconds(3_600))).isTrue();
  }
}
