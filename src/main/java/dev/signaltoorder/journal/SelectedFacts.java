package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/** Reads facts of some kinds, as many as there are, with constant memory. Changes nothing. */
public final class SelectedFacts {
  private static final int FETCH_SIZE = 1_000;
  private static final String READ =
      """
      select seq, recorded_at, kind, canonical from journal
      where account = ? and kind = any (?) and recorded_at >= ? and recorded_at < ?
      order by seq
      """;

  private static final String COUNT =
      """
      select count(*) from journal
      where account = ? and kind = any (?) and recorded_at >= ? and recorded_at < ?
      """;

  private final DataSource dataSource;

  public SelectedFacts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A fact as it lies in the journal.
   *
   * @param recordedAt UTC
   */
  public record StoredFact(Instant recordedAt, RawFact fact) {}

  /** How many facts {@link #read} would hand over just now. */
  public long count(String account, Collection<String> kinds, Instant from, Instant to) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, account);
      statement.setArray(2, connection.createArrayOf("text", kinds.toArray()));
      statement.setTimestamp(3, Timestamp.from(from));
      statement.setTimestamp(4, Timestamp.from(to));
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new JournalException(
          "could not count the journal of " + account + ": " + e.getMessage(), e);
    }
  }

  /**
   * Hands facts over in order, until {@code consumer} answers false.
   *
   * @param kinds of facts
   * @param from earliest time of recording
   * @param to first time of recording that is not read any more
   * @throws JournalException when they could not be read
   */
  public void read(
      String account,
      Collection<String> kinds,
      Instant from,
      Instant to,
      Predicate<StoredFact> consumer) {
    try (Connection connection = dataSource.getConnection()) {
      // Only inside a transaction does the driver fetch in parts.
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (PreparedStatement statement = connection.prepareStatement(READ)) {
        statement.setFetchSize(FETCH_SIZE);
        if (statement.isWrapperFor(PGStatement.class)) {
          // Binary from the first execution on: bytes as text are twice as long, and slow to read.
          statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        }
        statement.setString(1, account);
        statement.setArray(2, connection.createArrayOf("text", kinds.toArray()));
        statement.setTimestamp(3, Timestamp.from(from));
        statement.setTimestamp(4, Timestamp.from(to));
        ResultSet row = statement.executeQuery();
        boolean more = true;
        while (more && row.next()) {
          more =
              consumer.test(
                  new StoredFact(
                      row.getTimestamp(2).toInstant(),
                      new RawFact(row.getLong(1), row.getString(3), row.getBytes(4))));
        }
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalException(
          "could not read the journal of " + account + ": " + e.getMessage(), e);
    }
  }
}
