package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which processes live, and who leads what. All times are the database's. Thread-safe. */
public final class Replicas {
  private static final String HERE =
      """
      insert into replica (id, name, started_at, seen_at) values (?, ?, clock_timestamp(), clock_timestamp())
      on conflict (id) do update set seen_at = clock_timestamp()
      """;
  private static final String FORGET_OLD =
      "delete from replica where seen_at < clock_timestamp() - interval '1 hour'";
  private static final String LIVE =
      "select count(*) from replica where seen_at > clock_timestamp() - ? * interval '1 millisecond'";
  private static final String LEASES =
      """
      select l.account, l.holder, r.name, l.taken_at, l.fencing, l.expires_at > clock_timestamp(), s.at, s.status
      from lease l left join replica r on r.id = l.holder left join account_status s on s.account = l.account
      """;
  private static final String GONE = "delete from replica where id = ?";
  private static final String TELL =
      """
      insert into account_status (account, holder, at, status) values (?, ?, clock_timestamp(), ?)
      on conflict (account) do update set holder = excluded.holder, at = excluded.at, status = excluded.status
      """;
  private static final String LOCK = "select 1 from lease where account = ? for share";
  private static final String LED =
      "select fencing, expires_at > clock_timestamp() from lease where account = ?";

  private final DataSource dataSource;
  private final UUID id;
  private final String name;

  /**
   * Over one database, for one process.
   *
   * @param id this process
   * @param name for people
   */
  public Replicas(DataSource dataSource, UUID id, String name) {
    this.dataSource = dataSource;
    this.id = id;
    this.name = name;
  }

  /** This process. */
  public UUID id() {
    return id;
  }

  /**
   * Who leads an account, or led it last.
   *
   * @param name null when that process is forgotten
   * @param since when it took the lease
   * @param held the lease has not ended
   * @param told when the leader last said how the account stands; null if never
   * @param status what it said, as JSON
   */
  public record Leading(
      @Nullable UUID holder,
      @Nullable String name,
      @Nullable Instant since,
      long fencing,
      boolean held,
      @Nullable Instant told,
      @Nullable String status) {}

  /**
   * How it is.
   *
   * @param live processes that gave a sign of life, this one among them
   * @param accounts every account that was ever led
   */
  public record View(int live, Map<String, Leading> accounts) {}

  /**
   * Gives a sign of life and looks around.
   *
   * @param alive how long a process counts as alive after its last sign
   */
  public View look(Duration alive) {
    return work(
        connection -> {
          try (PreparedStatement here = connection.prepareStatement(HERE);
              PreparedStatement old = connection.prepareStatement(FORGET_OLD)) {
            here.setObject(1, id);
            here.setString(2, name);
            here.executeUpdate();
            old.executeUpdate();
          }
          return new View(live(connection, alive), leases(connection));
        });
  }

  private static int live(Connection connection, Duration alive) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIVE)) {
      statement.setLong(1, alive.toMillis());
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getInt(1);
    }
  }

  private static Map<String, Leading> leases(Connection connection) throws SQLException {
    Map<String, Leading> accounts = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LEASES)) {
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        accounts.put(
            row.getString(1),
            new Leading(
                row.getObject(2, UUID.class),
                row.getString(3),
                instant(row.getTimestamp(4)),
                row.getLong(5),
                row.getBoolean(6),
                instant(row.getTimestamp(7)),
                row.getString(8)));
      }
    }
    return accounts;
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  /** This process ends: the others need not wait to notice. */
  public void gone() {
    work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(GONE)) {
            statement.setObject(1, id);
            return statement.executeUpdate();
          }
        });
  }

  /** Says how an account stands that this process leads. */
  public void tell(String account, String status) {
    work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.setString(1, account);
            statement.setObject(2, id);
            statement.setString(3, status);
            return statement.executeUpdate();
          }
        });
  }

  /**
   * The fencing number of an account's leader; empty when its lease has ended, and then for good:
   * an ended lease is not prolonged. A commit under way that would still prolong it is waited for.
   */
  public Optional<Long> leader(String account) {
    return work(
        connection -> {
          try (PreparedStatement lock = connection.prepareStatement(LOCK);
              PreparedStatement statement = connection.prepareStatement(LED)) {
            lock.setString(1, account);
            lock.executeQuery();
            statement.setString(1, account);
            ResultSet row = statement.executeQuery();
            return row.next() && row.getBoolean(2)
                ? Optional.of(row.getLong(1))
                : Optional.<Long>empty();
          }
        });
  }

  private <T> T work(Work<T> work) {
    try (Transaction transaction = Transaction.begin(dataSource)) {
      T result = work.apply(transaction.connection());
      transaction.commit();
      return result;
    } catch (SQLException e) {
      throw new JournalException("could not look at the replicas: " + e.getMessage(), e);
    }
  }

  /** Work inside one transaction. */
  private interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }
}
