package dev.signaltoorder.access;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets few hash at once and {@value #WAITING_MAX} wait for them, a few seconds at most: whoever
 * comes then is turned away at once, so that no more threads than these are held. Thread-safe.
 */
final class HashingLane {
  static final int WAITING_MAX = 4;

  private static final long WAIT_SECONDS_MAX = 3;

  private final Semaphore hashing;
  private final Semaphore inside;

  /**
   * @param atOnce how many may hash at the same time, at least 1
   */
  HashingLane(int atOnce) {
    this.hashing = new Semaphore(atOnce);
    this.inside = new Semaphore(atOnce + WAITING_MAX);
  }

  /**
   * What {@code check} says.
   *
   * @throws BusyException when it was not asked, because enough others are
   */
  boolean check(BooleanSupplier check) throws BusyException {
    if (!inside.tryAcquire()) {
      throw new BusyException();
    }
    try {
      if (!hashing.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new BusyException();
      }
      try {
        return check.getAsBoolean();
      } finally {
        hashing.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    } finally {
      inside.release();
    }
  }

  /** Enough others are being checked. */
  static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
