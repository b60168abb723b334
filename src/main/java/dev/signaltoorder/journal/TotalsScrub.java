package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the report's rows again, one UTC day at a time, and compares that with the totals that are
 * kept beside them. Owned by one thread, as {@link SummaryScrub} is; {@link #contradictions} is for
 * all.
 */
final class TotalsScrub {
  private static final Logger LOG = Logger.getLogger(TotalsScrub.class);
  private static final LocalDate BEFORE_ALL = LocalDate.of(1, 1, 1);

  private static final String NEXT =
      """
      select least((select min(day) from signal_total where day > ?),
        (select (min(received_at) at time zone 'UTC')::date from signal_summary where received_at >= ?))
      """;

  /** One that differs; nothing when none does. */
  private static final String DIFFERENCE =
      """
      select account, outcome, reason, coalesce(t.signals, 0), coalesce(r.signals, 0)
      from (select * from signal_total where day = ? and signals <> 0) as t
      full join (
        select account, source, coalesce(strategy, '') as strategy, coalesce(pair, '') as pair, outcome, reason,
          count(*) as signals
        from signal_summary, counted_reasons(reasons) as reason
        where received_at >= ? and received_at < ? group by 1, 2, 3, 4, 5, 6) as r
      using (account, source, strategy, pair, outcome, reason)
      where t.signals is distinct from r.signals order by account, outcome, reason limit 1
      """;

  private final long pauseNanos;
  private LocalDate after = BEFORE_ALL;
  private boolean resting;
  private long restingSince;
  private Map<String, String> found = new TreeMap<>();
  private volatile Map<String, String> told = Map.of();

  /**
   * @param pauseNanos between the last day and the first one again
   */
  TotalsScrub(long pauseNanos) {
    this.pauseNanos = pauseNanos;
  }

  boolean rests(long nowNanos) {
    return resting && nowNanos - restingSince < pauseNanos;
  }

  /** Account to the first day whose totals are not those of its rows, and what differs. */
  Map<String, String> contradictions() {
    return told;
  }

  /** Compares the next day, in the caller's transaction, which sees one moment. */
  void slice(Connection connection, long nowNanos) throws SQLException {
    LocalDate day = next(connection);
    resting = day == null;
    if (day == null) {
      restingSince = nowNanos;
      told = Map.copyOf(found);
      found = new TreeMap<>();
      after = BEFORE_ALL;
      return;
    }
    // Before it is read: a day that takes too long must not be asked for again and again.
    after = day;
    compare(connection, day);
  }

  private @Nullable LocalDate next(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setObject(1, after);
      statement.setObject(2, startOf(after.plusDays(1)));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getObject(1, LocalDate.class) : null;
      }
    }
  }

  private void compare(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DIFFERENCE)) {
      statement.setObject(1, day);
      statement.setObject(2, startOf(day));
      statement.setObject(3, startOf(day.plusDays(1)));
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          alarm(day, row);
        }
      }
    }
  }

  private void alarm(LocalDate day, ResultSet row) throws SQLException {
    String account = row.getString(1);
    String reason = row.getString(3);
    String text =
        "totals of %s: %s%s: the report counts %d, its rows are %d"
            .formatted(
                day,
                row.getString(2),
                reason.isEmpty() ? "" : " for the reason \"" + reason + "\"",
                row.getLong(4),
                row.getLong(5));
    if (found.putIfAbsent(account, text) == null) {
      LOG.errorf("ALARM: account %s: the report contradicts the journal: %s", account, text);
      Map<String, String> known = new TreeMap<>(told);
      known.putIfAbsent(account, text);
      told = Map.copyOf(known);
    }
  }

  private static OffsetDateTime startOf(LocalDate day) {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
