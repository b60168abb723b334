package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HashingLaneTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void whoComesWhenEnoughWaitIsTurnedAwayAtOnceAndNobodyElse() throws Exception {
    HashingLane lane = new HashingLane(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger hashing = new AtomicInteger();
    AtomicInteger turnedAway = new AtomicInteger();
    List<Future<Boolean>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    return lane.check(
                        () -> {
                          hashing.incrementAndGet();
                          awaitQuietly(released);
                          return true;
                        });
                  } catch (HashingLane.BusyException e) {
                    turnedAway.incrementAndGet();
                    return false;
                  }
                }));
      }
      // One hashes, and whoever waits gives up by itself when it takes too long.
      await().atMost(PATIENCE).until(() -> turnedAway.get() >= 49 - HashingLane.WAITING_MAX);
      assertThat(hashing).hasValue(1);
      released.countDown();
      for (Future<Boolean> each : all) {
        each.get();
      }
    }

    assertThat(hashing.get() + turnedAway.get()).isEqualTo(50);
    assertThat(lane.check(() -> true)).isTrue();
    assertThat(lane.check(() -> false)).isFalse();
  }

  @Test
  void aCheckThatFailsLeavesItsPlace() throws Exception {
    HashingLane lane = new HashingLane(1);
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(
              () ->
                  lane.check(
                      () -> {
                        throw new IllegalStateException("no such algorithm");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(lane.check(() -> true)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
