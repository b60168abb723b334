package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Operators' commands on their way to the leader, and its answers. Thread-safe. */
public final class WaitingCommands {
  private static final String GIVE =
      "insert into command (id, account, kind, body, given_by) values (?, ?, ?, ?, ?)";
  private static final String WAITING =
      """
      select id, kind, body from command
      where account = ? and executed_at is null and withdrawn_at is null and id <> all (?)
      order by place limit ?
      """;
  private static final String WITHDRAW =
      "update command set withdrawn_at = clock_timestamp() where id = ? and executed_at is null";
  private static final String IN_FORCE =
      "update command set in_force_at = clock_timestamp() where id = any (?)";
  private static final String PROGRESS =
      "select executed_at is not null, fencing, done, answer, in_force_at is not null from command where id = ?";

  private final DataSource dataSource;

  public WaitingCommands(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * How far a command is.
   *
   * @param executed its facts are committed
   * @param fencing of the leader that carried it out
   * @param done whether it took effect or was refused
   * @param inForce its effects are complete
   */
  public record Progress(
      boolean executed, long fencing, boolean done, @Nullable String answer, boolean inForce) {}

  /** Durable once this returns. {@code givenBy}: the process it was given to. */
  public void give(WaitingCommand command, UUID givenBy) {
    work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(GIVE)) {
            statement.setObject(1, command.id());
            statement.setString(2, command.account());
            statement.setString(3, command.kind());
            statement.setString(4, command.body());
            statement.setObject(5, givenBy);
            return statement.executeUpdate();
          }
        });
  }

  /** What waits for an account, in the order it was given. {@code without}: already in hand. */
  public List<WaitingCommand> waiting(String account, Collection<UUID> without, int most) {
    return work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, account);
            statement.setArray(2, connection.createArrayOf("uuid", without.toArray()));
            statement.setInt(3, most);
            ResultSet row = statement.executeQuery();
            List<WaitingCommand> waiting = new ArrayList<>();
            while (row.next()) {
              waiting.add(
                  new WaitingCommand(
                      row.getObject(1, UUID.class), account, row.getString(2), row.getString(3)));
            }
            return waiting;
          }
        });
  }

  public Progress progress(UUID id) {
    return work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
            statement.setObject(1, id);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
              throw new JournalException("the command " + id + " is gone", null);
            }
            return new Progress(
                row.getBoolean(1),
                row.getLong(2),
                row.getBoolean(3),
                row.getString(4),
                row.getBoolean(5));
          }
        });
  }

  /** Takes a command back. False when it has been carried out already. */
  public boolean withdraw(UUID id) {
    return work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(WITHDRAW)) {
            statement.setObject(1, id);
            return statement.executeUpdate() == 1;
          }
        });
  }

  /** The leader says that the effects of these are complete. */
  public void inForce(Collection<UUID> ids) {
    work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(IN_FORCE)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return statement.executeUpdate();
          }
        });
  }

  private <T> T work(Work<T> work) {
    try (Transaction transaction = Transaction.begin(dataSource)) {
      T result = work.apply(transaction.connection());
      transaction.commit();
      return result;
    } catch (SQLException e) {
      throw new JournalException("could not reach the commands: " + e.getMessage(), e);
    }
  }

  /** Work inside one transaction. */
  private interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }
}
