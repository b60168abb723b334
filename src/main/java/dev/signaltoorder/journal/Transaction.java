package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * One short transaction that somebody's lease depends on. Nothing in it waits long: not this
 * process for a database behind a dead network, and not the database, with its locks held, for a
 * process that has stopped in the middle.
 */
final class Transaction implements AutoCloseable {
  /**
   * The last one needs PostgreSQL 17. What the others do not cover is a process that was stopped
   * with half a message sent.
   */
  private static final String LIMITS =
      """
      set local lock_timeout = '2s';
      set local statement_timeout = '3s';
      set local idle_in_transaction_session_timeout = '3s';
      select set_config('transaction_timeout', '6s', true)
        where current_setting('server_version_num')::int >= 170000
      """;

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);

  private final Connection connection;
  private final int timeoutBeforeMs;

  private Transaction(Connection connection) throws SQLException {
    this.connection = connection;
    this.timeoutBeforeMs = connection.getNetworkTimeout();
  }

  static Transaction begin(DataSource dataSource) throws SQLException {
    Transaction transaction = new Transaction(dataSource.getConnection());
    try {
      transaction.limit();
      return transaction;
    } catch (SQLException | RuntimeException e) {
      transaction.close();
      throw e;
    }
  }

  private void limit() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWERS_WITHIN.toMillis()));
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LIMITS);
    }
  }

  Connection connection() {
    return connection;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    try (Connection closing = connection) {
      if (!closing.getAutoCommit()) {
        closing.rollback();
        closing.setAutoCommit(true);
      }
      closing.setNetworkTimeout(Runnable::run, timeoutBeforeMs);
    }
  }
}
