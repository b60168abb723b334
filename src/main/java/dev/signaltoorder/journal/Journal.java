package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The append-only journal in PostgreSQL and the lease that guards it. One writer per account: the
 * holder of its lease. Safe for use by several threads; each call uses its own connection.
 */
public final class Journal {
  private static final String TAKE_LEASE =
      """
      insert into lease as l (account, holder, fencing, taken_at, expires_at)
      values (?, ?, 1, clock_timestamp(), clock_timestamp() + ? * interval '1 millisecond')
      on conflict (account) do update
        set holder = excluded.holder, fencing = l.fencing + 1, taken_at = excluded.taken_at,
          expires_at = excluded.expires_at
        where l.expires_at < clock_timestamp()
      returning fencing, journal_size
      """;
  private static final String RENEW_LEASE =
      """
      update lease set expires_at = clock_timestamp() + ? * interval '1 millisecond'
      where account = ? and fencing = ? and holder = ? and expires_at > clock_timestamp()
      """;
  private static final String RELEASE_LEASE =
      "update lease set expires_at = '-infinity' where account = ? and fencing = ? and holder = ?";
  private static final String ADVANCE =
      """
      update lease set journal_size = journal_size + ?,
        expires_at = clock_timestamp() + ? * interval '1 millisecond'
      where account = ? and fencing = ? and holder = ? and journal_size = ?
        and expires_at > clock_timestamp()
      """;
  private static final String INSERT_FACT =
      """
      insert into journal (account, seq, recorded_at, kind, signal_id, order_id, body, canonical, raw, leaf_hash)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
      """;
  private static final String CHANGEABLE =
      """
      select has_any_column_privilege('journal', 'UPDATE') or has_table_privilege('journal', 'DELETE')
        or has_table_privilege('journal', 'TRUNCATE')
        or exists (select from pg_class where oid = 'journal'::regclass and pg_has_role(relowner, 'USAGE'))
      """;

  private final DataSource dataSource;

  public Journal(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Takes the lease of an account if nobody holds it. Empty when another process does. */
  public Optional<Lease> takeLease(String account, UUID holder, Duration timeToLive) {
    return briefly(
        "take the lease of " + account,
        timeToLive,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TAKE_LEASE)) {
            statement.setString(1, account);
            statement.setObject(2, holder);
            statement.setLong(3, timeToLive.toMillis());
            ResultSet row = statement.executeQuery();
            return row.next()
                ? Optional.of(new Lease(account, holder, row.getLong(1), row.getLong(2)))
                : Optional.empty();
          }
        });
  }

  /** Prolongs a lease that is still ours. False when it has been taken over. */
  public boolean renew(Lease lease, Duration timeToLive) {
    return briefly(
        "renew the lease of " + lease.account(),
        timeToLive,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RENEW_LEASE)) {
            statement.setLong(1, timeToLive.toMillis());
            statement.setString(2, lease.account());
            statement.setLong(3, lease.fencing());
            statement.setObject(4, lease.holder());
            return statement.executeUpdate() == 1;
          }
        });
  }

  /** Gives a lease up, so that another process need not wait for its end. */
  public void release(Lease lease) {
    briefly(
        "release the lease of " + lease.account(),
        Transaction.USUAL,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RELEASE_LEASE)) {
            statement.setString(1, lease.account());
            statement.setLong(2, lease.fencing());
            statement.setObject(3, lease.holder());
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Appends a batch in one commit and prolongs the lease.
   *
   * @param expectedSize facts in the journal as the caller knows it; the first new fact gets this
   *     seq
   * @throws JournalException when anything failed, the lease was lost, or the outcome of the commit
   *     is in doubt
   */
  public void append(Lease lease, long expectedSize, Batch batch, Duration timeToLive) {
    try (Appending appending = begin(lease, expectedSize, timeToLive)) {
      appending.commit(batch, List.of());
    }
  }

  /**
   * Begins a commit in which something must be claimed before the facts are known.
   *
   * @param expectedSize as for {@link #append}
   */
  public Appending begin(Lease lease, long expectedSize, Duration timeToLive) {
    try {
      return new Appending(
          Transaction.begin(dataSource, timeToLive), lease, expectedSize, timeToLive);
    } catch (SQLException e) {
      throw new JournalException(
          "could not begin to append to the journal of " + lease.account() + ": " + e.getMessage(),
          e);
    }
  }

  /** Everything a batch writes, under the lease; in the caller's transaction. */
  static void write(
      Connection connection, Lease lease, long expectedSize, Batch batch, Duration timeToLive)
      throws SQLException {
    advance(connection, lease, expectedSize, batch.entries().size(), timeToLive);
    if (!batch.entries().isEmpty()) {
      insertFacts(connection, lease.account(), expectedSize, batch);
    }
    SmallTables.upsertSummaries(connection, lease.account(), batch.summaries());
  }

  private static void advance(
      Connection connection, Lease lease, long expectedSize, int count, Duration timeToLive)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setInt(1, count);
      statement.setLong(2, timeToLive.toMillis());
      statement.setString(3, lease.account());
      statement.setLong(4, lease.fencing());
      statement.setObject(5, lease.holder());
      statement.setLong(6, expectedSize);
      if (statement.executeUpdate() != 1) {
        throw new JournalException(
            "the lease of " + lease.account() + " is no longer ours, or its journal has moved on",
            null);
      }
    }
  }

  private static void insertFacts(Connection connection, String account, long firstSeq, Batch batch)
      throws SQLException {
    Timestamp recordedAt = Timestamp.from(batch.recordedAt());
    try (PreparedStatement statement = connection.prepareStatement(INSERT_FACT)) {
      long seq = firstSeq;
      for (JournalEntry entry : batch.entries()) {
        byte[] canonical = FactBytes.canonical(account, seq, batch.recordedAt(), entry);
        statement.setString(1, account);
        statement.setLong(2, seq);
        statement.setTimestamp(3, recordedAt);
        statement.setString(4, entry.kind());
        statement.setObject(5, entry.signalId());
        statement.setObject(6, entry.orderId());
        statement.setString(7, entry.body().toString());
        statement.setBytes(8, canonical);
        statement.setBytes(9, entry.raw());
        statement.setBytes(10, FactBytes.leafHash(canonical));
        statement.addBatch();
        seq++;
      }
      statement.executeBatch();
    }
  }

  private <T> T briefly(String what, Duration within, SqlWork<T> work) {
    try (Transaction transaction = Transaction.begin(dataSource, within)) {
      T result = work.apply(transaction.connection());
      transaction.commit();
      return result;
    } catch (SQLException e) {
      throw new JournalException("could not " + what + ": " + e.getMessage(), e);
    }
  }

  /** Work inside one transaction. */
  private interface SqlWork<T> {
    T apply(Connection connection) throws SQLException;
  }

  /**
   * Whether the role of this connection pool could update, delete or truncate facts, or owns them.
   */
  public boolean isChangeableByThisRole() {
    return briefly(
        "look at the rights on the journal",
        Transaction.USUAL,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CHANGEABLE)) {
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getBoolean(1);
          }
        });
  }
}
