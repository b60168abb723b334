package dev.signaltoorder.trading;

import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.RawFact;
import dev.signaltoorder.journal.StateSnapshots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Makes an account's state anew: from the newest saved state whose hash the journal vouches for,
 * and the facts since. Without one, from all facts. Facts are read by the calling thread, decoded
 * by others, and folded by the calling thread in their order.
 */
final class Rebuild {
  private static final Logger LOG = Logger.getLogger(Rebuild.class);
  private static final int CHUNK = 500;
  private static final int CHUNKS_AHEAD = 16;
  private static final int DECODERS = 2;
  private static final int SUMMARIES_EVERY_CHUNKS = 20;

  private final FactReader facts;
  private final StateSnapshots snapshots;
  private final String version;
  private final FactCodec codec = new FactCodec();
  private final StateCodec states = new StateCodec();

  /**
   * For one program.
   *
   * @param program its version: states that another one saved are not used
   */
  Rebuild(FactReader facts, StateSnapshots snapshots, String program) {
    this.facts = facts;
    this.snapshots = snapshots;
    this.version = StateCodec.version(program);
  }

  /**
   * The state of an account.
   *
   * @param size facts in the journal
   * @param savedAt facts that were not read, because a saved state had them; 0 without one
   */
  record Result(AccountState state, long size, long savedAt) {}

  /**
   * Rebuilds the state under a lease.
   *
   * @param keepLease called often; it may take longer than the lease lasts
   * @throws IllegalStateException when the journal does not fit the lease
   */
  Result run(Lease lease, Runnable keepLease) {
    Optional<StateSnapshots.Saved> saved = trusted(lease);
    keepLease.run();
    AccountState state =
        saved
            .map(found -> new AccountState(states.decode(found.body())))
            .orElseGet(AccountState::new);
    long savedAt = saved.map(StateSnapshots.Saved::facts).orElse(0L);
    long size = fold(lease.account(), savedAt, state, keepLease);
    if (size != lease.journalSize()) {
      throw new IllegalStateException(
          "the journal holds " + size + " facts, its lease says " + lease.journalSize());
    }
    return new Result(state, size, savedAt);
  }

  /**
   * The newest saved state that the journal vouches for. One that is not what its fact says was
   * changed behind the service's back: then none is believed.
   */
  private Optional<StateSnapshots.Saved> trusted(Lease lease) {
    for (StateSnapshots.Saved saved :
        snapshots.newest(lease.account(), version, lease.journalSize())) {
      Optional<String> recorded = recordedHash(lease.account(), saved.facts());
      if (recorded.isEmpty()) {
        // Written, and the process ended before the fact: it proves nothing.
        continue;
      }
      boolean sound =
          recorded.get().equals(StateCodec.sha256(saved.body()))
              && recorded.get().equals(HexFormat.of().formatHex(saved.sha256()));
      if (sound) {
        return Optional.of(saved);
      }
      LOG.errorf(
          "ALARM: account %s: the state saved after %d facts is not the one the journal speaks of;"
              + " no saved state is used, all facts are folded",
          lease.account(), saved.facts());
      return Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<String> recordedHash(String account, long folded) {
    for (RawFact stored : facts.ofKind(account, folded, "state-saved")) {
      Optional<Fact> fact = codec.decode(stored);
      if (fact.isPresent()
          && fact.get() instanceof Fact.StateSaved record
          && record.facts() == folded
          && record.version().equals(version)) {
        return Optional.of(record.sha256());
      }
    }
    return Optional.empty();
  }

  private long fold(String account, long from, AccountState state, Runnable keepLease) {
    try (ExecutorService decoders = Executors.newFixedThreadPool(DECODERS)) {
      Folding folding = new Folding(state, keepLease, decoders);
      try {
        long size = facts.read(account, from, FactCodec.STATELESS, folding::read);
        folding.finish();
        return size;
      } finally {
        decoders.shutdownNow();
      }
    }
  }

  /** Chunks on their way from the journal into the state. */
  private final class Folding {
    private final AccountState state;
    private final Runnable keepLease;
    private final ExecutorService decoders;
    private final Deque<CompletableFuture<List<Optional<Fact>>>> ahead = new ArrayDeque<>();
    private List<RawFact> chunk = new ArrayList<>(CHUNK);
    private long chunks;

    Folding(AccountState state, Runnable keepLease, ExecutorService decoders) {
      this.state = state;
      this.keepLease = keepLease;
      this.decoders = decoders;
    }

    void read(RawFact fact) {
      chunk.add(fact);
      if (chunk.size() == CHUNK) {
        send();
        while (ahead.size() > CHUNKS_AHEAD || (!ahead.isEmpty() && ahead.getFirst().isDone())) {
          foldFirst();
        }
      }
    }

    void finish() {
      send();
      while (!ahead.isEmpty()) {
        foldFirst();
      }
      state.takeTouched();
    }

    private void send() {
      List<RawFact> full = chunk;
      chunk = new ArrayList<>(CHUNK);
      ahead.addLast(CompletableFuture.supplyAsync(() -> decode(full), decoders));
    }

    private void foldFirst() {
      List<Optional<Fact>> decoded;
      try {
        decoded = ahead.removeFirst().join();
      } catch (CompletionException | CancellationException e) {
        throw new IllegalStateException("the journal cannot be folded", e);
      }
      for (Optional<Fact> fact : decoded) {
        fact.ifPresentOrElse(state::apply, state::passOver);
      }
      chunks++;
      if (chunks % SUMMARIES_EVERY_CHUNKS == 0) {
        // Rows of finished signals are let go.
        state.takeTouched();
      }
      keepLease.run();
    }
  }

  /** A fact without effect on the state is counted, and so is one that is not known here. */
  private List<Optional<Fact>> decode(List<RawFact> chunk) {
    List<Optional<Fact>> decoded = new ArrayList<>(chunk.size());
    for (RawFact stored : chunk) {
      decoded.add(codec.decode(stored));
    }
    return decoded;
  }
}
