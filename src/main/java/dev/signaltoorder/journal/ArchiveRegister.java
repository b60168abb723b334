package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What archiving does to the database: puts archives on record and moves received bytes. The
 * database itself allows no more than that to the role it is done as.
 */
final class ArchiveRegister {
  private static final String KIND = "facts-archived";
  private static final int MOVED_AT_ONCE = 1_000;

  private static final String LOCK =
      "select pg_try_advisory_lock(hashtext('signal-to-order archive'))";
  private static final String REGISTER = "select register_archive(?)";
  private static final String UNMOVED =
      """
      select count(*), coalesce(sum(octet_length(raw)), 0) from journal
      where account = ? and seq >= ? and seq < ? and raw is not null
      """;
  private static final String MOVE =
      "update journal set raw = null where account = ? and seq >= ? and seq < ? and raw is not null";

  private final Connection connection;

  /**
   * @param connection commits each statement
   */
  ArchiveRegister(Connection connection) {
    this.connection = connection;
  }

  /** False when another session archives. Lasts as long as the connection. */
  boolean lock() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The archives of an account, in their order. */
  List<Archive> archives(String account) throws SQLException {
    return Archives.of(connection, account).all();
  }

  /** Puts an archive on record; returns the number of the fact that says so. */
  long register(ObjectNode what, Instant now) throws SQLException {
    long seq = LogFollower.end(connection, Archive.JOURNAL);
    JournalEntry entry = new JournalEntry(KIND, null, null, what, null);
    try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      statement.setBytes(1, FactBytes.canonical(Archive.JOURNAL, seq, now, entry));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Received bytes that are still in the table.
   *
   * @param facts that have some
   * @param bytes of all of them
   */
  record Unmoved(long facts, long bytes) {}

  /** What could be moved out of these facts. */
  Unmoved unmoved(String account, long first, long next) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNMOVED)) {
      statement.setString(1, account);
      statement.setLong(2, first);
      statement.setLong(3, next);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Unmoved(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Takes the received bytes of these facts away, a thousand facts per commit. */
  long move(Archive archive) throws SQLException {
    long moved = 0;
    for (long seq = archive.first(); seq < archive.next(); seq += MOVED_AT_ONCE) {
      try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
        statement.setString(1, archive.account());
        statement.setLong(2, seq);
        statement.setLong(3, Math.min(seq + MOVED_AT_ONCE, archive.next()));
        moved += statement.executeUpdate();
      }
    }
    return moved;
  }
}
