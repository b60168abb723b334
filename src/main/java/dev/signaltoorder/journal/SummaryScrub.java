package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Compares the report's rows with the facts that they follow from, slice by slice: all signals that
 * a row or a fact names, in the order of their ids; then it rests for an hour. Beside that, {@link
 * TotalsScrub} holds the totals against the rows. It says what it finds and stops nothing: what is
 * signed are the facts. Owned by one thread; {@link #status} is for all.
 */
final class SummaryScrub {
  private static final Logger LOG = Logger.getLogger(SummaryScrub.class);
  private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();
  private static final int MOST_ALARMS = 20;
  private static final int SIDES = 3;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /**
   * Rows and facts of one moment; and a database that is slow for this must not keep checkpoints
   * waiting.
   */
  private static final String ONE_MOMENT =
      "set transaction isolation level repeatable read, read only;"
          + " set local statement_timeout = '5s'; set local lock_timeout = '2s'";

  /** All sides, so that neither a deleted nor an invented row stays unseen. */
  private static final String NEXT =
      """
      (select signal_id from signal_summary where signal_id > ? order by signal_id limit ?)
      union
      (select distinct signal_id from journal where signal_id > ? order by signal_id limit ?)
      union
      (select distinct signal_id from performance_order where signal_id > ? order by signal_id limit ?)
      order by signal_id limit ?
      """;

  private final SummaryCheck check;
  private final TotalsScrub totals = new TotalsScrub(PAUSE_NANOS);
  private UUID after = BEFORE_ALL;
  private long agreeing;
  private long differing;
  private Map<String, String> found = new TreeMap<>();
  private Map<String, String> foundBefore = Map.of();
  private boolean resting;
  private long restingSince;
  private boolean failing;
  private volatile ReportStatus status = ReportStatus.NONE;

  SummaryScrub(SummaryCheck check) {
    this.check = check;
  }

  ReportStatus status() {
    ReportStatus rows = status;
    Map<String, String> known = new TreeMap<>(totals.contradictions());
    known.putAll(rows.contradictions());
    return ReportStatus.of(rows.verifiedSignals(), rows.differing(), known);
  }

  /**
   * Compares the next signals, at most {@code most}, and the totals of the next day, unless it
   * rests from them. Never throws.
   */
  void slice(DataSource dataSource, int most, long nowNanos) {
    resting = resting && nowNanos - restingSince < PAUSE_NANOS;
    if (resting && totals.rests(nowNanos)) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(ONE_MOMENT);
        if (!resting) {
          slice(connection, most, nowNanos);
        }
        if (!totals.rests(nowNanos)) {
          totals.slice(connection, nowNanos);
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing) {
        LOG.warnf("the report is not compared with the facts: %s", e.getMessage());
      }
      failing = true;
    }
  }

  /** In the caller's transaction, which sees one moment. */
  void slice(Connection connection, int most, long nowNanos) throws SQLException {
    List<UUID> signals = next(connection, most);
    List<SummaryCheck.Difference> differences = check.of(connection, signals);
    differences.forEach(this::alarm);
    agreeing += signals.size() - differences.size();
    if (signals.size() < most) {
      endRound(nowNanos);
    } else {
      after = signals.getLast();
      tell();
    }
  }

  private void alarm(SummaryCheck.Difference difference) {
    differing++;
    String text = "signal " + difference.signalId() + ": " + difference.text();
    found.putIfAbsent(difference.account(), text);
    if (differing <= MOST_ALARMS) {
      LOG.errorf(
          "ALARM: account %s: the report contradicts the journal: %s", difference.account(), text);
    }
  }

  private void tell() {
    Map<String, String> known = new TreeMap<>(foundBefore);
    known.putAll(found);
    status = ReportStatus.of(verified(), Math.max(differing, status.differing()), known);
  }

  private void endRound(long nowNanos) {
    if (differing > MOST_ALARMS) {
      LOG.errorf("ALARM: %d rows of the report contradict the journal in all", differing);
    } else if (differing == 0 && !foundBefore.isEmpty()) {
      LOG.info("the report agrees with the journal again");
    }
    status = ReportStatus.of(verified(), differing, found);
    foundBefore = found;
    found = new TreeMap<>();
    after = BEFORE_ALL;
    agreeing = 0;
    differing = 0;
    resting = true;
    restingSince = nowNanos;
  }

  private long verified() {
    return Math.max(agreeing, status.verifiedSignals());
  }

  private List<UUID> next(Connection connection, int most) throws SQLException {
    List<UUID> signals = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      for (int side = 0; side < SIDES; side++) {
        statement.setObject(1 + 2 * side, after);
        statement.setInt(2 + 2 * side, most);
      }
      statement.setInt(1 + 2 * SIDES, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          signals.add(row.getObject(1, UUID.class));
        }
      }
    }
    return signals;
  }
}
