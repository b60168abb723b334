package dev.signaltoorder.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * One commit to an account's journal in the making. What several processes could take at the same
 * time is claimed here first, before anything is decided from it; claims and facts become true
 * together or not at all. Owned by one thread; must be closed.
 */
public final class Appending implements AutoCloseable {
  private static final String CLAIM =
      """
      insert into inbox (source, delivery_id, body_sha256, signal_id, account, received_at)
      select source, delivery_id, body_sha256, signal_id, ?, received_at
      from unnest(?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])
        as d (source, delivery_id, body_sha256, signal_id, received_at)
      on conflict (source, delivery_id) do nothing
      returning source, delivery_id
      """;
  private static final String FIRST =
      """
      select source, delivery_id, body_sha256, signal_id, received_at from inbox
      where (source, delivery_id) in (select * from unnest(?::text[], ?::text[]))
      """;
  private static final String TAKE_DELIVERIES =
      "delete from handed_over where account = ? and id = any (?) returning id";
  private static final String TAKE_COMMANDS =
      """
      update command set executed_at = clock_timestamp(), fencing = ?
      where account = ? and id = any (?) and executed_at is null and withdrawn_at is null
      returning id
      """;
  private static final String ANSWER_COMMAND =
      "update command set done = ?, answer = ? where id = ?";

  private final Transaction transaction;
  private final Lease lease;
  private final long expectedSize;
  private final Duration timeToLive;

  Appending(Transaction transaction, Lease lease, long expectedSize, Duration timeToLive) {
    this.transaction = transaction;
    this.lease = lease;
    this.expectedSize = expectedSize;
    this.timeToLive = timeToLive;
  }

  /**
   * Claims delivery ids that nobody has taken before. Waits for a process that is just taking one.
   *
   * @param entries no two of one key
   * @return those that were taken before: what they were first
   */
  public Map<DeliveryKey, InboxEntry> claim(Collection<InboxEntry> entries) {
    // In one order everywhere, so that two claims cannot wait for each other.
    List<InboxEntry> sorted =
        entries.stream().sorted((a, b) -> a.key().compareTo(b.key())).toList();
    return work(
        connection -> {
          Set<DeliveryKey> lost = new HashSet<>();
          sorted.forEach(entry -> lost.add(entry.key()));
          try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, lease.account());
            statement.setArray(2, texts(connection, sorted, InboxEntry::source));
            statement.setArray(3, texts(connection, sorted, InboxEntry::deliveryId));
            statement.setArray(4, texts(connection, sorted, InboxEntry::bodySha256));
            statement.setArray(5, texts(connection, sorted, entry -> entry.signalId().toString()));
            statement.setArray(
                6, texts(connection, sorted, entry -> entry.receivedAt().toString()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
              lost.remove(new DeliveryKey(row.getString(1), row.getString(2)));
            }
          }
          return lost.isEmpty() ? Map.of() : firsts(connection, lost);
        });
  }

  private static Map<DeliveryKey, InboxEntry> firsts(Connection connection, Set<DeliveryKey> keys)
      throws SQLException {
    Map<DeliveryKey, InboxEntry> firsts = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FIRST)) {
      statement.setArray(1, texts(connection, keys, DeliveryKey::source));
      statement.setArray(2, texts(connection, keys, DeliveryKey::deliveryId));
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        InboxEntry first =
            new InboxEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getTimestamp(5).toInstant());
        firsts.put(first.key(), first);
      }
    }
    if (!firsts.keySet().containsAll(keys)) {
      throw new JournalException("a delivery is neither new nor in the inbox", null);
    }
    return firsts;
  }

  /** Takes deliveries that were handed over. Returns those that were still there. */
  public Set<Long> takeDeliveries(Collection<Long> ids) {
    return work(
        connection -> {
          Set<Long> taken = new HashSet<>();
          try (PreparedStatement statement = connection.prepareStatement(TAKE_DELIVERIES)) {
            statement.setString(1, lease.account());
            statement.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
              taken.add(row.getLong(1));
            }
          }
          return taken;
        });
  }

  /** Takes commands to carry out. Returns those that were neither withdrawn nor carried out. */
  public Set<UUID> takeCommands(Collection<UUID> ids) {
    return work(
        connection -> {
          Set<UUID> taken = new HashSet<>();
          try (PreparedStatement statement = connection.prepareStatement(TAKE_COMMANDS)) {
            statement.setLong(1, lease.fencing());
            statement.setString(2, lease.account());
            statement.setArray(3, connection.createArrayOf("uuid", ids.toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
              taken.add(row.getObject(1, UUID.class));
            }
          }
          return taken;
        });
  }

  /**
   * Appends the batch, prolongs the lease and commits all of it.
   *
   * @throws JournalException when anything failed, the lease was lost, or the outcome of the commit
   *     is in doubt
   */
  public void commit(Batch batch, List<CommandAnswer> answers) {
    work(
        connection -> {
          Journal.write(connection, lease, expectedSize, batch, timeToLive);
          if (!answers.isEmpty()) {
            answer(connection, answers);
          }
          transaction.commit();
          return true;
        });
  }

  private static void answer(Connection connection, List<CommandAnswer> answers)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ANSWER_COMMAND)) {
      for (CommandAnswer answer : answers) {
        statement.setBoolean(1, answer.done());
        statement.setString(2, answer.text());
        statement.setObject(3, answer.id());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static <T> Array texts(
      Connection connection, Collection<T> values, Function<T, String> text) throws SQLException {
    return connection.createArrayOf("text", values.stream().map(text).toArray());
  }

  private <T> T work(Work<T> work) {
    try {
      return work.apply(transaction.connection());
    } catch (SQLException e) {
      throw new JournalException(
          "could not append to the journal of " + lease.account() + ": " + e.getMessage(), e);
    }
  }

  /** Undoes what was not committed. */
  @Override
  public void close() {
    transaction.close();
  }

  /** Work inside the transaction. */
  private interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }
}
