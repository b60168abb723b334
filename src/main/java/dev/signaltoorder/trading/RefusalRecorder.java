package dev.signaltoorder.trading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.signal.RefusedDelivery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Records deliveries that were turned away, in a journal of their own ("service"): they belong to
 * no account. A flood of them costs bounded memory and a bounded number of facts a second; what is
 * not recorded one by one is recorded as a count. Any replica may record: the lease is taken for
 * one batch at a time.
 */
final class RefusalRecorder implements Runnable {
  private static final Logger LOG = Logger.getLogger(RefusalRecorder.class);
  private static final String STREAM = "service";
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_PER_BATCH = 200;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LEASE = Duration.ofSeconds(5);

  private final Journal journal;
  private final Clock clock;
  private final UUID holder = UUID.randomUUID();
  private final BlockingQueue<RefusedDelivery> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicLong uncounted = new AtomicLong();
  private final Thread thread;
  private volatile boolean stopping;

  RefusalRecorder(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("refusals").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void record(RefusedDelivery refusal) {
    if (!waiting.offer(refusal)) {
      uncounted.incrementAndGet();
    }
  }

  @Override
  public void run() {
    List<RefusedDelivery> batch = new ArrayList<>();
    while (!stopping || !waiting.isEmpty()) {
      try {
        if (batch.isEmpty()) {
          RefusedDelivery first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
          if (first == null) {
            continue;
          }
          batch.add(first);
          waiting.drainTo(batch, MOST_PER_BATCH - 1);
        }
        if (append(batch)) {
          batch.clear();
        }
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        if (stopping) {
          appendLast(batch);
          return;
        }
      } catch (RuntimeException e) {
        LOG.warnf("refused deliveries are not recorded yet: %s", e.getMessage());
        if (!pause() || stopping) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void appendLast(List<RefusedDelivery> batch) {
    waiting.drainTo(batch);
    try {
      if (!batch.isEmpty() && !append(batch)) {
        LOG.warnf("%d refused deliveries could not be recorded before the stop", batch.size());
      }
    } catch (RuntimeException e) {
      LOG.warnf("%d refused deliveries could not be recorded: %s", batch.size(), e.getMessage());
    }
  }

  private boolean append(List<RefusedDelivery> batch) {
    Optional<Lease> lease = journal.takeLease(STREAM, holder, LEASE);
    if (lease.isEmpty()) {
      return false;
    }
    List<JournalEntry> entries = new ArrayList<>();
    batch.forEach(refusal -> entries.add(refused(refusal)));
    long more = uncounted.getAndSet(0);
    if (more > 0) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("count", more);
      entries.add(new JournalEntry("deliveries-refused", null, null, body, null));
    }
    try {
      journal.append(
          lease.get(),
          lease.get().journalSize(),
          new Batch(clock.instant(), entries, List.of()),
          LEASE);
    } catch (RuntimeException e) {
      uncounted.addAndGet(more);
      throw e;
    } finally {
      journal.release(lease.get());
    }
    return true;
  }

  private static JournalEntry refused(RefusedDelivery refusal) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", refusal.source())
            .put("deliveryId", refusal.deliveryId())
            .put("remoteAddress", refusal.remoteAddress())
            .put("cause", refusal.cause().name())
            .put("receivedAt", refusal.receivedAt().toString());
    return new JournalEntry("delivery-refused", null, null, body, null);
  }
}
