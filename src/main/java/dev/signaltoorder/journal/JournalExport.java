package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts with all that is needed to check them without this service: see docs/audit.md for
 * the form. One pass, one moment of the database, constant memory. What is wrong in the database is
 * written as it is: finding it is the verifier's business.
 */
public final class JournalExport {
  private static final int FETCH = 200;
  private static final String ACCOUNTS = "select account from lease order by account";

  private static final String CHECKPOINTS =
      """
      select size, note from checkpoint where account = ? and key_id = ? and size > ? and size <= ?
      order by size
      """;

  private final DataSource dataSource;
  private final String originPrefix;
  private final Supplier<Optional<CheckpointVerifier>> verifier;
  private final ArchiveFolder archives;

  public JournalExport(DataSource dataSource, EvidenceSettings settings) {
    this(dataSource, settings.originPrefix(), () -> settings.key().map(CheckpointKey::verifier));
  }

  /**
   * @param originPrefix first part of every log's name
   * @param verifier of the key that signs when an export begins; empty when nothing is signed
   */
  public JournalExport(
      DataSource dataSource, String originPrefix, Supplier<Optional<CheckpointVerifier>> verifier) {
    this(dataSource, originPrefix, verifier, ArchiveFolder.NONE);
  }

  /**
   * @param originPrefix first part of every log's name
   * @param verifier of the key that signs when an export begins; empty when nothing is signed
   * @param archives where bytes are that were moved
   */
  public JournalExport(
      DataSource dataSource,
      String originPrefix,
      Supplier<Optional<CheckpointVerifier>> verifier,
      ArchiveFolder archives) {
    this.dataSource = dataSource;
    this.originPrefix = originPrefix;
    this.verifier = verifier;
    this.archives = archives;
  }

  /**
   * How many facts an export has that is written now: for a reader who wants to see how far it is.
   *
   * @throws JournalException when the database could not be read
   * @throws ArchiveUnavailableException when bytes of these facts were moved and the archive is not
   *     there, or is another file than the one on record
   */
  public long expected(ExportRange range) {
    CheckpointVerifier opens = verifier.get().orElse(null);
    try (Connection connection = dataSource.getConnection()) {
      long facts = 0;
      for (String account : accounts(connection, range.account())) {
        long size =
            head(connection, account, opens)
                .map(head -> head.checkpoint().size())
                .orElse(LogFollower.end(connection, account));
        long first = ExportBounds.first(connection, account, range.from(), size);
        long next = ExportBounds.next(connection, account, range.to(), first, size);
        MovedRaw.require(connection, account, first, next, archives);
        facts += next - first;
      }
      return facts;
    } catch (SQLException e) {
      throw new JournalException("the journal could not be counted: " + e.getMessage(), e);
    }
  }

  private Optional<SignedCheckpoint> head(
      Connection connection, String account, @Nullable CheckpointVerifier opens)
      throws SQLException {
    return opens == null
        ? Optional.empty()
        : CheckpointTable.newest(connection, account, originPrefix + "/" + account, opens);
  }

  /**
   * Writes an export. It ends with its "end" line or, after an exception, without one: then it is
   * recognisably cut off.
   *
   * @param exportedAt stands in the first line
   * @throws IOException when the reader is gone
   * @throws JournalException when the database could not be read
   * @throws ArchiveUnavailableException when bytes were moved and cannot be had
   */
  public void write(ExportRange range, Instant exportedAt, OutputStream out) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        write(connection, range, exportedAt, out);
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalException("the journal could not be exported: " + e.getMessage(), e);
    }
  }

  /** On a connection whose transaction sees one moment. */
  void write(Connection connection, ExportRange range, Instant exportedAt, OutputStream out)
      throws IOException, SQLException {
    CheckpointVerifier opens = verifier.get().orElse(null);
    ExportLine lines = new ExportLine(out);
    Set<String> accounts = accounts(connection, range.account());
    lines.write(header(range, exportedAt, accounts));
    long facts = 0;
    for (String account : accounts) {
      Optional<SignedCheckpoint> head = head(connection, account, opens);
      long size =
          head.isPresent() ? head.get().checkpoint().size() : LogFollower.end(connection, account);
      long first = ExportBounds.first(connection, account, range.from(), size);
      long next = ExportBounds.next(connection, account, range.to(), first, size);
      facts += write(connection, account, first, next, opens, lines);
    }
    lines.end(facts);
  }

  /**
   * Writes facts of one account by their numbers.
   *
   * @param said stands in the first line; with its account
   * @param next not more than the newest checkpoint attests
   */
  void writePart(
      Connection connection,
      ExportRange said,
      long first,
      long next,
      Instant exportedAt,
      OutputStream out)
      throws IOException, SQLException {
    String account = Objects.requireNonNull(said.account());
    ExportLine lines = new ExportLine(out);
    lines.write(header(said, exportedAt, Set.of(account)));
    CheckpointVerifier opens = verifier.get().orElse(null);
    lines.end(write(connection, account, first, next, opens, lines));
  }

  private static ObjectNode header(ExportRange range, Instant exportedAt, Set<String> accounts) {
    ObjectNode header =
        ExportLine.of("export")
            .put("format", ExportLine.FORMAT)
            .put("exportedAt", exportedAt.toString())
            .put("from", text(range.from()))
            .put("to", text(range.to()))
            .put("account", range.account());
    header.set("journals", ExportLine.texts(accounts.stream().toList()));
    return header;
  }

  private long write(
      Connection connection,
      String account,
      long first,
      long next,
      @Nullable CheckpointVerifier opens,
      ExportLine lines)
      throws IOException, SQLException {
    String origin = originPrefix + "/" + account;
    Optional<SignedCheckpoint> head = head(connection, account, opens);
    long size =
        head.isPresent() ? head.get().checkpoint().size() : LogFollower.end(connection, account);
    Proofs proofs = new Proofs(StoredTree.of(connection, account));
    ObjectNode begin =
        ExportLine.of("journal").put("account", account).put("origin", origin).put("first", first);
    ObjectNode end = ExportLine.of("journal-end").put("account", account).put("next", next);
    // Proofs for what the database holds now; where it holds too little, an unproven end.
    try {
      begin.set("edge", ExportLine.texts(ExactBase64.encode(proofs.frontier(first).peaks())));
      end.set("consistency", ExportLine.texts(ExactBase64.encode(proofs.consistency(next, size))));
    } catch (ContradictionException e) {
      begin.put("contradiction", e.getMessage());
      end.set("consistency", JsonNodeFactory.instance.arrayNode());
      begin.putIfAbsent("edge", JsonNodeFactory.instance.arrayNode());
    }
    end.put("checkpoint", head.map(SignedCheckpoint::note).orElse(null));
    lines.write(begin);
    String keyId = opens == null ? "" : CheckpointTable.keyId(opens, origin);
    long facts = writeFacts(connection, account, keyId, first, next, lines);
    lines.write(end);
    return facts;
  }

  private long writeFacts(
      Connection connection, String account, String keyId, long first, long next, ExportLine lines)
      throws IOException, SQLException {
    long facts = 0;
    try (MovedRaw moved = MovedRaw.of(connection, account, archives);
        PreparedStatement select = connection.prepareStatement(StoredFact.SELECT);
        PreparedStatement signed = connection.prepareStatement(CHECKPOINTS)) {
      try (ResultSet row = query(select, account, first, next);
          ResultSet checkpoint = query(signed, account, keyId, first, next)) {
        boolean more = checkpoint.next();
        while (row.next()) {
          StoredFact fact = moved.restored(StoredFact.of(row));
          lines.write(ExportLine.of(fact));
          facts++;
          while (more && checkpoint.getLong(1) <= fact.seq() + 1) {
            lines.write(
                ExportLine.of("checkpoint")
                    .put("account", account)
                    .put("note", checkpoint.getString(2)));
            more = checkpoint.next();
          }
        }
      }
    }
    return facts;
  }

  private static ResultSet query(PreparedStatement statement, Object... parameters)
      throws SQLException {
    statement.setFetchSize(FETCH);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement.executeQuery();
  }

  private static Set<String> accounts(Connection connection, @Nullable String only)
      throws SQLException {
    Set<String> accounts = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(ACCOUNTS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        if (only == null || only.equals(row.getString(1))) {
          accounts.add(row.getString(1));
        }
      }
    }
    return accounts;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
