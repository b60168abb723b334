package dev.signaltoorder.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Asks the service the same thing again and again while something is changed, and keeps count. */
public final class Load {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger good = new AtomicInteger();
  private final Queue<String> bad = new ConcurrentLinkedQueue<>();
  private final Thread thread;

  private Load(Supplier<Answer> asking, int expected) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!enough.get()) {
                    ask(asking, expected);
                  }
                });
  }

  private void ask(Supplier<Answer> asking, int expected) {
    try {
      Answer answer = asking.get();
      if (answer.status() == expected) {
        good.incrementAndGet();
      } else {
        bad.add(answer.status() + " " + answer.body());
      }
    } catch (RuntimeException e) {
      bad.add(e.toString());
    }
  }

  /** Begins now. */
  public static Load of(Supplier<Answer> asking, int expectedStatus) {
    return new Load(asking, expectedStatus);
  }

  /** How often it went well so far. */
  public int good() {
    return good.get();
  }

  /** Ends it; fails unless everything went well, and something did. */
  public void endsWithoutAFailure() throws InterruptedException {
    enough.set(true);
    assertThat(thread.join(PATIENCE)).as("the last question was answered").isTrue();
    assertThat(bad).isEmpty();
    assertThat(good.get()).isPositive();
  }
}
