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
  void goOnAboveAllOfAnotherProcessThatTakesTheKeyOverWithAClockAnHourBehind() {
    // Given
    long old = nonces.next();
    MovableClock behind = new MovableClock(START.minus(Duration.ofHours(1)));
    Nonces successor = new Nonces(store, "key", behind);

    // When
    long first = successor.next();

    // Then: also above what the old one may still use of its block
    assertThat(first).isGreaterThan(old + Nonces.BLOCK - 1);
    assertThat(successor.next()).isGreaterThan(first);
  }

  @Test
  void beginAnewWithANewKeyAndNeverTouchTheOldOnesMark() {
    // Given
    nonces.next();
    long mark = store.mark("key");
    clock.move(Duration.ofHours(-1));

    // When
    Nonces rotated = new Nonces(store, "another key", clock);

    // Then
    assertThat(rotated.next()).isEqualTo(START_NANOS - 3_600_000_000_000L);
    assertThat(store.mark("key")).isEqualTo(mark);
  }

  @Test
  void jumpAheadFurtherAndFurtherWhileKrakenHasSeenHigherOnes() {
    // Given
    long first = nonces.next();

    // When, then: a minute, ten, an hour, an hour
    long before = first;
    for (long minutes : new long[] {1, 10, 60, 60}) {
      nonces.jumpAhead();
      long next = nonces.next();
      assertThat(next - before).isGreaterThanOrEqualTo(minutes * Nonces.BLOCK);
      assertThat(next).isLessThanOrEqualTo(store.mark("key"));
      before = next;
    }
    nonces.accepted();
    nonces.jumpAhead();
    assertThat(nonces.next() - before).isLessThan(2 * Nonces.BLOCK);
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
