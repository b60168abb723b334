package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoncesTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final long START_NANOS = START.getEpochSecond() * 1_000_000_000L;

  private final MovableClock clock = new MovableClock(START);
  private final MemoryNonceStore store = new MemoryNonceStore();
  private final Nonces nonces = new Nonces(store, "key", clock);

  @Test
  void areTheClockInNanoseconds() {
    assertThat(nonces.next()).isEqualTo(START_NANOS);
  }

  @Test
  void riseByOneWhileTheClockStands() {
    long first = nonces.next();

    assertThat(nonces.next()).isEqualTo(first + 1);
  }

  @Test
  void riseOnWhenTheClockStepsBackAnHour() {
    long first = nonces.next();
    clock.move(Duration.ofHours(-1));

    assertThat(nonces.next()).isEqualTo(first + 1);
    assertThat(store.reservations()).isEqualTo(1);
  }

  @Test
  void followTheClockAnHourAheadAndKeepRisingWhenItComesBack() {
    nonces.next();
    clock.move(Duration.ofHours(1));
    long ahead = nonces.next();
    clock.move(Duration.ofHours(-1));

    assertThat(ahead).isEqualTo(START_NANOS + 3_600_000_000_000L);
    assertThat(nonces.next()).isEqualTo(ahead + 1);
  }

  @Test
  void goOnAboveTheMarkAfterARestartWithASteppedBackClock() {
    nonces.next();
    clock.move(Duration.ofHours(-1));
    long mark = store.mark("key");
    Nonces restarted = new Nonces(store, "key", clock);

    assertThat(restarted.next()).isEqualTo(mark + 1);
  }

  @Test
  void askTheStoreOnceAMinute() {
    for (int second = 0; second < 180; second++) {
      nonces.next();
      clock.move(Duration.ofSeconds(1));
    }

    assertThat(store.reservations()).isEqualTo(3);
  }

  @Test
  void areNotGivenOutWhenTheStoreFails() {
    store.failing(true);

    assertThatThrownBy(nonces::next).isInstanceOf(IllegalStateException.class);
    store.failing(false);
    assertThat(nonces.next()).isEqualTo(START_NANOS);
  }

  @Test
  void refuseAStoreThatGoesBack() {
    Nonces misled = new Nonces((key, atLeast, block) -> atLeast - 1, "key", clock);

    assertThatThrownBy(misled::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void riseStrictlyAndStayBelowTheMarkWhateverTheClockAndRestartsDo() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Nonces current = nonces;
    long last = 0;
    for (int i = 0; i < 5_000; i++) {
      clock.move(Duration.ofMillis(random.nextInt(-120_000, 121_000)));
      if (random.nextInt(50) == 0) {
        current = new Nonces(store, "key", clock);
      }
      long next = current.next();
      assertThat(next).isGreaterThan(last).isLessThanOrEqualTo(store.mark("key"));
      last = next;
    }
  }
}
