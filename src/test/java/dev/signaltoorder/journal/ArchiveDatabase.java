package dev.signaltoorder.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A signed journal whose older facts can be archived, and what is to be known of it. */
final class ArchiveDatabase implements AutoCloseable {
  static final String ARCHIVER = "s2o_archiver";
  static final String ACCOUNT = "main";
  static final int FACTS = 100;
  static final int OLD = 60;

  final EvidenceDatabase database;
  final Path folder;
  final Path publicKey;
  final List<String> said = new ArrayList<>();
  private Checkpointing signing;
  private long days;

  ArchiveDatabase(Path folder) throws Exception {
    this.database = EvidenceDatabase.in(folder, 43);
    this.folder = Files.createDirectory(folder.resolve("archives"));
    this.publicKey = Files.writeString(folder.resolve("public.pem"), database.key.publicPem());
    this.signing = database.newCheckpointing();
  }

  /** As if nothing had happened but a hundred facts. */
  void reset() throws Exception {
    database.reset();
    signing = database.newCheckpointing();
    said.clear();
    for (Path file : files()) {
      Files.delete(file);
    }
    for (int i = 0; i < FACTS; i += 10) {
      database.append(ACCOUNT, 10, 1_000, signing);
    }
  }

  void sign() throws SQLException {
    days++;
    signing.pass(System.nanoTime() + Duration.ofDays(days * 100).toNanos(), false);
  }

  List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The service runs: it signs what is put on record. */
  void archive() throws Exception {
    archive(line -> {});
  }

  void archive(Consumer<String> after) throws Exception {
    archiving(
            line -> {
              said.add(line);
              signWhatIsOnRecord(line);
              after.accept(line);
            })
        .run(wanted());
  }

  void archiveUnsigned() throws Exception {
    archiving(said::add).run(wanted());
  }

  Archiving archiving(Consumer<String> told) {
    return new Archiving(
        database.database.as(ARCHIVER),
        EvidenceDatabase.PREFIX,
        List.of(publicKey),
        Clock.systemUTC(),
        told);
  }

  Archiving.Wanted wanted() {
    return new Archiving.Wanted(
        ACCOUNT, EvidenceDatabase.timeOf(OLD), folder, "a test", Duration.ZERO);
  }

  private void signWhatIsOnRecord(String line) {
    if (line.startsWith("on record")) {
      try {
        sign();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The bytes that were received with each fact and are in the table. */
  Map<Long, String> raws() throws SQLException {
    Map<Long, String> raws = new TreeMap<>();
    try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select seq, encode(raw, 'escape') from journal where account = 'main' and raw is not null")) {
      while (row.next()) {
        raws.put(row.getLong(1), row.getString(2));
      }
    }
    return raws;
  }

  String one(String sql) throws SQLException {
    try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  void execute(String role, String... sql) throws SQLException {
    try (Connection connection = database.database.as(role).getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  /** The owner, with the triggers off. */
  void tamper(String... sql) throws SQLException {
    execute(EvidenceDatabase.OWNER, "alter table journal disable trigger user");
    execute(EvidenceDatabase.OWNER, sql);
    execute(EvidenceDatabase.OWNER, "alter table journal enable trigger user");
  }

  JournalExport export(ArchiveFolder archives) {
    return new JournalExport(
        database.database.as(EvidenceDatabase.RUNTIME),
        EvidenceDatabase.PREFIX,
        () -> Optional.of(database.key.verifier()),
        archives);
  }

  byte[] exported(ArchiveFolder archives) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export(archives).write(new ExportRange(null, null, ACCOUNT), EvidenceDatabase.START, out);
    return out.toByteArray();
  }

  /** The lines that are facts. */
  static List<String> facts(byte[] export) {
    return new String(export, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.endsWith("\"type\":\"fact\"}"))
        .toList();
  }

  Verdict verdict(byte[] export) throws IOException {
    return new ExportVerifier(List.of(database.key.verifier()), TrustedCheckpoints.NONE)
        .verify(new ByteArrayInputStream(export));
  }

  /** Reads all facts of all journals again, as the service does. */
  void reread() throws SQLException {
    try (Connection connection = database.database.as(EvidenceDatabase.RUNTIME).getConnection()) {
      for (String account : List.of(ACCOUNT, Archive.JOURNAL)) {
        new JournalScrub(
                account,
                EvidenceDatabase.PREFIX + "/" + account,
                () -> List.of(database.key.verifier()))
            .slice(connection, Integer.MAX_VALUE, LogFollower.end(connection, account));
      }
    }
  }

  MovedFacts moved(ArchiveFolder archives) {
    return new MovedFacts(database.database.as(EvidenceDatabase.RUNTIME), archives);
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
