package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.development.LocalDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A database of a test's own, with journals in it, signed as the service does it. */
final class EvidenceDatabase implements AutoCloseable {
  static final String OWNER = "s2o_owner";
  static final String RUNTIME = "s2o_runtime";
  static final String PREFIX = "example.com/test";
  private static final String JUDGED = "signal-decided";
  static final Instant START = Instant.parse("2026-11-22T10:00:00.000001Z");

  private static final Map<String, String> OPTIONS =
      Map.of("fsync", "off", "full_page_writes", "off");

  final LocalDatabase database;
  final CheckpointKey key;
  final EvidenceSettings settings;
  private final Journal journal;
  private final Random random;

  /** The last order that has not ended. */
  private @Nullable JournalEntry placed;

  private EvidenceDatabase(LocalDatabase database, CheckpointKey key, Path file, Random random) {
    this.database = database;
    this.key = key;
    this.settings =
        new EvidenceSettings(
            Optional.of(key), Optional.of(file), PREFIX, Optional.empty(), List.of());
    this.journal = new Journal(database.as(RUNTIME));
    this.random = random;
  }

  static EvidenceDatabase in(Path folder, long seed) throws IOException {
    LocalDatabase database =
        LocalDatabase.in(folder.resolve("db"), Path.of("target", "postgresql"), OPTIONS);
    database.start();
    Flyway.configure()
        .dataSource(database.as(OWNER))
        .placeholders(Map.of("runtimeRole", RUNTIME, "reviewerRole", "s2o_reviewer"))
        .load()
        .migrate();
    Random random = new Random(seed);
    CheckpointKey key =
        CheckpointKey.ofPem(CheckpointKey.freshPem(new java.security.SecureRandom()));
    return new EvidenceDatabase(database, key, folder.resolve("checkpoints"), random);
  }

  /** As if nothing had happened yet; a server of its own for each test would take seconds. */
  void reset() throws IOException, SQLException {
    try (Connection connection = database.as(OWNER).getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("journal", "checkpoint", "merkle_node")) {
        statement.execute("alter table " + table + " disable trigger user");
      }
      statement.execute(
          "truncate journal, checkpoint, merkle_node, lease, signal_summary, performance_order,"
              + " performance_fill");
      for (String table : List.of("journal", "checkpoint", "merkle_node")) {
        statement.execute("alter table " + table + " enable trigger user");
      }
    }
    Files.deleteIfExists(checkpointFile());
  }

  /** The same, with another key. */
  EvidenceSettings settingsWith(CheckpointKey other) {
    return new EvidenceSettings(
        Optional.of(other), settings.file(), PREFIX, Optional.empty(), List.of());
  }

  /** The same, with a witness. */
  EvidenceSettings settingsWith(java.net.URI webhook) {
    return new EvidenceSettings(
        Optional.of(key), settings.file(), PREFIX, Optional.of(webhook), List.of());
  }

  Path checkpointFile() {
    return settings.file().orElseThrow();
  }

  Checkpointing newCheckpointing() {
    return Checkpointing.of(database.as(RUNTIME), settings);
  }

  /** Appends batches of one to nine facts; signs after every so many, and at the end. */
  void append(String account, int facts, int signEvery, Checkpointing signing) throws Exception {
    UUID holder = UUID.randomUUID();
    Lease lease = journal.takeLease(account, holder, Duration.ofMinutes(5)).orElseThrow();
    long size = lease.journalSize();
    long end = size + facts;
    int batches = 0;
    while (size < end) {
      int count = (int) Math.min(1 + random.nextInt(9), end - size);
      List<JournalEntry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        entries.add(entry(size + i));
      }
      Instant recordedAt = timeOf(size);
      Batch batch = new Batch(recordedAt, entries, summaries(entries));
      journal.append(lease, size, batch, Duration.ofMinutes(5));
      size += count;
      batches++;
      if (size == end || batches % signEvery == 0) {
        signing.pass(System.nanoTime() + Duration.ofHours(size).toNanos(), false);
      }
    }
    journal.release(lease);
  }

  /** Appends so many facts in one batch; signs nothing. */
  void appendUnsigned(String account, int facts) {
    Duration long5 = Duration.ofMinutes(5);
    Lease lease = journal.takeLease(account, UUID.randomUUID(), long5).orElseThrow();
    long size = lease.journalSize();
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 0; i < facts; i++) {
      entries.add(entry(size + i));
    }
    journal.append(lease, size, new Batch(timeOf(size), entries, List.of()), long5);
    journal.release(lease);
  }

  /** When {@link #append} says that a batch was recorded that begins with this number. */
  static Instant timeOf(long seq) {
    return START.plusMillis(seq * 10);
  }

  /** Appends one fact at a time of its own; signs nothing. */
  void appendAt(String account, Instant recordedAt) {
    Duration long5 = Duration.ofMinutes(5);
    Lease lease = journal.takeLease(account, UUID.randomUUID(), long5).orElseThrow();
    long size = lease.journalSize();
    journal.append(lease, size, new Batch(recordedAt, List.of(entry(size)), List.of()), long5);
    journal.release(lease);
  }

  /** One row per judgement: its amount is the fee. */
  private static List<SignalSummary> summaries(List<JournalEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind().equals(JUDGED))
        .map(entry -> row(entry.signalId(), entry.body().path("amount").asText()))
        .toList();
  }

  private static SignalSummary row(@Nullable UUID signalId, String amount) {
    return new SignalSummary(
        Objects.requireNonNull(signalId),
        "demo",
        null,
        null,
        null,
        START,
        "FILLED",
        List.of("a reason"),
        null,
        null,
        null,
        null,
        null,
        new BigDecimal(amount),
        null);
  }

  /** What these facts make of a signal. */
  WaitingDeliveries waitingDeliveries() {
    return new WaitingDeliveries(database.as(RUNTIME), 100);
  }

  SummaryCheck check() {
    SummaryFolding folding =
        new SummaryFolding() {
          @Override
          public Set<String> kinds() {
            return Set.of(JUDGED);
          }

          @Override
          public Optional<SignalSummary> fold(List<RawFact> facts) {
            return facts.stream().findFirst().map(EvidenceDatabase::folded);
          }
        };
    return new SummaryCheck(database.as(RUNTIME), folding);
  }

  private static SignalSummary folded(RawFact fact) {
    try {
      JsonNode whole = OwnJson.mapper().readTree(fact.canonical());
      return row(
          UUID.fromString(whole.path("signalId").asText()),
          whole.path("body").path("amount").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JournalEntry entry(long seq) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("text", "Ünïcode \u2028 \"quoted\" \u0007 " + seq)
            .put("amount", "0." + random.nextInt(1_000_000))
            .put("count", random.nextInt());
    int dice = random.nextInt(12);
    if (dice == 0 || (dice == 1 && placed != null)) {
      return dice == 0 ? intended(body) : ended(body);
    }
    boolean raw = dice < 5;
    boolean order = random.nextBoolean();
    return new JournalEntry(
        raw ? "kraken-called" : JUDGED,
        new UUID(random.nextLong(), random.nextLong()),
        order ? new UUID(random.nextLong(), random.nextLong()) : null,
        body,
        raw ? ("answer " + random.nextLong()).getBytes(StandardCharsets.UTF_8) : null);
  }

  private JournalEntry intended(ObjectNode body) {
    UUID signal = new UUID(random.nextLong(), random.nextLong());
    UUID order = new UUID(random.nextLong(), random.nextLong());
    ObjectNode intent =
        body.putObject("intent")
            .put("validateOnly", false)
            .put("strategy", "strategy-" + random.nextInt(3))
            .put("midAtDecision", "67000." + random.nextInt(10))
            .put("approvedAt", START.plusSeconds(random.nextInt(1_000)).toString());
    intent.putObject("plan").put("pair", "BTC/USD").put("side", "BUY");
    if (random.nextInt(4) == 0) {
      intent.putObject("protective").put("role", "STOP");
    }
    placed = new JournalEntry("order-intended", signal, order, body, null);
    return placed;
  }

  private JournalEntry ended(ObjectNode body) {
    JournalEntry of = Objects.requireNonNull(placed);
    placed = null;
    body.putObject("execution").put("volume", "0.5").put("cost", "33500.2").put("fee", "80.4");
    return new JournalEntry("order-ended", of.signalId(), of.orderId(), body, null);
  }

  byte[] export(ExportRange range) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JournalExport(database.as(RUNTIME), settings).write(range, START.plusSeconds(86_400), out);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    database.stop();
  }
}
