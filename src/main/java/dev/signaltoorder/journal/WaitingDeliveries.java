package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries on their way from the process that took them to the one that leads their account. A
 * delivery and its claim on the delivery id become durable in one statement. Thread-safe.
 */
public final class WaitingDeliveries {
  private static final String HAND_OVER =
      """
      with claimed as (
        insert into inbox (source, delivery_id, body_sha256, signal_id, account, received_at)
        select ?, ?, ?, ?, ?, ?
        where (select count(*) from (select from handed_over where account = ? limit ?) waiting) < ?
        on conflict (source, delivery_id) do nothing
        returning source, delivery_id, body_sha256, signal_id, account, received_at)
      insert into handed_over (source, delivery_id, body_sha256, signal_id, account, received_at, body, content)
      select source, delivery_id, body_sha256, signal_id, account, received_at, ?, ? from claimed
      """;
  private static final String HAND_OVER_CONFLICT =
      """
      insert into handed_over (source, delivery_id, body_sha256, signal_id, account, received_at, body, content, conflict_with)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?
      where (select count(*) from (select from handed_over where account = ? limit ?) waiting) < ?
      """;
  private static final String FIND =
      "select body_sha256, signal_id, received_at from inbox where source = ? and delivery_id = ?";
  private static final String WAITING =
      """
      select id, source, delivery_id, body_sha256, signal_id, received_at, body, content, conflict_with
      from handed_over where account = ? and id <> all (?) order by id limit ?
      """;

  private final DataSource dataSource;
  private final int mostWaiting;

  /**
   * Over one database.
   *
   * @param mostWaiting deliveries of one account that may wait, about: a few that come at the same
   *     moment may get in beyond it
   */
  public WaitingDeliveries(DataSource dataSource, int mostWaiting) {
    this.dataSource = dataSource;
    this.mostWaiting = mostWaiting;
  }

  /** What became of a delivery that was to be handed over. */
  public sealed interface Outcome {
    /** Committed. */
    record Stored() implements Outcome {}

    /** The delivery id was used before with the same body. Nothing was stored. */
    record Duplicate(UUID firstSignalId) implements Outcome {}

    /** The delivery id was used before with another body. This one is committed as a conflict. */
    record Conflict(UUID firstSignalId) implements Outcome {}

    /** Too many are waiting. Nothing was stored. */
    record Full() implements Outcome {}
  }

  /**
   * Stores a delivery for the leader of its account.
   *
   * @throws JournalException when it is not certain that it was committed
   */
  public Outcome handOver(HandedOver delivery) {
    InboxEntry entry = delivery.entry();
    try (Transaction transaction = Transaction.begin(dataSource)) {
      Connection connection = transaction.connection();
      Outcome outcome = new Outcome.Stored();
      if (insert(connection, delivery) == 0) {
        Optional<InboxEntry> first = find(connection, entry.key());
        if (first.isEmpty()) {
          return new Outcome.Full();
        }
        UUID firstId = first.get().signalId();
        if (first.get().bodySha256().equals(entry.bodySha256())) {
          return new Outcome.Duplicate(firstId);
        }
        if (insertConflict(connection, delivery, firstId) == 0) {
          return new Outcome.Full();
        }
        outcome = new Outcome.Conflict(firstId);
      } else if (delivery.summary() != null) {
        SmallTables.upsertSummaries(connection, delivery.account(), List.of(delivery.summary()));
      }
      transaction.commit();
      return outcome;
    } catch (SQLException e) {
      throw new JournalException("could not hand a delivery over: " + e.getMessage(), e);
    }
  }

  private int insert(Connection connection, HandedOver delivery) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HAND_OVER)) {
      int next = setEntry(statement, delivery);
      statement.setString(next++, delivery.account());
      statement.setInt(next++, mostWaiting);
      statement.setInt(next++, mostWaiting);
      statement.setBytes(next++, delivery.body());
      statement.setString(next, delivery.content());
      return statement.executeUpdate();
    }
  }

  private int insertConflict(Connection connection, HandedOver delivery, UUID first)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HAND_OVER_CONFLICT)) {
      int next = setEntry(statement, delivery);
      statement.setBytes(next++, delivery.body());
      statement.setString(next++, delivery.content());
      statement.setObject(next++, first);
      statement.setString(next++, delivery.account());
      statement.setInt(next++, mostWaiting);
      statement.setInt(next, mostWaiting);
      return statement.executeUpdate();
    }
  }

  private static int setEntry(PreparedStatement statement, HandedOver delivery)
      throws SQLException {
    InboxEntry entry = delivery.entry();
    statement.setString(1, entry.source());
    statement.setString(2, entry.deliveryId());
    statement.setString(3, entry.bodySha256());
    statement.setObject(4, entry.signalId());
    statement.setString(5, delivery.account());
    statement.setTimestamp(6, Timestamp.from(entry.receivedAt()));
    return 7;
  }

  private static Optional<InboxEntry> find(Connection connection, DeliveryKey key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, key.source());
      statement.setString(2, key.deliveryId());
      ResultSet row = statement.executeQuery();
      return row.next()
          ? Optional.of(
              new InboxEntry(
                  key.source(),
                  key.deliveryId(),
                  row.getString(1),
                  row.getObject(2, UUID.class),
                  row.getTimestamp(3).toInstant()))
          : Optional.empty();
    }
  }

  /**
   * What waits for an account, in the order of receipt.
   *
   * @param without rows that are already in hand
   * @throws JournalException when the database is away
   */
  public List<HandedOver> waiting(String account, Collection<Long> without, int most) {
    try (Transaction transaction = Transaction.begin(dataSource);
        PreparedStatement statement = transaction.connection().prepareStatement(WAITING)) {
      statement.setString(1, account);
      statement.setArray(2, transaction.connection().createArrayOf("bigint", without.toArray()));
      statement.setInt(3, most);
      ResultSet row = statement.executeQuery();
      List<HandedOver> waiting = new ArrayList<>();
      while (row.next()) {
        waiting.add(read(account, row));
      }
      return waiting;
    } catch (SQLException e) {
      throw new JournalException("could not read what waits: " + e.getMessage(), e);
    }
  }

  private static HandedOver read(String account, ResultSet row) throws SQLException {
    InboxEntry entry =
        new InboxEntry(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getObject(5, UUID.class),
            row.getTimestamp(6).toInstant());
    @Nullable UUID conflictWith = row.getObject(9, UUID.class);
    return new HandedOver(
        row.getLong(1), account, entry, row.getBytes(7), row.getString(8), null, conflictWith);
  }
}
