package dev.signaltoorder.console;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** When facts were recorded. */
@Singleton
class FactTimes {
  private static final String TIME =
      "select recorded_at from journal where account = ? and seq = ?";

  private final DataSource dataSource;

  FactTimes(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** UTC; empty when the journal has no such fact, or has it no more. */
  Optional<Instant> of(String account, long seq) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TIME)) {
      statement.setString(1, account);
      statement.setLong(2, seq);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the journal could not be read: " + e.getMessage(), e);
    }
  }
}
