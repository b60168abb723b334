package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
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
  private final Standstill standstill;
  private final Clock clock;
  private final Consumer<CallRecord> everyCall;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(
          Comparator.comparing((Waiting w) -> w.call().priority())
              .thenComparingLong(Waiting::ticket));
  private long nextTicket;
  private boolean closed;

  private record Waiting(PrivateCall call, long ticket, Instant since) {}

  /** A call whose turn it is, and why it must not be sent, if so. */
  private record Turn(PrivateCall call, CallOutcome.@Nullable NotSent refusal) {}

  KeyLine(
      String name,
      SignedCalls calls,
      Standstill standstill,
      Clock clock,
      Consumer<CallRecord> everyCall) {
    this.calls = calls;
    this.standstill = standstill;
    this.clock = clock;
    this.everyCall = everyCall;
    this.thread = new Thread(this::work, name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  void submit(PrivateCall call) {
    CallOutcome.NotSent refusal = null;
    lock.lock();
    try {
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
  }

  /** The end of Kraken's lockout, or null. */
  @Nullable Instant lockedUntil() {
    return standstill.lockedUntil(clock.instant());
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
        tell(call, refusal == null ? make(call) : calls.unsent(call, refusal));
      }
    } finally {
      calls.close();
    }
  }

  private CallRecord make(PrivateCall call) {
    CallRecord record = once(call);
    KrakenErrors.Action action = learn(record);
    // Never an AddOrder: that this try was refused says nothing of an earlier one.
    if (action == KrakenErrors.Action.NEW_NONCE && call.onlyReads()) {
      observe(record);
      standstill.spend(call.restCost(), clock.instant());
      record = once(call);
      learn(record);
    }
    return record;
  }

  private KrakenErrors.@Nullable Action learn(CallRecord record) {
    KrakenErrors.Action action = standstill.learn(record.outcome(), clock.instant());
    if (record.outcome() instanceof CallOutcome.Reply) {
      calls.nonceWas(action == KrakenErrors.Action.NEW_NONCE);
    }
    return action;
  }

  private CallRecord once(PrivateCall call) {
    try {
      return calls.make(call);
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "a call to %s failed in an unforeseen way", call.endpoint());
      return calls.lost(call, e);
    }
  }

  /** Waits for a call whose turn it is; null when closed and all is answered. */
  private @Nullable Turn nextTurn() {
    lock.lock();
    try {
      while (true) {
        Waiting head = queue.peek();
        if (head == null) {
          if (closed) {
            return null;
          }
          nap(MAX_NAP.multipliedBy(50));
          continue;
        }
        Instant now = clock.instant();
        CallOutcome.NotSent refusal = refusal(head, now);
        Duration wait = standstill.waitFor(head.call().restCost(), now);
        if (refusal != null || wait.isZero()) {
          queue.remove();
          if (refusal == null) {
            standstill.spend(head.call().restCost(), now);
          }
          return new Turn(head.call(), refusal);
        }
        nap(wait.compareTo(MAX_NAP) < 0 ? wait : MAX_NAP);
      }
    } finally {
      lock.unlock();
    }
  }

  private CallOutcome.@Nullable NotSent refusal(Waiting head, Instant now) {
    if (closed) {
      return new CallOutcome.NotSent(Cause.SHUT_DOWN, "the client was closed");
    }
    Instant lockedUntil = standstill.lockedUntil(now);
    if (lockedUntil != null) {
      return new CallOutcome.NotSent(
          Cause.LOCKED_OUT, "Kraken's lockout: none before " + lockedUntil);
    }
    if (head.call().restCost() > 0
        && Duration.between(head.since(), now).compareTo(MAX_READ_WAIT) > 0) {
      return new CallOutcome.NotSent(
          Cause.BUDGET_EXHAUSTED, "waited " + MAX_READ_WAIT.toSeconds() + " s");
    }
    return null;
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
