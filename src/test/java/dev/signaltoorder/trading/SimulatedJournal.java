package dev.signaltoorder.trading;

import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.signal.Delivery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The journal as its users see it: a lease with a fencing number, appends that all or nothing of is
 * committed, and a network in between that can lose the statement or its acknowledgement.
 */
final class SimulatedJournal {
  static final long LEASE_MILLIS = 3_000;

  private final World world;
  private final Set<Breakage> broken;
  private final List<Committed> facts = new ArrayList<>();
  private final Map<String, InboxEntry> inbox = new HashMap<>();
  private final Map<UUID, SignalSummary> summaries = new HashMap<>();
  private final Map<Long, Message> handedOver = new LinkedHashMap<>();
  private long nextRow;
  private long fencing;
  private long leaseEndsMicros = -1;
  private long awayUntilMicros = -1;

  /** A fact that is in the journal, and when it got there. */
  record Committed(long mark, Fact fact) {}

  /** The caller does not know whether it was committed. */
  static final class CommitInDoubtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommitInDoubtException(String message) {
      super(message, null, false, false);
    }
  }

  SimulatedJournal(World world, Set<Breakage> broken) {
    this.world = world;
    this.broken = broken;
  }

  /** The database is not reachable for a while. */
  void goAway(long millis) {
    world.note(() -> "journal away for " + millis + " ms");
    awayUntilMicros = world.nowMicros() + millis * 1_000;
  }

  private void reach() {
    if (world.nowMicros() < awayUntilMicros && !world.healed()) {
      throw new CommitInDoubtException("the database is away");
    }
  }

  OptionalLong takeLease() {
    reach();
    if (world.nowMicros() < leaseEndsMicros) {
      return OptionalLong.empty();
    }
    fencing++;
    prolong();
    return OptionalLong.of(fencing);
  }

  boolean renew(long number) {
    reach();
    if (number != fencing || world.nowMicros() >= leaseEndsMicros) {
      return false;
    }
    prolong();
    return true;
  }

  void release(long number) {
    if (number == fencing) {
      leaseEndsMicros = -1;
    }
  }

  private void prolong() {
    leaseEndsMicros = world.nowMicros() + LEASE_MILLIS * 1_000;
  }

  void append(
      long number,
      long expectedSize,
      List<Fact> batch,
      List<InboxEntry> taken,
      Set<Long> rows,
      Collection<SignalSummary> changed) {
    reach();
    if (world.fault(0.004)) {
      world.note(() -> "commit lost before it happened");
      throw new CommitInDoubtException("connection lost before the commit");
    }
    boolean ours =
        number == fencing
            && expectedSize == facts.size()
            && world.nowMicros() < leaseEndsMicros
            && handedOver.keySet().containsAll(rows);
    if (!ours && !broken.contains(Breakage.IGNORE_FENCING)) {
      throw new CommitInDoubtException("the lease is not ours any more");
    }
    long mark = world.mark();
    for (Fact fact : batch) {
      facts.add(new Committed(mark, fact));
      world.note(() -> "  fact " + (facts.size() - 1) + " " + Simulation.shortly(fact));
    }
    for (InboxEntry entry : taken) {
      inbox.put(entry.deliveryId(), entry);
    }
    handedOver.keySet().removeAll(rows);
    changed.forEach(summary -> summaries.put(summary.signalId(), summary));
    prolong();
    if (world.fault(0.004)) {
      world.note(() -> "commit done, its acknowledgement lost");
      throw new CommitInDoubtException("connection lost after the commit");
    }
  }

  /**
   * A host that does not lead leaves a delivery for the one that does: the claim on its id and the
   * row are one commit. Returns what came first under the id, null if nothing did.
   */
  @Nullable InboxEntry handOver(Delivery delivery, Message message) {
    reach();
    if (world.fault(0.01)) {
      throw new CommitInDoubtException("connection lost before the delivery was left");
    }
    InboxEntry first = inbox.get(delivery.deliveryId());
    if (first == null) {
      inbox.put(delivery.deliveryId(), HandOverCodec.entry(delivery));
      leave(message);
    } else if (!first.bodySha256().equals(delivery.bodySha256())) {
      leave(new Message.ConflictArrived(delivery, first.signalId()));
    }
    if (world.fault(0.01)) {
      throw new CommitInDoubtException("connection lost after the delivery was left");
    }
    return first;
  }

  private void leave(Message message) {
    long row = nextRow++;
    handedOver.put(row, message);
    world.note(() -> "  row " + row + " waits for the leader");
  }

  /** Rows that wait for the leader, in their order. */
  Map<Long, Message> handedOver() {
    return handedOver;
  }

  @Nullable InboxEntry taken(String deliveryId) {
    return inbox.get(deliveryId);
  }

  List<Committed> facts() {
    return facts;
  }

  Map<UUID, SignalSummary> summaries() {
    return summaries;
  }
}
