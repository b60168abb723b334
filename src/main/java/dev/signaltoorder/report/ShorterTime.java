package dev.signaltoorder.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to ask for instead of a time over which the performance report takes too long.
 *
 * @param from the first of the newest whole days
 * @param signals received since then, as far as the query goes
 */
record ShorterTime(Instant from, long signals) {
  /** So many signals, and at most a quarter of those that were too many. */
  static final long MANY = 100_000;

  private static final int FOURTH = 4;

  /**
   * The newest days of the query; empty when one day alone has too many.
   *
   * @param many signals at most
   */
  static Optional<ShorterTime> within(Connection connection, ReportQuery query, long many)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    String sql =
        "select day, since from (select day, sum(sum(signals)) over (order by day desc) as since,"
            + " sum(sum(signals)) over () as everything from signal_total where reason = ''"
            + bound(values, "day >= ?", dayOf(query.from()))
            + bound(values, "day <= ?", dayOf(query.to()))
            + bound(values, "source = ?", query.source())
            + bound(values, "strategy = ?", query.strategy())
            + bound(values, "pair = ?", query.pair())
            + " group by day) as days where since > 0 and since <= least("
            + many
            + ", everything / "
            + FOURTH
            + ") order by day limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      PerformanceSql.bind(statement, PerformanceSql.given(values));
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ShorterTime(
                    row.getObject(1, LocalDate.class).atStartOfDay(ZoneOffset.UTC).toInstant(),
                    row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /** As it is put to people. */
  String words() {
    return "from=%s (the newest %d signals)".formatted(from, signals);
  }

  private static @Nullable LocalDate dayOf(@Nullable Instant time) {
    return time == null ? null : ReportTotals.dayOf(time);
  }

  private static String bound(List<@Nullable Object> values, String text, @Nullable Object value) {
    values.add(value);
    return value == null ? "" : " and " + text;
  }
}
