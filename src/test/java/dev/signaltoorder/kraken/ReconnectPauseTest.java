package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectPauseTest {
  private static final long SEED = 7;

  @Test
  void pausesDoubleToAMinuteEachSpreadByAQuarter() {
    ReconnectPause pause = new ReconnectPause(new Random(SEED));
    List<Integer> expected = List.of(1, 2, 4, 8, 16, 32, 60, 60, 60);

    for (int seconds : expected) {
      long millis = pause.after(Duration.ZERO).toMillis();

      assertThat(millis).as("seed %d", SEED).isBetween(seconds * 750L, seconds * 1250L);
    }
  }

  @Test
  void aConnectionThatHeldForAMinuteBeginsTheCountAnew() {
    ReconnectPause pause = new ReconnectPause(new Random(SEED));
    for (int i = 0; i < 6; i++) {
      pause.after(Duration.ofSeconds(59));
    }

    Duration afterGoodOne = pause.after(Duration.ofMinutes(1));

    assertThat(afterGoodOne).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
    assertThat(pause.after(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void manyClientsDoNotComeBackTogether() {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pauses.add(new ReconnectPause(new Random(i)).after(Duration.ZERO));
    }

    assertThat(pauses.stream().distinct().count()).isGreaterThan(25);
  }
}
