package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signer through restarts, and against a database that somebody changes behind its back. */
class CheckpointingTest {
  private static final long LATER = Duration.ofDays(100).toNanos();

  @TempDir static Path folder;

  private static EvidenceDatabase database;
  private Checkpointing signing;

  @BeforeAll
  static void aDatabase() throws Exception {
    database = EvidenceDatabase.in(folder, 7);
  }

  @BeforeEach
  void aSignedJournal() throws Exception {
    database.reset();
    signing = database.newCheckpointing();
    database.append("main", 300, 10, signing);
  }

  @AfterAll
  static void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void aRestartGoesOnWhereTheLastOneEnded() throws Exception {
    Checkpointing restarted = database.newCheckpointing();
    pass(restarted);
    assertThat(status(restarted)).isEqualTo(new LogStatus("main", 300, 300, 0, null));
    assertThat(number("select count(*) from merkle_node where level = 8")).isEqualTo(1);

    database.append("main", 250, 10, restarted);
    pass(restarted);

    assertThat(status(restarted).signedFacts()).isEqualTo(550);
    assertThat(number("select count(*) from merkle_node where level = 8")).isEqualTo(2);
    assertThat(verified()).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void aRestartWithoutTheFileGoesOnFromTheDatabase() throws Exception {
    Files.delete(database.checkpointFile());

    Checkpointing restarted = database.newCheckpointing();
    pass(restarted);

    assertThat(status(restarted).signedFacts()).isEqualTo(300);
    assertThat(status(restarted).contradiction()).isNull();
  }

  @Test
  void anExportOfARangeHasWhatLiesInItAlsoWhenTheClockWasSetBack() throws Exception {
    Instant ten = Instant.parse("2026-11-23T10:00:00Z");
    database.appendAt("main", ten);
    database.appendAt("main", ten.plusSeconds(7_200));
    database.appendAt("main", ten.plusSeconds(3_600));
    pass(signing);

    assertThat(factsOf(ten.plusSeconds(1_800), null)).as("both after it").isEqualTo(2);
    assertThat(factsOf(null, ten.plusSeconds(5_400))).as("all up to the last").isEqualTo(303);
    assertThat(factsOf(ten.plusSeconds(1), ten.plusSeconds(5_400))).isEqualTo(2);
    assertThat(factsOf(ten.plusSeconds(9_000), null)).isZero();
    assertThat(factsOf(null, EvidenceDatabase.START)).isZero();
    assertThat(factsOf(null, null)).isEqualTo(303);
  }

  /** How many facts an export of this range has: as it was foretold, as it came. */
  private static long factsOf(@Nullable Instant from, @Nullable Instant to) throws IOException {
    ExportRange range = new ExportRange(from, to, "main");
    long came =
        new String(database.export(range), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.endsWith("\"type\":\"fact\"}"))
            .count();
    long foretold =
        new JournalExport(database.database.as(EvidenceDatabase.RUNTIME), database.settings)
            .expected(range);
    assertThat(came).isEqualTo(foretold);
    return came;
  }

  @Test
  void aNoteThatACrashCutOffIsPassedOver() throws Exception {
    byte[] whole = Files.readAllBytes(database.checkpointFile());
    Files.write(database.checkpointFile(), java.util.Arrays.copyOf(whole, whole.length - 30));

    Checkpointing restarted = database.newCheckpointing();
    database.append("main", 10, 10, restarted);

    assertThat(status(restarted).contradiction()).isNull();
    assertThat(status(restarted).signedFacts()).isEqualTo(310);
    assertThat(database.newCheckpointing()).isNotNull();
    assertThat(verified()).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void aCheckpointIsSignedAfterASecondOrAThousandFactsAndNotBefore() throws Exception {
    Checkpointing fresh = database.newCheckpointing();
    long start = System.nanoTime();
    fresh.pass(start, false);
    database.appendUnsigned("main", 1);
    fresh.pass(start, false);
    assertThat(status(fresh).signedFacts()).as("the first one at once").isEqualTo(301);

    database.appendUnsigned("main", 1);
    fresh.pass(start + Duration.ofMillis(500).toNanos(), false);
    assertThat(status(fresh).signedFacts()).as("after half a second").isEqualTo(301);
    long second = start + Duration.ofSeconds(1).toNanos();
    fresh.pass(second - 1, false);
    assertThat(status(fresh).signedFacts()).as("just before a second").isEqualTo(301);
    fresh.pass(second, false);
    assertThat(status(fresh).signedFacts()).as("after a second").isEqualTo(302);

    database.appendUnsigned("main", 999);
    fresh.pass(second, false);
    assertThat(status(fresh)).isEqualTo(new LogStatus("main", 1_301, 302, 0, null));
    database.appendUnsigned("main", 1);
    fresh.pass(second, false);
    assertThat(status(fresh).signedFacts()).as("a thousand").isEqualTo(1_302);
    database.appendUnsigned("main", 2_500);
    fresh.pass(second, false);
    assertThat(status(fresh)).isEqualTo(new LogStatus("main", 3_802, 3_302, 0, null));
  }

  @Test
  void aCheckpointWhoseCommitFailedIsStoredWithTheNextPass() throws Exception {
    FailingCommits commits = new FailingCommits(database.database.as(EvidenceDatabase.RUNTIME));
    Checkpointing unlucky = Checkpointing.of(commits.dataSource(), database.settings);
    pass(unlucky);
    database.appendUnsigned("main", 20);
    commits.failOnce();

    assertThatThrownBy(() -> unlucky.pass(System.nanoTime() + 2 * LATER, false))
        .isInstanceOf(SQLException.class);
    assertThat(lastNote()).as("it is out of the house").contains("\n320\n");
    assertThat(number("select max(size) from checkpoint")).isEqualTo(300);

    unlucky.pass(System.nanoTime() + 3 * LATER, false);
    assertThatFileAndTableAreTheSame();
    assertThat(status(unlucky).signedFacts()).isEqualTo(320);
    assertThat(verified()).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void aCheckpointThatIsInTheFileOnlyIsStoredAtTheNextStart() throws Exception {
    FailingCommits commits = new FailingCommits(database.database.as(EvidenceDatabase.RUNTIME));
    Checkpointing unlucky = Checkpointing.of(commits.dataSource(), database.settings);
    database.appendUnsigned("main", 20);
    commits.failOnce();
    assertThatThrownBy(() -> pass(unlucky)).isInstanceOf(SQLException.class);

    pass(database.newCheckpointing());

    assertThatFileAndTableAreTheSame();
    assertThat(number("select max(size) from checkpoint")).isEqualTo(320);
    assertThat(verified()).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void aHandOverWhoseCommitFailedIsStoredAsBothKeysSignedIt() throws Exception {
    FailingCommits commits = new FailingCommits(database.database.as(EvidenceDatabase.RUNTIME));
    Checkpointing unlucky = Checkpointing.of(commits.dataSource(), database.settings);
    pass(unlucky);
    CheckpointKey next = freshKey();
    unlucky.replaceKey(next, (from, to) -> {});
    commits.failOnce();
    assertThatThrownBy(() -> pass(unlucky)).isInstanceOf(SQLException.class);
    String handOver = lastNote();

    pass(unlucky);

    assertThatFileAndTableAreTheSame();
    assertThat(new EvidenceReader(database.database.as(EvidenceDatabase.RUNTIME)).latest())
        .singleElement()
        .satisfies(newest -> assertThat(newest.note()).isEqualTo(handOver));
    assertThat(database.key.verifier().open(handOver)).isPresent();
    assertThat(next.verifier().open(handOver)).isPresent();
  }

  @Test
  void whatTheLogShowsOfACheckpointCanBeOpenedWithTheKey() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler listening = listener(lines);
    Logger category = Logger.getLogger("dev.signaltoorder.checkpoint");
    category.addHandler(listening);
    category.setLevel(Level.INFO);
    try {
      database.append("main", 10, 10, signing);
    } finally {
      category.removeHandler(listening);
      category.setLevel(null);
    }

    String line = lines.getLast();
    assertThat(line).startsWith("checkpoint ").doesNotContain("\n");
    String note = line.substring("checkpoint ".length()).replace("\\n", "\n") + "\n";
    assertThat(note).isEqualTo(lastNote());
    assertThat(database.key.verifier().open(note))
        .hasValueSatisfying(checkpoint -> assertThat(checkpoint.size()).isEqualTo(310));
  }

  private static Handler listener(List<String> lines) {
    return new Handler() {
      private final Formatter text = new PatternFormatter("%s");

      @Override
      public void publish(LogRecord entry) {
        lines.add(text.format(entry));
      }

      @Override
      public void flush() {
        // Nothing is held back.
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Test
  void aWitnessGetsWhatIsSignedAndCanOpenIt() throws Exception {
    List<String> taken = new CopyOnWriteArrayList<>();
    HttpServer witness =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    witness.createContext(
        "/",
        exchange -> {
          taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    witness.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + witness.getAddress().getPort() + "/");
      Checkpointing witnessed =
          Checkpointing.of(
              database.database.as(EvidenceDatabase.RUNTIME), database.settingsWith(address));
      database.append("main", 10, 10, witnessed);

      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(taken).contains(lastNote()));
      assertThat(database.key.verifier().open(taken.getLast())).isPresent();
    } finally {
      witness.stop(0);
    }
  }

  @Test
  void factsThatVanishWhileItRunsAreNoticedAndNothingMoreIsSigned() throws Exception {
    byOwner("delete from journal where account = 'main' and seq >= 290");
    long signed = Files.size(database.checkpointFile());

    pass(signing);

    assertThat(status(signing).contradiction()).contains("holds 290 facts and held 300");
    byOwner("update lease set journal_size = 290");
    database.append("main", 30, 10, signing);
    assertThat(Files.size(database.checkpointFile())).isEqualTo(signed);
  }

  @Test
  void aHistoryThatWasRewrittenWithFittingHashesIsNoticedAtTheNextStart() throws Exception {
    try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection()) {
      connection.setAutoCommit(false);
      for (String table : List.of("journal", "checkpoint", "merkle_node")) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("alter table " + table + " disable trigger user");
        }
      }
      DatabaseEdit.REWRITTEN_AND_CHECKPOINTS_DELETED.apply(
          connection, new java.util.Random(3), 300);
      connection.commit();
    }

    Checkpointing restarted = database.newCheckpointing();
    pass(restarted);

    assertThat(status(restarted).contradiction())
        .isEqualTo("the first 300 facts of main are not those that were signed");
  }

  @Test
  void anOldFactThatIsChangedWhileItRunsIsFoundWhenItIsReadAgain() throws Exception {
    byOwner("update journal set body = '{}' where account = 'main' and seq = 123");

    signing.pass(System.nanoTime() + LATER, true);

    assertThat(status(signing).contradiction()).isEqualTo("fact 123 of main was changed: body");
  }

  @Test
  void everythingIsReadAgainAndFoundGood() throws Exception {
    signing.pass(System.nanoTime() + LATER, true);

    assertThat(status(signing).verifiedFacts()).isEqualTo(300);
    assertThat(status(signing).contradiction()).isNull();
  }

  @Test
  void withoutAKeyTheLogIsFollowedAndNothingIsSigned() throws Exception {
    byOwner("delete from checkpoint", "delete from merkle_node");
    EvidenceSettings unsigned =
        new EvidenceSettings(
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            EvidenceDatabase.PREFIX,
            java.util.Optional.empty(),
            List.of());
    Checkpointing following =
        Checkpointing.of(database.database.as(EvidenceDatabase.RUNTIME), unsigned);

    pass(following);

    assertThat(status(following)).isEqualTo(new LogStatus("main", 300, 0, 0, null));
    assertThat(number("select count(*) from checkpoint")).isZero();
    assertThat(number("select count(*) from merkle_node")).isEqualTo(1);
  }

  @Test
  void whatIsInTheFileAndInTheDatabaseIsTheSame() throws Exception {
    assertThatFileAndTableAreTheSame();
  }

  private static void assertThatFileAndTableAreTheSame() throws Exception {
    StringBuilder notes = new StringBuilder();
    try (Connection connection = database.database.as("s2o_reviewer").getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select note from checkpoint order by size")) {
      while (row.next()) {
        notes.append(row.getString(1));
      }
    }
    assertThat(Files.readString(database.checkpointFile())).isEqualTo(notes.toString());
  }

  @Test
  void anotherKeySignsFromTheNextPassOnAndBothHaveSignedTheHandOver() throws Exception {
    CheckpointKey next = freshKey();
    List<String> told = new ArrayList<>();

    signing.replaceKey(next, (from, to) -> told.addAll(List.of(from, to)));
    pass(signing);

    assertThat(told).containsExactly(database.key.fingerprint(), next.fingerprint());
    String handOver = lastNote();
    assertThat(new EvidenceReader(database.database.as(EvidenceDatabase.RUNTIME)).latest())
        .singleElement()
        .satisfies(newest -> assertThat(newest.note()).as("of the same size").isEqualTo(handOver));
    assertThat(database.key.verifier().open(handOver)).isPresent();
    assertThat(next.verifier().open(handOver))
        .hasValueSatisfying(checkpoint -> assertThat(checkpoint.size()).isEqualTo(300));
    database.append("main", 50, 10, signing);
    signing.pass(System.nanoTime() + 2 * LATER, false);
    assertThat(database.key.verifier().open(lastNote())).as("no longer signs").isEmpty();
    assertThat(next.verifier().open(lastNote())).isPresent();
    signing.pass(System.nanoTime() + 3 * LATER, true);
    assertThat(status(signing)).isEqualTo(new LogStatus("main", 350, 350, 350, null));
  }

  @Test
  void anExportAfterTheHandOverIsGoodForWhoKnowsTheNewKeyAndWhoKeptTheOldOnesCheckpoints()
      throws Exception {
    Path kept = Files.copy(database.checkpointFile(), folder.resolve("kept-before"));
    CheckpointKey next = freshKey();
    signing.replaceKey(next, (from, to) -> {});
    pass(signing);
    Path key = Files.writeString(folder.resolve("next.pem"), next.publicPem());
    Path old = Files.writeString(folder.resolve("old.pem"), database.key.publicPem());
    Path export = Files.write(folder.resolve("handed-over"), exportWith(signing));

    assertThat(ExportVerifier.verify(export, List.of(key), database.checkpointFile()))
        .isInstanceOf(Verdict.Good.class);
    assertThat(ExportVerifier.verify(export, List.of(old, key), kept))
        .isInstanceOf(Verdict.Good.class);
    assertThat(ExportVerifier.verify(export, List.of(old), kept))
        .as("the hand-over is signed by the old key too")
        .isInstanceOf(Verdict.Good.class);
    if (NodeVerifier.isThere()) {
      assertThat(NodeVerifier.exitCode(export, key, database.checkpointFile())).isZero();
      assertThat(NodeVerifier.exitCode(export, old, kept)).isZero();
    }
    Files.delete(kept);
  }

  @Test
  void aRestartWithTheNewKeyStillKnowsWhatTheOldOneSigned() throws Exception {
    CheckpointKey next = freshKey();
    signing.replaceKey(next, (from, to) -> {});
    pass(signing);
    byOwner("delete from journal where account = 'main' and seq >= 290", "delete from checkpoint");
    byOwner("update lease set journal_size = 290");

    Checkpointing restarted =
        Checkpointing.of(
            database.database.as(EvidenceDatabase.RUNTIME), database.settingsWith(next));
    pass(restarted);

    assertThat(status(restarted).contradiction()).contains("300");
  }

  private static CheckpointKey freshKey() {
    return CheckpointKey.ofPem(CheckpointKey.freshPem(new java.security.SecureRandom()));
  }

  private static byte[] exportWith(Checkpointing signing) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    new JournalExport(
            database.database.as(EvidenceDatabase.RUNTIME),
            EvidenceDatabase.PREFIX,
            signing::verifier)
        .write(ExportRange.ALL, EvidenceDatabase.START, out);
    return out.toByteArray();
  }

  private static String lastNote() throws IOException {
    String notes = Files.readString(database.checkpointFile());
    return notes.substring(notes.lastIndexOf(EvidenceDatabase.PREFIX + "/main\n"));
  }

  private static Verdict verified() throws IOException {
    Path export = Files.write(folder.resolve("export"), database.export(ExportRange.ALL));
    Path key = Files.writeString(folder.resolve("key"), database.key.publicPem());
    return ExportVerifier.verify(export, List.of(key), database.checkpointFile());
  }

  private static void pass(Checkpointing checkpointing) throws SQLException {
    checkpointing.pass(System.nanoTime() + LATER, false);
  }

  private static LogStatus status(Checkpointing checkpointing) {
    return checkpointing.status().getFirst();
  }

  private static void byOwner(String... statements) throws SQLException {
    try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("journal", "checkpoint", "merkle_node")) {
        statement.execute("alter table " + table + " disable trigger user");
      }
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = database.database.as(EvidenceDatabase.RUNTIME).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
