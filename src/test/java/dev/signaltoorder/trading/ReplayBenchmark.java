package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.SelectedFacts;
import dev.signaltoorder.risk.RuleSet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * How long a what-if replay takes: fills a journal with decisions and intents as the core makes
 * them, then judges all of them by other rules. Run by {@code -Dreplay.signals=1000000}.
 */
class ReplayBenchmark {
  private static final String MAIN = "main";
  private static final int BATCH = 500;

  /** As many approvals in 24 hours as the shipped set "pro" allows, nearly. */
  private static final Duration BETWEEN_SIGNALS = Duration.ofSeconds(60);

  @Test
  void storedSignalsAreJudgedByOtherRules() {
    Long signals = Long.getLong("replay.signals");
    Assumptions.assumeTrue(signals != null, "-Dreplay.signals=<n> measures a replay of n signals");
    try (ReplicaHouse house = new ReplicaHouse(MAIN)) {
      Instant until = fill(house, signals);
      house.run("analyze journal");
      SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("IOC");
      Samples.set(rules, "max-order-notional", "limit", "10");
      RulesReplay replay =
          new RulesReplay(
              new SelectedFacts(house.runtime()),
              new RuleSet(0, until, "anna", "what-if", rules),
              new ReplayQuery(Instant.EPOCH, until.plusSeconds(1), null, null, null));

      long before = System.nanoTime();
      long cpuBefore = cpuNanos();
      ReplayResult result = replay.run(List.of(MAIN));
      long ms = Math.max(1, (System.nanoTime() - before) / 1_000_000);
      long cpuMicros = (cpuNanos() - cpuBefore) / 1_000 / Math.max(1, result.judged());

      System.out.printf(
          "replay: %d signals, %d facts, %d MB of canonical bytes: %d ms, %d signals/s, %d us of"
              + " processor time per signal, %d newly refused%n",
          result.judged(),
          replay.progress(),
          house.number("select sum(length(canonical)) / 1000000 from journal"),
          ms,
          result.judged() * 1_000 / ms,
          cpuMicros,
          result.newlyRefused());
      assertThat(result.judged()).isEqualTo(signals);
      assertThat(replay.progress()).isEqualTo(replay.expected());
      assertThat(result.newlyRefused()).isPositive();
    }
  }

  /** Of this process, all threads; PostgreSQL's own is not in it. */
  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** Only what a replay reads: decisions and intents. */
  private static Instant fill(ReplicaHouse house, long signals) {
    Journal journal = new Journal(house.runtime());
    Duration longLease = Duration.ofMinutes(60);
    Lease lease = journal.takeLease(MAIN, UUID.randomUUID(), longLease).orElseThrow();
    FactCodec codec = new FactCodec();
    MadeUpLives lives = new MadeUpLives(BETWEEN_SIGNALS);
    List<JournalEntry> entries = new ArrayList<>();
    long size = 0;
    for (long signal = 0; signal < signals; signal++) {
      lives.live();
      lives.state().takeTouched();
      for (Recorded recorded : lives.pending()) {
        if (recorded.fact() instanceof Fact.SignalDecided
            || recorded.fact() instanceof Fact.OrderIntended) {
          entries.add(codec.encode(recorded));
        }
      }
      lives.pending().clear();
      if (entries.size() >= BATCH || signal + 1 == signals) {
        journal.append(lease, size, new Batch(lives.now(), entries, List.of()), longLease);
        size += entries.size();
        entries = new ArrayList<>();
      }
    }
    return lives.now();
  }
}
