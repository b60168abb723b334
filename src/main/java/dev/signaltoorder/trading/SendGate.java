package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.SendPermit;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last gate before the first byte of an order, or of a change to one. Belongs to one term of
 * one account's loop: closed by a halt, closed for good when the loop ends, and shut by itself when
 * the lease could end before the call does. Thread-safe.
 */
final class SendGate {
  private final LongSupplier nanoTime;
  private final long leaseMarginNanos;
  private @Nullable String closed;
  private boolean entriesOnly;
  private boolean leaving;
  private boolean ended;
  private long leaseEndsNanos;
  private int begun;

  /**
   * @param nanoTime a monotonic clock
   * @param leaseMargin a call may only begin while the lease lasts longer than this
   */
  SendGate(LongSupplier nanoTime, Duration leaseMargin) {
    this.nanoTime = nanoTime;
    this.leaseMarginNanos = leaseMargin.toNanos();
    this.leaseEndsNanos = nanoTime.getAsLong();
  }

  /** The lease is ours until this reading of the monotonic clock. */
  synchronized void leaseUntil(long nanos) {
    leaseEndsNanos = nanos;
  }

  /**
   * No call begins any more once this returns; a call that has begun is given up to {@code
   * patience} to end.
   *
   * @param onlyEntries true lets sells pass that only make a position smaller
   */
  synchronized void close(String reason, boolean onlyEntries, Duration patience) {
    closed = reason;
    entriesOnly = onlyEntries;
    long until = nanoTime.getAsLong() + patience.toNanos();
    while (begun > 0) {
      long left = (until - nanoTime.getAsLong()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  synchronized void open() {
    closed = null;
  }

  /** The process stops: no entry begins any more, whatever an operator says. */
  synchronized void leave() {
    leaving = true;
  }

  /** The loop's term is over: nothing that it queued may begin. */
  synchronized void end() {
    ended = true;
  }

  /**
   * The permit for one order.
   *
   * @param leaves a sell that only makes a position smaller
   * @param tooLate asked at the last moment: why the order is too late by now, or null
   */
  SendPermit permit(boolean leaves, Supplier<@Nullable String> tooLate) {
    return new SendPermit() {
      @Override
      public @Nullable String begin() {
        String late = tooLate.get();
        return late == null ? SendGate.this.begin(leaves) : late;
      }

      @Override
      public void done() {
        SendGate.this.done();
      }
    };
  }

  /**
   * The permit to change an order that rests. A halt does not hold it back, because stops are
   * fitted to their positions all the same; a loop that has ended, or may, does.
   */
  SendPermit changePermit() {
    return new SendPermit() {
      @Override
      public @Nullable String begin() {
        return notOurs();
      }

      @Override
      public void done() {
        // No halt waits for it.
      }
    };
  }

  private synchronized @Nullable String begin(boolean leaves) {
    String notOurs = notOurs();
    if (notOurs != null) {
      return notOurs;
    }
    if (closed != null && !(entriesOnly && leaves)) {
      return closed;
    }
    if (leaving && !leaves) {
      return "the process is stopping";
    }
    begun++;
    return null;
  }

  /** Why another process may be at work on this account by now; null while none can be. */
  private synchronized @Nullable String notOurs() {
    if (ended) {
      return "the account's loop has ended";
    }
    return leaseEndsNanos - nanoTime.getAsLong() < leaseMarginNanos
        ? "the lease of the account is about to end"
        : null;
  }

  private synchronized void done() {
    begun--;
    notifyAll();
  }
}
