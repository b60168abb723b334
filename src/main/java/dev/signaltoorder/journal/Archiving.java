package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.journal.ArchiveRegister.Unmoved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Moves the received bytes of old facts into signed archives. Each step can be repeated, and the
 * next begins only when the one before is safe: a file is written whole, read again and verified;
 * put on record in a journal of its own; that record is signed; the file is verified once more;
 * then the bytes are taken out of the table. Whoever is killed anywhere begins again.
 */
public final class Archiving {
  /** Younger facts are not archived. */
  public static final Duration YOUNGEST = Duration.ofDays(1);

  private static final int MOST_FACTS = 20_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final String RECORDED_AT =
      "select recorded_at from journal where account = ? and seq = ?";

  private final DataSource dataSource;
  private final String originPrefix;
  private final List<Path> keyFiles;
  private final Clock clock;
  private final Consumer<String> said;
  private final SignedHeads heads;

  /**
   * Over one database, as the role that may archive.
   *
   * @param originPrefix first part of the logs' names, as the service has it
   * @param keyFiles public keys of the checkpoints, SPKI PEM; at least one
   * @param said is told each step when it is done, one line each
   */
  public Archiving(
      DataSource dataSource,
      String originPrefix,
      List<Path> keyFiles,
      Clock clock,
      Consumer<String> said) {
    this.dataSource = dataSource;
    this.originPrefix = originPrefix;
    this.keyFiles = List.copyOf(keyFiles);
    this.clock = clock;
    this.said = said;
    this.heads = new SignedHeads(originPrefix, this.keyFiles);
  }

  /**
   * What to archive.
   *
   * @param before facts recorded before this time
   * @param folder where the archives are written, and where earlier ones are
   * @param actor who does it, for the record
   * @param patience how long to wait for the service to sign the record
   */
  public record Wanted(
      String account, Instant before, Path folder, String actor, Duration patience) {}

  /**
   * Archives, and moves what earlier calls left.
   *
   * @throws ArchivingException when it was refused or is not finished, with the reason; repeating
   *     it is safe
   * @throws IOException when a file could not be written or read
   * @throws SQLException when the database refused or could not be reached
   */
  public void run(Wanted wanted) throws IOException, SQLException {
    requireOld(wanted.before());
    try (Connection connection = dataSource.getConnection()) {
      ArchiveRegister register = new ArchiveRegister(connection);
      if (!register.lock()) {
        throw new ArchivingException("another archiving of this database is under way");
      }
      for (Part part : parts(connection, register, wanted)) {
        archive(connection, register, wanted, part);
      }
      for (Archive archive : register.archives(wanted.account())) {
        move(connection, register, wanted, archive);
      }
    }
  }

  /** Says what {@link #run} would do, and does nothing. */
  public void rehearse(Wanted wanted) throws IOException, SQLException {
    requireOld(wanted.before());
    try (Connection connection = dataSource.getConnection()) {
      ArchiveRegister register = new ArchiveRegister(connection);
      for (Archive archive : register.archives(wanted.account())) {
        tell(
            "would move into " + archive.text(),
            register,
            archive.first(),
            archive.next(),
            archive.account());
      }
      for (Part part : parts(connection, register, wanted)) {
        tell("would write " + part.name(), register, part.first(), part.next(), part.account());
      }
    }
  }

  private void tell(String what, ArchiveRegister register, long first, long next, String account)
      throws SQLException {
    Unmoved unmoved = register.unmoved(account, first, next);
    said.accept(
        "%s: received bytes of %d facts, %d bytes"
            .formatted(what, unmoved.facts(), unmoved.bytes()));
  }

  private void requireOld(Instant before) {
    Instant latest = clock.instant().minus(YOUNGEST);
    if (before.isAfter(latest)) {
      throw new ArchivingException(
          "facts are archived when they are a day old: --before may be %s at the latest"
              .formatted(latest.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  /** Facts that become one file. */
  private record Part(String account, long first, long next) {
    String name() {
      return "%s-%d-%d.ndjson.gz".formatted(account, first, next - 1);
    }
  }

  /** Everything old that no archive has and that is signed. */
  private List<Part> parts(Connection connection, ArchiveRegister register, Wanted wanted)
      throws SQLException {
    String account = wanted.account();
    long archived = register.archives(account).stream().mapToLong(Archive::next).max().orElse(0);
    long signed = heads.newest(connection, account).map(SignedHeads.Head::size).orElse(0L);
    if (signed == 0) {
      throw new ArchivingException(
          "no checkpoint of %s is signed with the key given: is the account's name right?"
              .formatted(originPrefix + "/" + account));
    }
    long end = ExportBounds.next(connection, account, wanted.before(), archived, signed);
    List<Part> parts = new ArrayList<>();
    for (long first = archived; first < end; first += MOST_FACTS) {
      parts.add(new Part(account, first, Math.min(first + MOST_FACTS, end)));
    }
    return parts;
  }

  private void archive(Connection connection, ArchiveRegister register, Wanted wanted, Part part)
      throws IOException, SQLException {
    Path file = wanted.folder().resolve(part.name());
    if (!Files.exists(file)) {
      SignedHeads.Head head = heads.newest(connection, part.account()).orElseThrow();
      JournalExport export =
          new JournalExport(dataSource, originPrefix, () -> Optional.of(head.verifier()));
      Instant from = part.first() == 0 ? null : recordedAt(connection, part);
      ExportRange range = new ExportRange(from, wanted.before(), part.account());
      ArchiveFile.write(
          file,
          out ->
              inOneMoment(
                  connection,
                  () ->
                      export.writePart(
                          connection, range, part.first(), part.next(), clock.instant(), out)));
      said.accept("written: " + file);
    }
    long attested =
        ArchiveFile.check(file, keyFiles, connection, part.account(), part.first(), part.next());
    said.accept("verified: " + file);
    long fact = register.register(record(wanted, part, file, attested), now());
    said.accept(
        "on record: %s, as fact %d of the journal %s".formatted(file, fact, Archive.JOURNAL));
  }

  private ObjectNode record(Wanted wanted, Part part, Path file, long attested) throws IOException {
    return JsonNodeFactory.instance
        .objectNode()
        .put("account", part.account())
        .put("first", part.first())
        .put("next", part.next())
        .put("before", wanted.before().toString())
        .put("file", part.name())
        .put("sha256", ArchiveFile.sha256(file))
        .put("bytes", Files.size(file))
        .put("checkpointSize", attested)
        .put("actor", wanted.actor());
  }

  private void move(Connection connection, ArchiveRegister register, Wanted wanted, Archive archive)
      throws IOException, SQLException {
    Unmoved unmoved = register.unmoved(archive.account(), archive.first(), archive.next());
    if (unmoved.facts() == 0) {
      return;
    }
    awaitSigned(connection, archive, wanted.patience());
    Path file = wanted.folder().resolve(archive.file());
    if (!Files.isRegularFile(file)) {
      throw new ArchivingException(
          archive.text() + " is not in " + wanted.folder() + ": nothing is moved out of the table");
    }
    if (!ArchiveFile.sha256(file).equals(archive.sha256())) {
      throw new ArchivingException(
          archive.text() + ": the file was changed, it has another SHA-256; nothing is moved");
    }
    ArchiveFile.check(
        file, keyFiles, connection, archive.account(), archive.first(), archive.next());
    long moved = register.move(archive);
    said.accept(
        "moved: the received bytes of %d facts, %d bytes, into %s"
            .formatted(moved, unmoved.bytes(), archive.text()));
  }

  /** The record is evidence once it is signed; before, nothing is taken away. */
  private void awaitSigned(Connection connection, Archive archive, Duration patience)
      throws SQLException {
    long until = System.nanoTime() + patience.toNanos();
    while (heads.newest(connection, Archive.JOURNAL).map(SignedHeads.Head::size).orElse(0L)
        <= archive.fact()) {
      if (System.nanoTime() > until) {
        throw new ArchivingException(
            ("the service has not signed the record of %s yet: nothing is moved. Is it running, with"
                    + " its key? Then do the same again")
                .formatted(archive.text()));
      }
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ArchivingException("interrupted: nothing more is moved");
      }
    }
  }

  private static Instant recordedAt(Connection connection, Part part) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECORDED_AT)) {
      statement.setString(1, part.account());
      statement.setLong(2, part.first());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Timestamp time = row.getTimestamp(1);
        return time.toInstant();
      }
    }
  }

  /** Microseconds, as the database keeps them. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Work that sees one moment of the database. */
  private interface Work {
    void run() throws IOException, SQLException;
  }

  private static void inOneMoment(Connection connection, Work work)
      throws IOException, SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      work.run();
    } finally {
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(true);
    }
  }
}
