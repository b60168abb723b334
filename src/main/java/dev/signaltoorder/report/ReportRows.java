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
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Reads all rows of a query one by one, of one moment. */
@Singleton
class ReportRows {
  private static final Pattern NAME = Pattern.compile(":(\\w+)");

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
    try (PreparedStatement statement = prepared(connection, totals.sql(), totals.parameters());
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
            + SignalSummaryRow.REPORT_COLUMNS
            + " from signal_summary where "
            + filter.condition()
            + " order by received_at desc, signal_id desc";
    try (PreparedStatement statement = prepared(connection, sql, filter.parameters())) {
      statement.setFetchSize(PORTION);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.take(SignalSummaryRow.reportRow(result));
        }
      }
    }
  }

  /** A statement whose parameters have names. */
  private static PreparedStatement prepared(
      Connection connection, String sql, Map<String, Object> parameters) throws SQLException {
    List<Object> values = new ArrayList<>();
    Matcher names = NAME.matcher(sql);
    while (names.find()) {
      values.add(Objects.requireNonNull(parameters.get(names.group(1))));
    }
    PreparedStatement statement = connection.prepareStatement(names.replaceAll("?"));
    PerformanceSql.bind(statement, values);
    return statement;
  }
}
