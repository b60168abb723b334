package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns times into numbers of facts. */
final class ExportBounds {
  /**
   * The smallest number of the day that begins with the first fact from a time on: clocks may step
   * back, so the first in time need not have it. Without the day every fact before would be read.
   */
  private static final String FIRST =
      """
      select min(seq) from (
        select seq from journal where account = ? and recorded_at >= ? and recorded_at < (
          select recorded_at from journal where account = ? and recorded_at >= ?
          order by recorded_at limit 1) + interval '1 day' offset 0) as day
      """;

  private static final String LAST =
      """
      select max(seq) from (
        select seq from journal where account = ? and recorded_at < ? and recorded_at > (
          select recorded_at from journal where account = ? and recorded_at < ?
          order by recorded_at desc limit 1) - interval '1 day' offset 0) as day
      """;

  private ExportBounds() {}

  /**
   * Number of the first fact recorded at or after a time.
   *
   * @param from null: the first one of all
   * @param size what is returned when there is none; never more
   */
  static long first(Connection connection, String account, @Nullable Instant from, long size)
      throws SQLException {
    if (from == null) {
      return 0;
    }
    return Math.min(number(connection, FIRST, account, from).orElse(size), size);
  }

  /**
   * Number after the last fact recorded before a time; not less than {@code first}, not more than
   * {@code size}.
   *
   * @param to null: {@code size}
   */
  static long next(
      Connection connection, String account, @Nullable Instant to, long first, long size)
      throws SQLException {
    if (to == null) {
      return size;
    }
    long next = number(connection, LAST, account, to).map(last -> last + 1).orElse(0L);
    return Math.max(first, Math.min(next, size));
  }

  private static Optional<Long> number(
      Connection connection, String sql, String account, Instant time) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, account);
      statement.setTimestamp(2, Timestamp.from(time));
      statement.setString(3, account);
      statement.setTimestamp(4, Timestamp.from(time));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long number = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
      }
    }
  }
}
