package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Reads facts back, however many. Thread-safe. */
public final class FactReader {
  private static final int READ_FETCH_SIZE = 2_000;

  private static final String READ =
      """
      select seq, kind, case when kind = any (?) then null else canonical end
      from journal where account = ? and seq >= ? order by seq
      """;
  private static final String OF_KIND =
      "select seq, canonical from journal where account = ? and seq >= ? and kind = ? order by seq";

  private final DataSource dataSource;

  public FactReader(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Hands every fact of an account from {@code fromSeq} on to {@code consumer}, in order. Holds no
   * more than a few thousand of them.
   *
   * @param unread kinds whose bytes are not wanted
   * @return the number of facts in the journal
   * @throws JournalException when it could not be read, or has a gap
   */
  public long read(String account, long fromSeq, Set<String> unread, Consumer<RawFact> consumer) {
    return inTransaction(
        account,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setFetchSize(READ_FETCH_SIZE);
            statement.setArray(1, connection.createArrayOf("text", unread.toArray()));
            statement.setString(2, account);
            statement.setLong(3, fromSeq);
            ResultSet row = statement.executeQuery();
            long expected = fromSeq;
            while (row.next()) {
              if (row.getLong(1) != expected) {
                throw new JournalException(
                    "the journal of " + account + " has a gap: seq " + expected + " is missing",
                    null);
              }
              consumer.accept(new RawFact(expected, row.getString(2), row.getBytes(3)));
              expected++;
            }
            return expected;
          }
        });
  }

  /** The facts of one kind from {@code fromSeq} on, in order. */
  public List<RawFact> ofKind(String account, long fromSeq, String kind) {
    return inTransaction(
        account,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OF_KIND)) {
            statement.setString(1, account);
            statement.setLong(2, fromSeq);
            statement.setString(3, kind);
            ResultSet row = statement.executeQuery();
            List<RawFact> found = new ArrayList<>();
            while (row.next()) {
              found.add(new RawFact(row.getLong(1), kind, row.getBytes(2)));
            }
            return found;
          }
        });
  }

  private <T> T inTransaction(String account, SqlWork<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      // A cursor lives in a transaction.
      connection.setAutoCommit(false);
      try {
        T result = work.apply(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalException(
          "could not read the journal of " + account + ": " + e.getMessage(), e);
    }
  }

  /** Work inside one transaction. */
  private interface SqlWork<T> {
    T apply(Connection connection) throws SQLException;
  }
}
