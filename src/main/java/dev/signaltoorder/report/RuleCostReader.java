package dev.signaltoorder.report;

import dev.signaltoorder.report.RefusedTrades.Plan;
import dev.signaltoorder.report.RefusedTrades.Price;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads decisions in the order in which they were made, and what the refused ones would have
 * earned.
 */
final class RuleCostReader {
  private RuleCostReader() {}

  /**
   * What the rules cost or saved.
   *
   * @param horizon how long a refused order is held
   */
  static RuleCosts read(
      Connection connection, Deadline deadline, PerformanceQuery query, Duration horizon)
      throws SQLException {
    ReportQuery signals = query.signals();
    String asked =
        when("s.received_at >= ?", signals.from())
            + when("s.received_at < ?", signals.to())
            + when("s.source = ?", signals.source())
            + when("s.strategy = ?", signals.strategy())
            + when("s.pair = ?", signals.pair());
    Instant to = signals.to();
    Instant lastPrice = to == null ? null : later(to, horizon.multipliedBy(2));
    String read = when("j.recorded_at >= ?", signals.from()) + when("j.recorded_at < ?", lastPrice);
    List<@Nullable Object> values =
        Arrays.asList(
            signals.from(),
            to,
            signals.source(),
            signals.strategy(),
            signals.pair(),
            signals.from(),
            lastPrice);
    RefusedTrades trades = new RefusedTrades(horizon);
    PerformanceSql.each(
        connection,
        deadline,
        decisions(asked, read),
        statement -> PerformanceSql.bind(statement, PerformanceSql.given(values)),
        row -> tell(row, trades));
    return trades.costs();
  }

  /**
   * Decisions in their order. The body is unpacked once, of refused signals twice: it is large, and
   * there are many.
   */
  private static String decisions(String asked, String read) {
    return """
      select (i ->> 'now')::timestamptz, i #>> '{pair,symbol}', (i #>> '{snapshot,takenAt}')::timestamptz,
        (i #>> '{snapshot,bid}')::numeric, (i #>> '{snapshot,ask}')::numeric, case when asked then reasons end,
        p ->> 'side', p ->> 'timeInForce', (p ->> 'volume')::numeric, (p ->> 'limitPrice')::numeric
      from (
        select j.body, j.recorded_at, j.account, j.seq, s.reasons,
          s.outcome in ('REJECTED', 'EXPIRED', 'HALTED') %s as asked
        from journal j left join signal_summary s on s.signal_id = j.signal_id
        where j.kind = 'signal-decided' %s) as decided
      cross join lateral (select body -> 'input' as i offset 0) as input
      cross join lateral (select case when asked then body #> '{decision,plan}' end as p offset 0) as plan
      order by recorded_at, account, seq
      """
        .formatted(asked, read);
  }

  private static String when(String condition, @Nullable Object value) {
    return value == null ? "" : " and " + condition;
  }

  /** The latest time that the database knows is far enough. */
  private static Instant later(Instant time, Duration by) {
    return time.isAfter(Instant.MAX.minus(by)) ? time : time.plus(by);
  }

  private static void tell(ResultSet row, RefusedTrades trades) throws SQLException {
    Price price = price(row);
    if (price != null) {
      trades.price(price);
    }
    var denied = row.getArray(6);
    if (denied == null) {
      return;
    }
    List<String> rules = new ArrayList<>(List.of((String[]) denied.getArray()));
    OffsetDateTime decidedAt = row.getObject(1, OffsetDateTime.class);
    if (!rules.isEmpty() && decidedAt != null) {
      trades.refused(decidedAt.toInstant(), rules, plan(row), price);
    }
  }

  private static @Nullable Price price(ResultSet row) throws SQLException {
    String pair = row.getString(2);
    OffsetDateTime takenAt = row.getObject(3, OffsetDateTime.class);
    BigDecimal bid = row.getBigDecimal(4);
    BigDecimal ask = row.getBigDecimal(5);
    return pair == null || takenAt == null || bid == null || ask == null
        ? null
        : new Price(pair, takenAt.toInstant(), bid, ask);
  }

  private static @Nullable Plan plan(ResultSet row) throws SQLException {
    String side = row.getString(7);
    BigDecimal volume = row.getBigDecimal(9);
    return side == null || volume == null
        ? null
        : new Plan(
            side.equals("BUY"), volume, row.getBigDecimal(10), "GTC".equals(row.getString(8)));
  }
}
