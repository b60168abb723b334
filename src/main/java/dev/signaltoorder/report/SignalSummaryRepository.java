package dev.signaltoorder.report;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The read model of the report. Whoever calls has begun a transaction; all reads of it use its
 * connection.
 */
@Singleton
class SignalSummaryRepository {
  /** So many rows are found and sorted sooner than they are met on the way through all others. */
  private static final long FEW = 20_000;

  private static final String FROM = "select " + SignalSummaryRow.COLUMNS + " from ";
  private static final String NEWEST_FIRST = " order by received_at desc, signal_id desc";

  private final DataSource dataSource;

  SignalSummaryRepository(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** One signal's row, or null. */
  @Nullable SignalSummaryRow find(UUID signalId) {
    List<SignalSummaryRow> found =
        read(
            FROM + "signal_summary where signal_id = :id",
            Map.of("id", signalId),
            SignalSummaryRow::read);
    return found.isEmpty() ? null : found.getFirst();
  }

  /**
   * The query's page and, if there is one, the row after it: that one tells that there is a next
   * page.
   *
   * @param matching signals that the query lets through, over all pages
   */
  List<SignalSummaryRow> pageAndOneMore(ReportQuery query, long matching) {
    ReportFilter filter = ReportFilter.page(query);
    Map<String, Object> parameters = new HashMap<>(filter.parameters());
    if (matching == 0) {
      return List.of();
    }
    String rule = query.rule();
    if (rule == null) {
      return rows(FROM + "signal_summary where " + filter.condition(), parameters, query.limit());
    }
    if (matching <= FEW) {
      parameters.put("shortRule", shortened(rule));
      return rows(
          FROM
              + "(select * from signal_summary where "
              + filter.condition()
              + " and short_reasons(reasons) @> array[cast(:shortRule as text)] offset 0) as few",
          parameters,
          query.limit());
    }
    // Newer rows than the newest with this reason need not be read.
    String newest = "";
    LocalDate day = newestDay(query);
    if (day != null) {
      newest = " and received_at < :dayAfter";
      parameters.put("dayAfter", day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    return rows(
        FROM + "signal_summary where " + filter.condition() + newest, parameters, query.limit());
  }

  private List<SignalSummaryRow> rows(String sql, Map<String, Object> parameters, int limit) {
    return read(sql + NEWEST_FIRST + " limit " + (limit + 1), parameters, SignalSummaryRow::read);
  }

  /** The last day on which, as far as the page goes, there is a signal of the query. */
  private @Nullable LocalDate newestDay(ReportQuery query) {
    if (!ReportTotals.isCounted(query)) {
      return null;
    }
    ReportFilter names = ReportFilter.names(query);
    Map<String, Object> parameters = new HashMap<>(names.parameters());
    parameters.put("rule", String.valueOf(query.rule()));
    String last = "";
    ReportCursor cursor = query.cursor();
    if (cursor != null) {
      last = " and day <= :last";
      parameters.put("last", ReportTotals.dayOf(cursor.receivedAt()));
    }
    return read(
            "select max(day) from signal_total where reason = :rule and signals > 0 and "
                + names.condition()
                + last,
            parameters,
            result -> Optional.ofNullable(result.getObject(1, LocalDate.class)))
        .getFirst()
        .orElse(null);
  }

  /** Signals per outcome, over all pages. */
  List<OutcomeCount> totals(ReportQuery query) {
    ReportTotals totals = ReportTotals.over(query);
    return read(
        totals.sql(),
        totals.parameters(),
        result -> new OutcomeCount(result.getString(1), result.getLong(2)));
  }

  private interface Reading<T> {
    T read(ResultSet result) throws SQLException;
  }

  private <T> List<T> read(String sql, Map<String, Object> parameters, Reading<T> reading) {
    List<T> rows = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = NamedSql.prepared(connection, sql, parameters);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(reading.read(result));
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return rows;
  }

  private static IllegalStateException unreadable(SQLException cause) {
    return new IllegalStateException("the report could not be read: " + cause.getMessage(), cause);
  }

  /** As {@code short_reasons} of the database shortens it. */
  private static String shortened(String rule) {
    return rule.codePointCount(0, rule.length()) <= ReportTotals.LONGEST_REASON
        ? rule
        : rule.substring(0, rule.offsetByCodePoints(0, ReportTotals.LONGEST_REASON));
  }

  /**
   * Makes all reads of the running transaction see one state of the database, and forbids writing.
   * Must be the transaction's first statement.
   */
  void readOneState() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}
