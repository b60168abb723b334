package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What signed checkpoints cost the writer: {@code ./mvnw test -Dtest=ChainCostTest
 * -Devidence.cost=true}. Rounds with and without take turns on one database, so that a busy machine
 * spoils both alike; what counts is the ratio of their medians. Processor time (of this process and
 * of the database's) says it without the others on the machine.
 */
@EnabledIfSystemProperty(named = "evidence.cost", matches = "true")
class ChainCostTest {
  private static final int ROUNDS = Integer.getInteger("evidence.cost.rounds", 11);
  private static final int BATCHES = 200;
  private static final int FACTS_PER_BATCH = 64;
  private static final long FACTS = (long) BATCHES * FACTS_PER_BATCH;

  @TempDir Path folder;

  @Test
  void signingCostsTheWriterLittle() throws Exception {
    List<Round> without = new ArrayList<>();
    List<Round> with = new ArrayList<>();
    try (EvidenceDatabase database = EvidenceDatabase.in(folder, 1);
        AgroalDataSource pool = pool(database.database.settings())) {
      Journal journal = new Journal(pool);
      append(journal);
      for (int round = 0; round < ROUNDS; round++) {
        without.add(measured(pool, journal));
        Checkpointing signing = Checkpointing.of(pool, database.settings);
        // What the round before left behind is taken in first: it is not this round's cost.
        signing.pass(System.nanoTime(), false);
        signing.start();
        with.add(measured(pool, journal));
        signing.stop();
        database.reset();
      }
    }
    System.out.printf(
        "facts/s without %d, with signed checkpoints %d: cost %.1f %%; processor time per fact %d us,"
            + " with %d us: cost %.1f %% (medians of %d rounds of %d facts)%n",
        FACTS * 1_000_000_000L / median(without, Round::nanos),
        FACTS * 1_000_000_000L / median(with, Round::nanos),
        cost(without, with, Round::nanos),
        median(without, Round::cpuNanos) / 1_000 / FACTS,
        median(with, Round::cpuNanos) / 1_000 / FACTS,
        cost(without, with, Round::cpuNanos),
        ROUNDS,
        FACTS);
    assertThat(median(with, Round::nanos)).isPositive();
  }

  /** As the service has it. */
  private static AgroalDataSource pool(Map<String, String> settings) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(4)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(settings.get("quarkus.datasource.jdbc.url"))
                                    .principal(
                                        new NamePrincipal(
                                            settings.get("quarkus.datasource.username")))
                                    .credential(
                                        new SimplePassword(
                                            settings.get("quarkus.datasource.password"))))));
  }

  private record Round(long nanos, long cpuNanos) {}

  private static Round measured(DataSource dataSource, Journal journal) throws SQLException {
    Map<Long, Duration> before = processorTimes(dataSource);
    long nanos = append(journal);
    Duration used = Duration.ZERO;
    for (Map.Entry<Long, Duration> after : processorTimes(dataSource).entrySet()) {
      used = used.plus(after.getValue()).minus(before.getOrDefault(after.getKey(), Duration.ZERO));
    }
    return new Round(nanos, used.toNanos());
  }

  /** Of this process and of the database's, by process id. */
  private static Map<Long, Duration> processorTimes(DataSource dataSource) throws SQLException {
    Map<Long, Duration> times = new HashMap<>();
    times.put(ProcessHandle.current().pid(), used(ProcessHandle.current()));
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pid from pg_stat_activity")) {
      while (row.next()) {
        long pid = row.getLong(1);
        ProcessHandle.of(pid).ifPresent(process -> times.put(pid, used(process)));
      }
    }
    return times;
  }

  private static Duration used(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
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

  private static double cost(List<Round> without, List<Round> with, ToLongFunction<Round> what) {
    return 100.0 * (median(with, what) - median(without, what)) / median(with, what);
  }

  private static long median(List<Round> rounds, ToLongFunction<Round> what) {
    return rounds.stream()
        .mapToLong(what)
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
