package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.StateSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * How long a start takes: fills a journal with what the core really writes, then rebuilds from all
 * facts, and from a saved state and the facts after it. Run by {@code -Drebuild.facts=1000000}.
 */
class RebuildBenchmark {
  private static final String MAIN = "main";
  private static final int BATCH = 500;
  private static final int AFTER_THE_STATE = 10_000;
  private static final int ROUNDS = 3;

  private final MadeUpLives lives = new MadeUpLives(Duration.ofMinutes(4));
  private final AccountState state = lives.state();
  private final List<Recorded> pending = lives.pending();

  @Test
  void rebuildsAJournal() {
    Long facts = Long.getLong("rebuild.facts");
    Assumptions.assumeTrue(facts != null, "-Drebuild.facts=<n> measures a rebuild of n facts");
    try (ReplicaHouse house = new ReplicaHouse(MAIN)) {
      Lease lease = fill(house, facts);
      house.run("analyze journal");
      System.out.printf(
          "rebuild: %d facts, %d MB of canonical bytes%n",
          lease.journalSize(),
          house.number("select sum(length(canonical)) / 1000000 from journal"));
      for (int i = 0; i < ROUNDS; i++) {
        measure("all facts", house, "another version", lease);
        measure("saved state and the rest", house, "test", lease);
      }
    }
  }

  private static void measure(String what, ReplicaHouse house, String program, Lease lease) {
    long before = System.nanoTime();
    Rebuild.Result result =
        new Rebuild(new FactReader(house.runtime()), new StateSnapshots(house.runtime()), program)
            .run(lease, () -> {});
    long ms = (System.nanoTime() - before) / 1_000_000;
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "rebuild: %s: %d ms (%d facts read, heap %d MB)%n",
        what,
        ms,
        result.size() - result.savedAt(),
        (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000);
    assertThat(result.size()).isEqualTo(lease.journalSize());
  }

  /** Lives of signals, one after the other, as the core writes them. */
  private Lease fill(ReplicaHouse house, long facts) {
    Journal journal = new Journal(house.runtime());
    Duration longLease = Duration.ofMinutes(30);
    Lease lease = journal.takeLease(MAIN, UUID.randomUUID(), longLease).orElseThrow();
    FactCodec codec = new FactCodec();
    long size = 0;
    boolean saved = false;
    while (size < facts) {
      while (pending.size() < BATCH) {
        lives.live();
      }
      List<JournalEntry> entries = new ArrayList<>();
      pending.forEach(recorded -> entries.add(codec.encode(recorded)));
      pending.clear();
      journal.append(lease, size, new Batch(lives.now(), entries, state.takeTouched()), longLease);
      size += entries.size();
      if (!saved && size >= facts - AFTER_THE_STATE) {
        saved = true;
        save(house, size);
      }
    }
    return new Lease(MAIN, lease.holder(), lease.fencing(), size);
  }

  private void save(ReplicaHouse house, long size) {
    StateCodec codec = new StateCodec();
    long before = System.nanoTime();
    StateImage image = StateImage.of(state);
    long copied = System.nanoTime();
    byte[] bytes = codec.encode(image);
    String sha256 = StateCodec.sha256(bytes);
    System.out.printf(
        "rebuild: the state is %d kB; the loop copied for %d us, another thread needs %d ms%n",
        bytes.length / 1_000, (copied - before) / 1_000, (System.nanoTime() - copied) / 1_000_000);
    String version = StateCodec.version("test");
    new StateSnapshots(house.runtime())
        .save(
            MAIN, new StateSnapshots.Saved(size, version, HexFormat.of().parseHex(sha256), bytes));
    Step step = new Step(state);
    step.record(new Fact.StateSaved(size, version, sha256));
    pending.addAll(step.facts());
  }
}
