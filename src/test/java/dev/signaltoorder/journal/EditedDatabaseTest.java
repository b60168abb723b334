package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The owner of the database switches the triggers off and changes what is recorded. Whoever kept
 * checkpoints elsewhere finds out: with an export and the verifier, and the service by itself. What
 * is changed in the report's table, which follows from the facts, the service finds.
 */
class EditedDatabaseTest {
  private static final List<DatabaseEdit> KINDS = List.of(DatabaseEdit.values());
  private static final long SEED = Long.getLong("evidence.seed", 20261125L);
  private static final int EDITS = Integer.getInteger("evidence.database-edits", 300);
  private static final int EXPORT_EVERY = Integer.getInteger("evidence.export-every", 3);
  private static final int FACTS = 330;
  private static final int TOGETHER = 50;

  @TempDir static Path folder;

  private static EvidenceDatabase database;
  private static ExportVerifier verifier;
  private static @Nullable NodeVerifier other;

  @BeforeAll
  static void aSignedJournal() throws Exception {
    database = EvidenceDatabase.in(folder, SEED);
    Checkpointing signing = database.newCheckpointing();
    database.append("main", FACTS, 8, signing);
    database.append("other", 20, 8, signing);
    List<CheckpointVerifier> keys = List.of(database.key.verifier());
    try (var reader = Files.newBufferedReader(database.checkpointFile())) {
      verifier = new ExportVerifier(keys, TrustedCheckpoints.read(reader, keys));
    }
    if (NodeVerifier.isThere()) {
      Path key = Files.writeString(folder.resolve("public.pem"), database.key.publicPem());
      other = new NodeVerifier(key, database.checkpointFile());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (other != null) {
      other.close();
    }
    if (database != null) {
      database.close();
    }
  }

  @Test
  void anUnchangedDatabaseIsGood() throws Exception {
    try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection()) {
      connection.setAutoCommit(false);
      assertThat(exported(connection)).isInstanceOf(Verdict.Good.class);
      assertThatCode(() -> reread(connection)).doesNotThrowAnyException();
    }
  }

  @Test
  void everyChangeIsFoundOutByTheVerifierAndByTheServiceItself() throws Exception {
    Random random = new Random(SEED);
    Map<DatabaseEdit, Integer> counts = new EnumMap<>(DatabaseEdit.class);
    for (int first = 0; first < EDITS; first += TOGETHER) {
      try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection()) {
        connection.setAutoCommit(false);
        switchTriggersOff(connection);
        for (int i = first; i < Math.min(first + TOGETHER, EDITS); i++) {
          Savepoint unchanged = connection.setSavepoint();
          isFoundOut(connection, i, random);
          connection.rollback(unchanged);
          counts.merge(kind(i), 1, Integer::sum);
        }
        assertThatCode(() -> reread(connection))
            .as("unchanged again, after edit %d, seed %d", first, SEED)
            .doesNotThrowAnyException();
        connection.rollback();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "vacuum journal, checkpoint, merkle_node, lease, signal_summary, performance_order,"
                  + " performance_fill");
        }
      }
    }
    System.out.println("changes of the database found out: " + counts + ", seed " + SEED);
    assertThat(counts).hasSize(DatabaseEdit.values().length);
  }

  private static DatabaseEdit kind(int edit) {
    return KINDS.get(edit % KINDS.size());
  }

  /** By the service always, by an export in every third round of all kinds or as asked for. */
  private static void isFoundOut(Connection connection, int number, Random random)
      throws Exception {
    DatabaseEdit edit = kind(number);
    edit.apply(connection, random, FACTS);
    String name = "edit %d, %s, seed %d".formatted(number, edit, SEED);
    if (edit.isOfTheEvidence() && number / KINDS.size() % EXPORT_EVERY == 0) {
      assertThat(exported(connection)).as(name).isNotInstanceOf(Verdict.Good.class);
    }
    assertThat(isFoundByTheService(connection)).as(name).isTrue();
  }

  private static Verdict exported(Connection connection) throws IOException, SQLException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JournalExport(database.database.as(EvidenceDatabase.RUNTIME), database.settings)
        .write(connection, ExportRange.ALL, EvidenceDatabase.START, out);
    Verdict verdict = verifier.verify(new ByteArrayInputStream(out.toByteArray()));
    if (other != null) {
      assertThat(other.verdict(out.toByteArray()))
          .as(verdict.toString())
          .isEqualTo(NodeVerifier.shown(verdict));
    }
    return verdict;
  }

  /** As a process that starts: first what it remembers, then everything again. */
  private static boolean isFoundByTheService(Connection connection) throws Exception {
    try {
      reread(connection);
      return false;
    } catch (ContradictionException e) {
      return true;
    }
  }

  private static void reread(Connection connection) throws Exception {
    CheckpointSigner signer = CheckpointSigner.of(database.settings).orElseThrow();
    for (String account : List.of("main", "other")) {
      String origin = EvidenceDatabase.PREFIX + "/" + account;
      List<Checkpoint> known = new ArrayList<>();
      signer.remembered(origin).ifPresent(signed -> known.add(signed.checkpoint()));
      CheckpointTable.newest(connection, account, origin, signer.verifier())
          .ifPresent(signed -> known.add(signed.checkpoint()));
      LogFollower.behind(connection, account, known);
      new JournalScrub(account, origin, signer::verifiers)
          .slice(connection, Integer.MAX_VALUE, LogFollower.end(connection, account));
    }
    SummaryScrub report = new SummaryScrub(database.check());
    report.slice(connection, Integer.MAX_VALUE, 0);
    if (!report.status().contradictions().isEmpty()) {
      throw new ContradictionException(report.status().contradictions().toString());
    }
  }

  private static void switchTriggersOff(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : List.of("journal", "checkpoint", "merkle_node")) {
        statement.execute("alter table " + table + " disable trigger user");
      }
    }
  }
}
