package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Folded states of accounts, so that a start need not fold a whole journal. Nothing here is to be
 * believed by itself: what a snapshot's bytes must hash to is a fact in the journal. Thread-safe.
 */
public final class StateSnapshots {
  private static final Duration SLOW = Duration.ofSeconds(20);
  private static final int KEPT = 3;

  private static final String SAVE =
      """
      insert into state_snapshot (account, seq, version, taken_at, sha256, body)
      values (?, ?, ?, clock_timestamp(), ?, ?) on conflict (account, seq) do nothing
      """;
  private static final String FORGET =
      """
      delete from state_snapshot where account = ? and seq <
        (select min(seq) from
          (select seq from state_snapshot where account = ? order by seq desc limit ?) newest)
      """;
  private static final String NEWEST =
      """
      select seq, sha256, body from state_snapshot
      where account = ? and version = ? and seq <= ? order by seq desc limit ?
      """;

  private final DataSource dataSource;

  public StateSnapshots(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A folded state.
   *
   * @param facts that are folded in: the first {@code facts} of the journal
   * @param version of the program that folded them
   * @param sha256 of {@code body}, as stored beside it
   */
  public record Saved(long facts, String version, byte[] sha256, byte[] body) {}

  /** Keeps it, and forgets all but the newest ones. */
  public void save(String account, Saved saved) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement save = connection.prepareStatement(SAVE);
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      patient(
          connection,
          () -> {
            save.setString(1, account);
            save.setLong(2, saved.facts());
            save.setString(3, saved.version());
            save.setBytes(4, saved.sha256());
            save.setBytes(5, saved.body());
            save.executeUpdate();
            forget.setString(1, account);
            forget.setString(2, account);
            forget.setInt(3, KEPT);
            forget.executeUpdate();
          });
    } catch (SQLException e) {
      throw new JournalException("could not save the state: " + e.getMessage(), e);
    }
  }

  /**
   * Those of one version of the program, the newest first.
   *
   * @param most facts that the journal holds; later ones are not asked for
   */
  public List<Saved> newest(String account, String version, long most) {
    List<Saved> found = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      patient(
          connection,
          () -> {
            statement.setString(1, account);
            statement.setString(2, version);
            statement.setLong(3, most);
            statement.setInt(4, KEPT);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
              found.add(new Saved(row.getLong(1), version, row.getBytes(2), row.getBytes(3)));
            }
          });
      return found;
    } catch (SQLException e) {
      throw new JournalException("could not read saved states: " + e.getMessage(), e);
    }
  }

  private static void patient(Connection connection, Work work) throws SQLException {
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SLOW.toMillis()));
    try {
      work.run();
    } finally {
      if (!connection.isClosed()) {
        connection.setNetworkTimeout(Runnable::run, before);
      }
    }
  }

  /** Work on one connection. */
  private interface Work {
    void run() throws SQLException;
  }
}
