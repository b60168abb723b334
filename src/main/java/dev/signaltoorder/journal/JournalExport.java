package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
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

  /**
   * The smallest number of the day that begins with the first fact from a time on: clocks may step
   * back, so the first in time need not have it. Without the day every fact before would be read.
   */
  private static final String FIRST =
      """
      select min(seq) from (
        select seq from journal where account = ? and recorded_at >= ? and recorded_at < (
          select recorded_at from journal where account = ? and recorded_at >= ?
          order by recorded_at limit 1) + interval '1 day' offset 0) as day
      """;

  private static final String LAST =
      """
      select max(seq) from (
        select seq from journal where account = ? and recorded_at < ? and recorded_at > (
          select recorded_at from journal where account = ? and recorded_at < ?
          order by recorded_at desc limit 1) - interval '1 day' offset 0) as day
      """;

  private static final String CHECKPOINTS =
      """
      select size, note from checkpoint where account = ? and key_id = ? and size > ? and size <= ?
      order by size
      """;

  private final DataSource dataSource;
  private final String originPrefix;
  private final Supplier<Optional<CheckpointVerifier>> verifier;

  public JournalExport(DataSource dataSource, EvidenceSettings settings) {
    this(dataSource, settings.originPrefix(), () -> settings.key().map(CheckpointKey::verifier));
  }

  /**
   * @param originPrefix first part of every log's name
   * @param verifier of the key that signs when an export begins; empty when nothing is signed
   */
  public JournalExport(
      DataSource dataSource, String originPrefix, Supplier<Optional<CheckpointVerifier>> verifier) {
    this.dataSource = dataSource;
    this.originPrefix = originPrefix;
    this.verifier = verifier;
  }

  /**
   * How many facts an export has that is written now: for a reader who wants to see how far it is.
   *
   * @throws JournalException when the database could not be read
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
        long first = first(connection, account, range.from(), size);
        facts += next(connection, account, range.to(), first, size) - first;
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
    ObjectNode header =
        ExportLine.of("export")
            .put("format", ExportLine.FORMAT)
            .put("exportedAt", exportedAt.toString())
            .put("from", text(range.from()))
            .put("to", text(range.to()))
            .put("account", range.account());
    header.set("journals", ExportLine.texts(accounts.stream().toList()));
    lines.write(header);
    long facts = 0;
    for (String account : accounts) {
      facts += write(connection, account, range, opens, lines);
    }
    lines.end(facts);
  }

  private long write(
      Connection connection,
      String account,
      ExportRange range,
      @Nullable CheckpointVerifier opens,
      ExportLine lines)
      throws IOException, SQLException {
    String origin = originPrefix + "/" + account;
    Optional<SignedCheckpoint> head = head(connection, account, opens);
    long size =
        head.isPresent() ? head.get().checkpoint().size() : LogFollower.end(connection, account);
    long first = first(connection, account, range.from(), size);
    long next = next(connection, account, range.to(), first, size);
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
    try (PreparedStatement select = connection.prepareStatement(StoredFact.SELECT);
        PreparedStatement signed = connection.prepareStatement(CHECKPOINTS)) {
      try (ResultSet row = query(select, account, first, next);
          ResultSet checkpoint = query(signed, account, keyId, first, next)) {
        boolean more = checkpoint.next();
        while (row.next()) {
          StoredFact fact = StoredFact.of(row);
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

  private static long first(
      Connection connection, String account, @Nullable Instant from, long size)
      throws SQLException {
    if (from == null) {
      return 0;
    }
    return Math.min(number(connection, FIRST, account, from).orElse(size), size);
  }

  private static long next(
      Connection connection, String account, @Nullable Instant to, long first, long size)
      throws SQLException {
    if (to == null) {
      return size;
    }
    long next = number(connection, LAST, account, to).map(last -> last + 1).orElse(0L);
    return Math.max(first, Math.min(next, size));
  }

  private static Optional<Long> number(
      Connection connection, String sql, String account, Instant time) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, account);
      statement.setTimestamp(2, Timestamp.from(time));
      statement.setString(3, account);
      statement.setTimestamp(4, Timestamp.from(time));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long number = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
      }
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
