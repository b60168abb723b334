package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What signed checkpoints cost the writer: {@code ./mvnw test -Dtest=ChainCostTest
 * -Devidence.cost=true}. Rounds with and without take turns on one database, so that a busy machine
 * spoils both alike; what counts is the ratio of their medians.
 */
@EnabledIfSystemProperty(named = "evidence.cost", matches = "true")
class ChainCostTest {
  private static final int ROUNDS = Integer.getInteger("evidence.cost.rounds", 11);
  private static final int BATCHES = 200;
  private static final int FACTS_PER_BATCH = 64;

  @TempDir Path folder;

  @Test
  void signingCostsTheWriterLittle() throws Exception {
    List<Long> without = new ArrayList<>();
    List<Long> with = new ArrayList<>();
    try (EvidenceDatabase database = EvidenceDatabase.in(folder, 1)) {
      Journal journal = new Journal(database.database.as(EvidenceDatabase.RUNTIME));
      append(journal);
      for (int round = 0; round < ROUNDS; round++) {
        without.add(append(journal));
        Checkpointing signing = database.newCheckpointing();
        // What the round before left behind is taken in first: it is not this round's cost.
        signing.pass(System.nanoTime(), false);
        signing.start();
        with.add(append(journal));
        signing.stop();
        database.reset();
      }
    }
    long plain = median(without);
    long signed = median(with);
    System.out.printf(
        "facts/s without %d, with signed checkpoints %d: cost %.1f %% (%d rounds of %d facts)%n",
        perSecond(plain),
        perSecond(signed),
        100.0 * (signed - plain) / signed,
        ROUNDS,
        BATCHES * FACTS_PER_BATCH);
    assertThat(signed).isPositive();
  }

  /** A round on an account of its own; nanoseconds. */
  private static long append(Journal journal) {
    String account = "cost-" + UUID.randomUUID().toString().substring(0, 8);
    Duration long5 = Duration.ofMinutes(5);
    Lease lease = journal.takeLease(account, UUID.randomUUID(), long5).orElseThrow();
    byte[] raw = "x".repeat(300).getBytes(StandardCharsets.UTF_8);
    String text = "y".repeat(600);
    long started = System.nanoTime();
    for (int batch = 0; batch < BATCHES; batch++) {
      List<JournalEntry> entries = new ArrayList<>();
      for (int i = 0; i < FACTS_PER_BATCH; i++) {
        entries.add(
            new JournalEntry(
                "signal-received",
                new UUID(batch, i),
                null,
                JsonNodeFactory.instance.objectNode().put("text", text).put("i", i),
                raw));
      }
      journal.append(
          lease,
          (long) batch * FACTS_PER_BATCH,
          new Batch(EvidenceDatabase.START, entries, List.of()),
          long5);
    }
    return System.nanoTime() - started;
  }

  private static long median(List<Long> values) {
    List<Long> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static long perSecond(long nanos) {
    return (long) BATCHES * FACTS_PER_BATCH * 1_000_000_000L / nanos;
  }
}
