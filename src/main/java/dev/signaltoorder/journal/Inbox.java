package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Looks up deliveries that were taken before. */
public final class Inbox {
  private static final String FIND =
      "select signal_id, body_sha256, received_at from inbox where source = ? and delivery_id = ?";

  private final DataSource dataSource;

  public Inbox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The first delivery under this id, if one was ever taken.
   *
   * @throws JournalException when the database is away
   */
  public Optional<InboxEntry> find(String source, String deliveryId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, source);
      statement.setString(2, deliveryId);
      ResultSet row = statement.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new InboxEntry(
              source,
              deliveryId,
              row.getString(2),
              row.getObject(1, UUID.class),
              row.getTimestamp(3).toInstant()));
    } catch (SQLException e) {
      throw new JournalException("could not look up a delivery: " + e.getMessage(), e);
    }
  }
}
