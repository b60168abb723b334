package dev.signaltoorder.outbound;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How far each receiver has got, in the database: what is told survives a crash, and only one
 * process tells it. A claim ends by itself when its process is gone.
 */
final class Cursors {
  private static final Duration CLAIM = Duration.ofSeconds(60);

  // A new receiver begins with what comes, not with the whole past. But a leader that has begun a
  // moment ago may have found out already that its key is refused: that is told.
  private static final String REGISTER =
      "insert into outlet_cursor (outlet, account, next_seq)"
          + " select o.name, l.account, coalesce((select max(j.seq) from journal j"
          + " where j.account = l.account and j.seq >= l.journal_size - 1000 and j.kind = 'loop-started'"
          + " and j.recorded_at > clock_timestamp() - interval '10 minutes'), l.journal_size)"
          + " from lease l cross join (select ?::text as name) as o where not exists (select 1"
          + " from outlet_cursor c where c.outlet = o.name and c.account = l.account)"
          + " on conflict do nothing";

  private static final String DUE =
      "select c.account from outlet_cursor c join lease l using (account)"
          + " where c.outlet = ? and c.not_before <= clock_timestamp() and (c.next_seq < l.journal_size or ?)"
          + " and (c.claimed_until < clock_timestamp() or c.claimed_by = ?)";

  private static final String CLAIM_IT =
      "update outlet_cursor set claimed_by = ?, claimed_until = clock_timestamp() + ? * interval '1 second'"
          + " where outlet = ? and account = ? and not_before <= clock_timestamp()"
          + " and (claimed_until < clock_timestamp() or claimed_by = ?)"
          + " returning next_seq, failures, told_contradiction";

  private static final String ADVANCE =
      "update outlet_cursor set next_seq = ?, delivered = delivered + ?, failures = 0, failing_since = null,"
          + " last_error = null, delivered_at = case when ? > 0 then clock_timestamp() else delivered_at end,"
          + " claimed_until = clock_timestamp() + ? * interval '1 second'"
          + " where outlet = ? and account = ? and claimed_by = ? and next_seq <= ?";

  private static final String FAILED =
      "update outlet_cursor set failures = failures + 1, last_error = ?,"
          + " failing_since = coalesce(failing_since, clock_timestamp()),"
          + " not_before = clock_timestamp() + ? * interval '1 millisecond',"
          + " claimed_until = case when ? then clock_timestamp() + ? * interval '1 millisecond'"
          + " else '-infinity' end"
          + " where outlet = ? and account = ? and claimed_by = ?";

  private static final String RELEASE =
      "update outlet_cursor set claimed_until = '-infinity' where outlet = ? and account = ? and claimed_by = ?";

  private static final String TOLD =
      "update outlet_cursor set told_contradiction = ?, delivered = delivered + 1, delivered_at = clock_timestamp()"
          + " where outlet = ? and account = ? and claimed_by = ?";

  // Back or forth; whoever is telling at the moment stops, because the claim is gone.
  private static final String MOVE =
      "update outlet_cursor c set next_seq = ?, not_before = '-infinity', claimed_by = null,"
          + " claimed_until = '-infinity', failures = 0, failing_since = null, last_error = null"
          + " from lease l where c.outlet = ? and c.account = ? and l.account = c.account and ? <= l.journal_size";

  private static final String STATUS =
      "select c.outlet, c.account, c.next_seq, greatest(l.journal_size - c.next_seq, 0), c.delivered, c.failures,"
          + " c.failing_since, case when c.failures > 0 then c.not_before end, c.last_error, c.delivered_at,"
          + " (select j.recorded_at from journal j where j.account = c.account and j.seq = c.next_seq)"
          + " from outlet_cursor c join lease l using (account) order by c.outlet, c.account";

  private final DataSource dataSource;
  private final UUID process;

  Cursors(DataSource dataSource, UUID process) {
    this.dataSource = dataSource;
    this.process = process;
  }

  /**
   * Where to go on.
   *
   * @param toldContradiction the last contradiction that was told, or null
   */
  record Claimed(long next, int failures, @Nullable String toldContradiction) {}

  void register(String outlet) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      statement.setString(1, outlet);
      statement.executeUpdate();
    }
  }

  /** Accounts with something to look at. */
  List<String> due(String outlet, boolean all) throws SQLException {
    List<String> accounts = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setString(1, outlet);
      statement.setBoolean(2, all);
      statement.setObject(3, process);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          accounts.add(row.getString(1));
        }
      }
    }
    return accounts;
  }

  Optional<Claimed> claim(String outlet, String account) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CLAIM_IT)) {
      statement.setObject(1, process);
      statement.setLong(2, CLAIM.toSeconds());
      statement.setString(3, outlet);
      statement.setString(4, account);
      statement.setObject(5, process);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Claimed(row.getLong(1), row.getInt(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  /** False when somebody else has it meanwhile: then stop. */
  boolean advance(String outlet, String account, long next, int delivered) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, next);
      statement.setInt(2, delivered);
      statement.setInt(3, delivered);
      statement.setLong(4, CLAIM.toSeconds());
      statement.setString(5, outlet);
      statement.setString(6, account);
      statement.setObject(7, process);
      statement.setLong(8, next);
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * @param keepClaim whether nobody else may try meanwhile
   */
  void failed(String outlet, String account, String error, Duration pause, boolean keepClaim)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FAILED)) {
      statement.setString(1, error);
      statement.setLong(2, pause.toMillis());
      statement.setBoolean(3, keepClaim);
      statement.setLong(4, pause.plus(CLAIM).toMillis());
      statement.setString(5, outlet);
      statement.setString(6, account);
      statement.setObject(7, process);
      statement.executeUpdate();
    }
  }

  void release(String outlet, String account) throws SQLException {
    update(RELEASE, null, outlet, account);
  }

  void told(String outlet, String account, String contradiction) throws SQLException {
    update(TOLD, contradiction, outlet, account);
  }

  private void update(String sql, @Nullable String first, String outlet, String account)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int place = 1;
      if (first != null) {
        statement.setString(place++, first);
      }
      statement.setString(place++, outlet);
      statement.setString(place++, account);
      statement.setObject(place, process);
      statement.executeUpdate();
    }
  }

  /** False when there is no such cursor, or no such fact. */
  boolean move(String outlet, String account, long next) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setLong(1, next);
      statement.setString(2, outlet);
      statement.setString(3, account);
      statement.setLong(4, next);
      return statement.executeUpdate() == 1;
    }
  }

  /** All of them, also of receivers that are not configured any more. */
  List<OutletStatus> status() throws SQLException {
    List<OutletStatus> all = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(STATUS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.add(
            new OutletStatus(
                row.getString(1),
                "gone",
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                time(row, 11),
                row.getLong(5),
                row.getInt(6),
                time(row, 7),
                time(row, 8),
                row.getString(9),
                time(row, 10)));
      }
    }
    return all;
  }

  private static @Nullable String time(ResultSet row, int column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant().toString();
  }
}
