package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers questions about checkpoints and proofs, for reviewers. Changes nothing. */
public final class EvidenceReader {
  private static final String COLUMNS = "select account, size, key_id, note, recorded_at from ";
  private static final String PAGE =
      COLUMNS
          + """
          checkpoint
          where (?::text is null or account = ?)
            and (?::timestamptz is null or (recorded_at, account, size) < (?, ?, ?))
          order by recorded_at desc, account desc, size desc limit ?
          """;
  private static final String LATEST =
      COLUMNS
          + """
          lease cross join lateral (
            select c.size, c.key_id, c.note, c.recorded_at from checkpoint c
            where c.account = lease.account order by c.size desc, c.recorded_at desc limit 1) newest
          order by account
          """;

  private final DataSource dataSource;

  public EvidenceReader(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Checkpoints, newest first.
   *
   * @param account of one account, or null
   * @param before the last of the page before, or null
   */
  public List<StoredCheckpoint> page(
      @Nullable String account, @Nullable StoredCheckpoint before, int limit) {
    return reading(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            OffsetDateTime time =
                before == null ? null : before.recordedAt().atOffset(ZoneOffset.UTC);
            statement.setString(1, account);
            statement.setString(2, account);
            statement.setObject(3, time);
            statement.setObject(4, time);
            statement.setString(5, before == null ? null : before.account());
            statement.setLong(6, before == null ? 0 : before.size());
            statement.setInt(7, limit);
            return checkpoints(statement);
          }
        });
  }

  /** The largest checkpoint of each account; of two keys that signed one head, the later one's. */
  public List<StoredCheckpoint> latest() {
    return reading(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
            return checkpoints(statement);
          }
        });
  }

  /**
   * The proof that a fact is among the first {@code size} facts of its account.
   *
   * @return base64 hashes as in RFC 6962, section 2.1.1; empty when there are not so many facts
   */
  public Optional<List<String>> inclusion(String account, long seq, long size) {
    return proof(account, size, proofs -> proofs.inclusion(seq, size));
  }

  /**
   * The proof that an account's first {@code second} facts begin with its first {@code first}.
   *
   * @return base64 hashes as in RFC 6962, section 2.1.2; empty when there are not so many facts
   */
  public Optional<List<String>> consistency(String account, long first, long second) {
    return proof(account, second, proofs -> proofs.consistency(first, second));
  }

  private Optional<List<String>> proof(String account, long size, Question question) {
    return reading(
        connection -> {
          if (LogFollower.end(connection, account) < size) {
            return Optional.empty();
          }
          Proofs proofs = new Proofs(StoredTree.of(connection, account));
          return Optional.of(ExactBase64.encode(question.ask(proofs)));
        });
  }

  private static List<StoredCheckpoint> checkpoints(PreparedStatement statement)
      throws SQLException {
    List<StoredCheckpoint> checkpoints = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        checkpoints.add(
            new StoredCheckpoint(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant()));
      }
    }
    return checkpoints;
  }

  private <T> T reading(Reading<T> reading) {
    try (Connection connection = dataSource.getConnection()) {
      return reading.apply(connection);
    } catch (SQLException e) {
      throw new JournalException("the evidence could not be read: " + e.getMessage(), e);
    }
  }

  /** Something to read. */
  private interface Reading<T> {
    T apply(Connection connection) throws SQLException;
  }

  /** Something to prove. */
  private interface Question {
    List<byte[]> ask(Proofs proofs);
  }
}
