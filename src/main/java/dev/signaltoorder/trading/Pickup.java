package dev.signaltoorder.trading;

import dev.signaltoorder.journal.HandedOver;
import dev.signaltoorder.journal.JournalException;
import dev.signaltoorder.journal.WaitingCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Brings the leader of an account what other processes left in the database for it, for one term of
 * its loop. Looks when the bell rings, and by itself from time to time. What it has brought and the
 * loop has not yet taken is bounded; the rest waits in the database.
 */
final class Pickup {
  private static final Logger LOG = Logger.getLogger(Pickup.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_IN_HAND = 1_024;

  private final LoopContext with;
  private final Mailbox mailbox;
  private final long term;
  private final HandOverCodec codec = new HandOverCodec();
  private final Set<Long> deliveriesInHand = ConcurrentHashMap.newKeySet();
  private final Set<UUID> commandsInHand = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Boolean> rung = new ArrayBlockingQueue<>(1);
  private volatile boolean ended;

  Pickup(LoopContext with, Mailbox mailbox, long term) {
    this.with = with;
    this.mailbox = mailbox;
    this.term = term;
  }

  /** From now on by itself, on a thread of its own. */
  void start() {
    Thread.ofVirtual().name("pickup-" + with.setup().account()).start(this::run);
  }

  void end() {
    ended = true;
    ring();
  }

  /** Something may be waiting. Never blocks. */
  void ring() {
    boolean first = rung.offer(true);
    LOG.tracef("%s: rung, first: %s", with.setup().account(), first);
  }

  private void run() {
    while (!ended) {
      try {
        Boolean wake = rung.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        LOG.tracef("%s: looking, rung: %s", with.setup().account(), wake);
        if (!ended) {
          commands().forEach(mailbox::post);
          deliveries().forEach(mailbox::post);
        }
      } catch (JournalException e) {
        // The loop meets the same database, and ends its term if that lasts.
        LOG.debugf("%s: %s", with.setup().account(), e.getMessage());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Commands that wait and are not in hand yet. */
  List<Mailbox.Envelope> commands() {
    List<Mailbox.Envelope> found = new ArrayList<>();
    for (WaitingCommand command :
        with.tables().commands().waiting(with.setup().account(), commandsInHand, MOST_AT_ONCE)) {
      commandsInHand.add(command.id());
      found.add(
          new Mailbox.Envelope(
              codec.message(command), term, null, new Mailbox.Row.Command(command.id())));
    }
    return found;
  }

  /** Deliveries that wait and are not in hand yet. */
  List<Mailbox.Envelope> deliveries() {
    int most = Math.min(MOST_AT_ONCE, MOST_IN_HAND - deliveriesInHand.size());
    if (most <= 0) {
      return List.of();
    }
    List<HandedOver> waiting =
        with.tables().deliveries().waiting(with.setup().account(), deliveriesInHand, most);
    List<Mailbox.Envelope> found = new ArrayList<>();
    for (HandedOver delivery : waiting) {
      deliveriesInHand.add(delivery.id());
      found.add(
          new Mailbox.Envelope(
              codec.message(delivery, with.markets()::now),
              term,
              null,
              new Mailbox.Row.Delivery(delivery.id())));
    }
    if (waiting.size() == MOST_AT_ONCE) {
      ring();
    }
    return found;
  }

  /** The loop is through with these. */
  void done(List<Mailbox.Envelope> batch) {
    boolean wasFull = deliveriesInHand.size() >= MOST_IN_HAND;
    for (Mailbox.Envelope envelope : batch) {
      switch (envelope.row()) {
        case Mailbox.Row.Delivery row -> deliveriesInHand.remove(row.id());
        case Mailbox.Row.Command row -> commandsInHand.remove(row.id());
        case null -> {}
      }
    }
    if (wasFull) {
      ring();
    }
  }
}
