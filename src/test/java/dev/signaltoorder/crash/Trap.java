package dev.signaltoorder.crash;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Catches the first thing that passes a gate and fits, and holds it until told what to do with it.
 *
 * @param <T> what passes the gate
 */
final class Trap<T> {
  /** On which side of the gate's other end the thing is held. */
  enum At {
    /** The request has not gone on. */
    BEFORE,
    /** The request was carried out; its answer has not gone back. */
    AFTER
  }

  private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

  private final Predicate<T> which;
  private final At at;
  private final CompletableFuture<T> caught = new CompletableFuture<>();
  private final CompletableFuture<Boolean> letGo = new CompletableFuture<>();

  Trap(At at, Predicate<T> which) {
    this.at = at;
    this.which = which;
  }

  boolean fits(T thing) {
    return which.test(thing);
  }

  At at() {
    return at;
  }

  /** For the gate: holds the thing; true if it may go on, false if it is lost. */
  boolean hold(T thing) {
    caught.complete(thing);
    try {
      return letGo.get(LONGEST_HOLD.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Waits until something was caught. */
  Optional<T> await(Duration atMost) {
    try {
      return Optional.of(caught.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** What is held goes on. */
  void release() {
    letGo.complete(true);
  }

  /** What is held is lost, and with it its connection. */
  void discard() {
    letGo.complete(false);
  }
}
