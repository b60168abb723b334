package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.PrivateCall.Priority;
import dev.signaltoorder.kraken.TradingBudget.Charge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one key and the one thread that works through it: one call in flight, orders first,
 * look-ups only as Kraken's call counter allows. Every call that is submitted ends with its {@code
 * done}, on this line's thread; only a call that finds the queue full or closed is answered on the
 * submitting thread.
 */
final class KeyLine implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(KeyLine.class);

  private static final int MAX_WAITING_PER_PRIORITY = 256;
  private static final Duration MAX_READ_WAIT = Duration.ofSeconds(60);
  // The thread looks at the clock again at least this often: the clock may be stepped.
  private static final Duration MAX_NAP = Duration.ofMillis(200);

  private final SignedCalls calls;
  private final Timetable timetable;
  private final CallMaking making;
  private final Clock clock;
  private final Consumer<CallRecord> everyCall;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableSet<Waiting> queue =
      new TreeSet<>(
          Comparator.comparing((Waiting w) -> w.call().priority())
              .thenComparingLong(Waiting::ticket));
  private long nextTicket;
  private boolean closed;
  private boolean retired;

  private record Waiting(PrivateCall call, long ticket, Instant since) {}

  /** A call whose turn it is, and why it must not be sent, if so. */
  private record Turn(PrivateCall call, Charge charge, CallOutcome.@Nullable NotSent refusal) {}

  KeyLine(
      String name,
      SignedCalls calls,
      Timetable timetable,
      ReadGuard guard,
      Clock clock,
      Consumer<CallRecord> everyCall) {
    this.calls = calls;
    this.timetable = timetable;
    this.making = new CallMaking(calls, timetable, guard, clock, this::observe);
    this.clock = clock;
    this.everyCall = everyCall;
    this.thread = new Thread(this::work, name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Takes a call; false if this line was replaced by another, which then has to take it. */
  boolean offer(PrivateCall call) {
    CallOutcome.NotSent refusal = null;
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      if (closed) {
        refusal = new CallOutcome.NotSent(Cause.SHUT_DOWN, "the client is closed");
      } else if (waiting(call.priority()) >= MAX_WAITING_PER_PRIORITY) {
        refusal = new CallOutcome.NotSent(Cause.QUEUE_FULL, "too many calls of this kind wait");
      } else {
        queue.add(new Waiting(call, nextTicket++, clock.instant()));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (refusal != null) {
      tell(call, calls.unsent(call, refusal));
    }
    return true;
  }

  /**
   * Takes no more calls and ends once the call in flight is over.
   *
   * @return what had not begun: another line has to make these calls
   */
  List<PrivateCall> retire() {
    lock.lock();
    try {
      retired = true;
      List<PrivateCall> left = queue.stream().map(Waiting::call).toList();
      queue.clear();
      changed.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** The key's fingerprint. */
  String fingerprint() {
    return calls.fingerprint();
  }

  /** How the key's limits stand. */
  Timetable timetable() {
    return timetable;
  }

  /** Calls that wait: those that change orders, or those that ask. */
  int waiting(boolean reads) {
    lock.lock();
    try {
      return (int) queue.stream().filter(w -> w.call().onlyReads() == reads).count();
    } finally {
      lock.unlock();
    }
  }

  private long waiting(Priority priority) {
    return queue.stream().filter(w -> w.call().priority() == priority).count();
  }

  private void work() {
    try {
      Turn turn;
      while ((turn = nextTurn()) != null) {
        PrivateCall call = turn.call();
        CallOutcome.NotSent refusal = turn.refusal();
        tell(
            call, refusal == null ? making.make(call, turn.charge()) : calls.unsent(call, refusal));
      }
    } finally {
      calls.close();
    }
  }

  /** Waits for a call whose turn it is; null when closed or replaced and all is answered. */
  private @Nullable Turn nextTurn() {
    lock.lock();
    try {
      while (true) {
        if (queue.isEmpty()) {
          if (closed || retired) {
            return null;
          }
          nap(MAX_NAP.multipliedBy(50));
          continue;
        }
        Instant now = clock.instant();
        Timetable.Walk walk = timetable.walk(now);
        Duration shortest = MAX_NAP;
        for (Waiting next : queue) {
          CallOutcome.NotSent refusal = refusal(next, now, walk);
          Duration wait = refusal == null ? walk.waitFor(next.call()) : Duration.ZERO;
          if (wait.isZero()) {
            queue.remove(next);
            if (refusal == null) {
              timetable.spend(next.call(), walk.charge(next.call()), now);
            }
            return new Turn(next.call(), walk.charge(next.call()), refusal);
          }
          shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
        }
        nap(shortest);
      }
    } finally {
      lock.unlock();
    }
  }

  private CallOutcome.@Nullable NotSent refusal(Waiting next, Instant now, Timetable.Walk walk) {
    if (closed) {
      return new CallOutcome.NotSent(Cause.SHUT_DOWN, "the client was closed");
    }
    CallOutcome.NotSent refusal = walk.refusal(next.call());
    if (refusal == null
        && next.call().onlyReads()
        && Duration.between(next.since(), now).compareTo(MAX_READ_WAIT) > 0) {
      return new CallOutcome.NotSent(
          Cause.BUDGET_EXHAUSTED, "waited " + MAX_READ_WAIT.toSeconds() + " s");
    }
    return refusal;
  }

  // The caller loops: it looks at queue, clock and flag again after every nap.
  @SuppressWarnings("WaitNotInLoop")
  private void nap(Duration atMost) {
    try {
      changed.awaitNanos(atMost.toNanos());
    } catch (InterruptedException e) {
      // Nobody stops this thread but close(), which says so by its flag.
      LOG.debug("interrupted while waiting for calls");
    }
  }

  private void tell(PrivateCall call, CallRecord record) {
    observe(record);
    try {
      call.done().accept(record);
    } catch (RuntimeException | Error e) {
      // A fault of one receiver must not take the calls of all others with it.
      LOG.errorf(e, "the receiver of call %s failed", record.callId());
    }
  }

  private void observe(CallRecord record) {
    try {
      everyCall.accept(record);
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "the observer of call %s failed", record.callId());
    }
  }

  /** Answers what waits as shut down, lets the call in flight finish, and ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!Thread.currentThread().equals(thread)) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
