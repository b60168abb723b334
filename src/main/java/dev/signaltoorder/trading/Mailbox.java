package dev.signaltoorder.trading;

import dev.signaltoorder.signal.IntakeUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for an account's loop. Any thread puts in, the loop alone takes out. What comes from
 * outside is bounded, and taken only while the account is led here; answers to the loop's own calls
 * are bounded by those calls, and are never lost nor waited for: the loop's own thread may bring
 * one.
 */
final class Mailbox {
  private static final int MOST_WAITING = 10_000;
  private static final long ANY_TERM = -1;

  private final BlockingQueue<Envelope> waiting = new LinkedBlockingQueue<>();
  private boolean open;

  /** A row of a table that other processes write to: what it says is taken with the row. */
  sealed interface Row {
    /** Of a delivery that was handed over. */
    record Delivery(long id) implements Row {}

    /** Of a command. */
    record Command(UUID id) implements Row {}
  }

  /**
   * A message with who waits for its answer.
   *
   * @param term the loop's term it belongs to
   * @param reply completed once what the message led to is committed; null when nobody waits here
   * @param row where it comes from when it was left in the database, else null
   * @param arrivedNanos since when it waits, {@link System#nanoTime}
   */
  record Envelope(
      Message message,
      long term,
      @Nullable CompletableFuture<Object> reply,
      @Nullable Row row,
      long arrivedNanos) {

    Envelope(
        Message message, long term, @Nullable CompletableFuture<Object> reply, @Nullable Row row) {
      this(message, term, reply, row, System.nanoTime());
    }

    /** Answers to calls of an earlier term say nothing to this one: it asks anew. */
    boolean isFor(long current) {
      return term == ANY_TERM || term == current;
    }
  }

  /** From outside; refused at once when too much is waiting, or the account is not led here. */
  synchronized CompletableFuture<Object> submit(Message message) {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    if (!open) {
      reply.completeExceptionally(new NotLedHereException(true, null));
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(new Envelope(message, ANY_TERM, reply, null));
    } else {
      reply.completeExceptionally(
          new IntakeUnavailableException("too many messages are waiting", null));
    }
    return reply;
  }

  /** From Kraken's or the market's threads, or from the loop's own helpers. */
  void post(Message message, long term) {
    waiting.add(new Envelope(message, term, null, null));
  }

  /** From the database. */
  void post(Envelope envelope) {
    waiting.add(envelope);
  }

  /** Waits for the first message, at most {@code patience}; takes what else is there. */
  List<Envelope> take(int most, Duration patience) throws InterruptedException {
    List<Envelope> taken = new ArrayList<>();
    Envelope first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      taken.add(first);
      waiting.drainTo(taken, most - 1);
    }
    return taken;
  }

  int size() {
    return waiting.size();
  }

  /** How long the first in the queue has waited; 0 when nobody waits. */
  long oldestNanos() {
    Envelope first = waiting.peek();
    return first == null ? 0 : System.nanoTime() - first.arrivedNanos();
  }

  /** The account is led here. */
  synchronized void open() {
    open = true;
  }

  /** It is not any more: whoever waits is told to go elsewhere. */
  void close() {
    List<Envelope> all = new ArrayList<>();
    synchronized (this) {
      open = false;
      waiting.drainTo(all);
    }
    refuse(all, new NotLedHereException(true, null));
  }

  static void refuse(List<Envelope> envelopes, NotLedHereException why) {
    for (Envelope envelope : envelopes) {
      if (envelope.reply() != null) {
        envelope.reply().completeExceptionally(why);
      }
    }
  }
}
