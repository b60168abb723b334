package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectLimitTest {

  /** One of the forty is given back every 15 s: the first ones go at once, the next one waits. */
  @Test
  void fortyGoAtOnceAndThenOneEveryQuarterOfAMinute() {
    ConnectLimit limit = new ConnectLimit();
    int taken = 0;
    while (taken < 1_000 && limit.take().isZero()) {
      taken++;
    }

    Duration wait = limit.take();

    assertThat(taken).as("far below Kraken's 150 in ten minutes").isBetween(40, 60);
    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void whoWaitsHasTakenNothing() {
    ConnectLimit limit = new ConnectLimit();
    while (limit.take().isZero()) {
      // until none is left
    }

    for (int i = 0; i < 100; i++) {
      assertThat(limit.take()).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }
  }
}
