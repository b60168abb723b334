package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * One short transaction that somebody's lease depends on. Nothing in it waits long: not this
 * process for a database behind a dead network, and not the database, with its locks held, for a
 * process that has stopped in the middle.
 */
final class Transaction implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Transaction.class);

  /** For what no lease depends on, and somebody waits for. */
  static final Duration USUAL = Duration.ofSeconds(5);

  private final Connection connection;
  private final int timeoutBeforeMs;

  private Transaction(Connection connection) throws SQLException {
    this.connection = connection;
    this.timeoutBeforeMs = connection.getNetworkTimeout();
  }

  static Transaction begin(DataSource dataSource) throws SQLException {
    return begin(dataSource, USUAL);
  }

  /** {@code within}: how long either side waits for the other. */
  static Transaction begin(DataSource dataSource, Duration within) throws SQLException {
    Transaction transaction = new Transaction(dataSource.getConnection());
    try {
      transaction.limit(Math.toIntExact(within.toMillis()));
      return transaction;
    } catch (SQLException | RuntimeException e) {
      transaction.close();
      throw e;
    }
  }

  private void limit(int ms) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, ms);
    connection.setAutoCommit(false);
    // The last one needs PostgreSQL 17. What the others do not cover is a process that was stopped
    // with half a message sent.
    String limits =
        """
        set local lock_timeout = %d;
        set local statement_timeout = %d;
        set local idle_in_transaction_session_timeout = %d;
        select set_config('transaction_timeout', '%d', true)
          where current_setting('server_version_num')::int >= 170000
        """
            .formatted(ms * 2 / 3, ms, ms, ms * 2);
    try (Statement statement = connection.createStatement()) {
      statement.execute(limits);
    }
  }

  Connection connection() {
    return connection;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /**
   * Rolls back what was not committed. A connection that cannot even do that is broken; the
   * database rolls back by itself.
   */
  @Override
  public void close() {
    try (Connection closing = connection) {
      if (!closing.getAutoCommit()) {
        closing.rollback();
        closing.setAutoCommit(true);
      }
      closing.setNetworkTimeout(Runnable::run, timeoutBeforeMs);
    } catch (SQLException e) {
      LOG.debugf("a connection is given up: %s", e.getMessage());
    }
  }
}
