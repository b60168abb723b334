package dev.signaltoorder.report;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Reads all rows of a query one by one, of one moment. */
@Singleton
class ReportRows {
  /** Rows that the driver keeps in memory at a time. */
  private static final int PORTION = 1_000;

  private final DataSource dataSource;

  ReportRows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Takes something that may be written away. */
  interface Taker<T> {
    void take(T value) throws IOException;
  }

  /**
   * Hands over the totals, then each row, newest first; of the query its cursor and limit do not
   * count.
   *
   * @throws IOException what a taker threw
   */
  void each(ReportQuery query, Taker<Map<String, Long>> totals, Taker<ReportRow> rows)
      throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      try {
        totals.take(totals(connection, query));
        rows(connection, query, rows);
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the report could not be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, Long> totals(Connection connection, ReportQuery query)
      throws SQLException {
    ReportTotals totals = ReportTotals.over(query);
    List<OutcomeCount> counts = new ArrayList<>();
    try (PreparedStatement statement =
            NamedSql.prepared(connection, totals.sql(), totals.parameters());
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        counts.add(new OutcomeCount(result.getString(1), result.getLong(2)));
      }
    }
    return ReportReader.inOrder(counts);
  }

  private static void rows(Connection connection, ReportQuery query, Taker<ReportRow> rows)
      throws SQLException, IOException {
    ReportFilter filter = ReportFilter.over(query);
    String sql =
        "select "
            + SignalSummaryRow.COLUMNS
            + " from signal_summary where "
            + filter.condition()
            + " order by received_at desc, signal_id desc";
    try (PreparedStatement statement = NamedSql.prepared(connection, sql, filter.parameters())) {
      statement.setFetchSize(PORTION);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.take(SignalSummaryRow.read(result).row());
        }
      }
    }
  }
}
