package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.TradingBudget.Charge;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one line: once, what changes an order; perhaps again, what only reads. Used by
 * the line's thread.
 */
final class CallMaking {

  private static final Logger LOG = Logger.getLogger(CallMaking.class);

  private final SignedCalls calls;
  private final Timetable timetable;
  private final ReadGuard guard;
  private final Clock clock;
  private final Consumer<CallRecord> observer;

  /**
   * @param observer told of a try that is repeated; the last one's record is returned
   */
  CallMaking(
      SignedCalls calls,
      Timetable timetable,
      ReadGuard guard,
      Clock clock,
      Consumer<CallRecord> observer) {
    this.calls = calls;
    this.timetable = timetable;
    this.guard = guard;
    this.clock = clock;
    this.observer = observer;
  }

  /** Makes the call and takes note of what it says about limits. */
  CallRecord make(PrivateCall call, Charge charge) {
    if (!call.onlyReads()) {
      Instant sentAt = clock.instant();
      CallRecord record = once(call);
      timetable.over(call, charge, record.outcome(), sentAt, clock.instant());
      return record;
    }
    CallRecord record = read(call);
    if (timetable.wantsNewNonce(record.outcome())) {
      observer.accept(record);
      timetable.spend(call, Charge.NOTHING, clock.instant());
      record = read(call);
    }
    return record;
  }

  /** Through the guard, which may repeat it. */
  private CallRecord read(PrivateCall call) {
    AtomicReference<@Nullable CallRecord> last = new AtomicReference<>();
    CallRecord made =
        guard.make(
            () -> {
              CallRecord earlier = last.get();
              if (earlier != null) {
                observer.accept(earlier);
                timetable.spend(call, Charge.NOTHING, clock.instant());
              }
              Instant sentAt = clock.instant();
              CallRecord record = once(call);
              timetable.over(call, Charge.NOTHING, record.outcome(), sentAt, clock.instant());
              last.set(record);
              return record;
            });
    return made != null
        ? made
        : calls.unsent(
            call, new CallOutcome.NotSent(Cause.CIRCUIT_OPEN, "Kraken has not answered lately"));
  }

  private CallRecord once(PrivateCall call) {
    try {
      return calls.make(call);
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "a call to %s failed in an unforeseen way", call.endpoint());
      return calls.lost(call, e);
    }
  }
}
