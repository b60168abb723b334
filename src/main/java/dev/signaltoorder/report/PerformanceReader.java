package dev.signaltoorder.report;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.report.FillResults.Fill;
import dev.signaltoorder.report.Performance.Group;
import dev.signaltoorder.report.Performance.Money;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Computes the performance report from the journal. All of one answer is of the same moment. One at
 * a time, for a bounded time: a report must never take the database away from decisions.
 */
@Singleton
class PerformanceReader {
  private final DataSource dataSource;
  private final Semaphore free = new Semaphore(1);

  PerformanceReader(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The report.
   *
   * @throws ProblemException 503 while another one is being made
   * @throws ReportQueryException when it would take too long
   */
  Performance read(PerformanceQuery query) {
    if (!free.tryAcquire()) {
      throw new ProblemException(
          Problem.of(
              "busy",
              "A performance report is being made",
              503,
              "They are made one at a time, so that they hold nothing up. Ask again soon."));
    }
    try {
      return readAlone(query);
    } finally {
      free.release();
    }
  }

  private Performance readAlone(PerformanceQuery query) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      try {
        return new Reading(connection, query, Deadline.in(PerformanceSql.LONGEST_SECONDS)).read();
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      if (Deadline.PASSED.equals(e.getSQLState())) {
        throw new ReportQueryException(
            List.of(
                "from: so much takes longer than %d s; allowed: a shorter time%s; horizon=none takes less"
                    .formatted(PerformanceSql.LONGEST_SECONDS, example(query))));
      }
      throw new IllegalStateException("the journal could not be read: " + e.getMessage(), e);
    }
  }

  /** A time that is short enough; empty when none can be told. */
  private String example(PerformanceQuery query) {
    try (Connection connection = dataSource.getConnection()) {
      return ShorterTime.within(connection, query.signals(), ShorterTime.MANY)
          .map(shorter -> ", for example " + shorter.words())
          .orElse("");
    } catch (SQLException e) {
      return "";
    }
  }

  private static final class Reading {
    private final Connection connection;
    private final PerformanceQuery query;
    private final Deadline deadline;
    private final PerformanceFigures total = new PerformanceFigures();
    private final NavigableMap<String, PerformanceFigures> groups = new TreeMap<>();

    Reading(Connection connection, PerformanceQuery query, Deadline deadline) {
      this.connection = connection;
      this.deadline = deadline;
      this.query = query;
    }

    Performance read() throws SQLException {
      PerformanceSql sql = new PerformanceSql(query);
      PerformanceSql.each(
          connection,
          deadline,
          sql.outcomes(),
          sql::bindChosen,
          row -> count(row, figures(row.getString(1)).outcomes, total.outcomes));
      PerformanceSql.each(
          connection,
          deadline,
          sql.refusals(),
          sql::bindChosen,
          row -> count(row, figures(row.getString(1)).refusals, total.refusals));
      PerformanceSql.each(
          connection,
          deadline,
          sql.orders(),
          sql::bindChosen,
          row -> (row.getInt(1) == 1 ? total : figures(row.getString(2))).orders(row));
      FillResults results = fills();
      Map<String, Map<String, FillResults.Sums>> money = results.valued(mids());
      money.keySet().forEach(this::figures);
      List<Group> all = new ArrayList<>();
      groups.forEach(
          (name, figures) ->
              all.add(
                  figures.group(
                      name.equals(PerformanceSql.NO_NAME) ? null : name,
                      money(List.of(money.getOrDefault(name, Map.of()))))));
      return new Performance(
          query.signals().from(),
          query.signals().to(),
          query.groupBy().column(),
          total.group(null, money(List.copyOf(money.values()))),
          all,
          days(results),
          rules());
    }

    private @Nullable RuleCosts rules() throws SQLException {
      Duration horizon = query.horizon().duration();
      return horizon == null ? null : RuleCostReader.read(connection, deadline, query, horizon);
    }

    private PerformanceFigures figures(String group) {
      return groups.computeIfAbsent(group, one -> new PerformanceFigures());
    }

    private static void count(ResultSet row, Map<String, Long> group, Map<String, Long> total)
        throws SQLException {
      group.merge(row.getString(2), row.getLong(3), Long::sum);
      total.merge(row.getString(2), row.getLong(3), Long::sum);
    }

    private FillResults fills() throws SQLException {
      FillResults results = new FillResults(query.signals().from());
      PerformanceSql.each(
          connection,
          deadline,
          PerformanceSql.fills(query),
          statement -> PerformanceSql.bindFills(query, statement),
          row ->
              results.add(
                  new Fill(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5).equals("BUY"),
                      row.getObject(6, OffsetDateTime.class).toInstant(),
                      row.getBigDecimal(7),
                      row.getBigDecimal(8),
                      row.getBigDecimal(9))));
      return results;
    }

    private Map<String, BigDecimal> mids() throws SQLException {
      Map<String, BigDecimal> mids = new HashMap<>();
      PerformanceSql.each(
          connection,
          deadline,
          PerformanceSql.mids(query),
          statement -> PerformanceSql.bindMids(query, statement),
          row -> mids.put(row.getString(1), row.getBigDecimal(2)));
      return mids;
    }

    private static Map<String, Money> money(List<Map<String, FillResults.Sums>> parts) {
      Map<String, FillResults.Sums> sums = new TreeMap<>();
      for (Map<String, FillResults.Sums> part : parts) {
        part.forEach(
            (quote, one) -> add(sums.computeIfAbsent(quote, q -> new FillResults.Sums()), one));
      }
      Map<String, Money> money = new TreeMap<>();
      sums.forEach(
          (quote, one) ->
              money.put(
                  quote,
                  new Money(
                      plain(one.bought),
                      plain(one.sold),
                      plain(one.fees),
                      plain(one.realised),
                      plain(one.held),
                      one.open == null ? null : plain(one.open))));
      return money;
    }

    private static void add(FillResults.Sums sum, FillResults.Sums more) {
      sum.bought = sum.bought.add(more.bought);
      sum.sold = sum.sold.add(more.sold);
      sum.fees = sum.fees.add(more.fees);
      sum.realised = sum.realised.add(more.realised);
      sum.held = sum.held.add(more.held);
      BigDecimal open = sum.open;
      BigDecimal moreOpen = more.open;
      sum.open = open == null || moreOpen == null ? null : open.add(moreOpen);
    }

    private static List<Performance.Day> days(FillResults results) {
      List<Performance.Day> days = new ArrayList<>();
      results
          .byDay()
          .forEach(
              (day, byQuote) -> {
                Map<String, String> realised = new TreeMap<>();
                byQuote.forEach((quote, sum) -> realised.put(quote, plain(sum)));
                days.add(new Performance.Day(day.toString(), realised));
              });
      return days;
    }
  }

  /** Without trailing zeros, never with an exponent. */
  static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.signum() == 0 ? "0" : stripped.toPlainString();
  }
}
