package dev.signaltoorder.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into the database, as its owner: past the service. */
public final class Journal {
  private static final String OWNER = "s2o_owner";

  private Journal() {}

  /** The cause for which a delivery was turned away, or "" while it is not on record. */
  public static String refusalOf(String deliveryId) {
    String sql =
        "select body ->> 'cause' from journal"
            + " where kind = 'delivery-refused' and body ->> 'deliveryId' = ? and raw is null";
    try (Connection connection = PostgresResource.as(OWNER).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, deliveryId);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every column of every row of every table of the service, bytes as text. */
  public static String everything() {
    StringBuilder all = new StringBuilder();
    try (Connection connection = PostgresResource.as(OWNER).getConnection()) {
      for (String table : tables(connection)) {
        try (PreparedStatement statement = connection.prepareStatement("select * from " + table);
            ResultSet result = statement.executeQuery()) {
          append(result, all.append('\n').append(table).append('\n'));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all.toString();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet result =
        connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE", "VIEW"})) {
      while (result.next()) {
        tables.add('"' + result.getString("TABLE_NAME") + '"');
      }
    }
    return tables;
  }

  private static void append(ResultSet result, StringBuilder all) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      for (int column = 1; column <= columns; column++) {
        Object value = result.getObject(column);
        all.append(
            value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value);
        all.append('|');
      }
      all.append('\n');
    }
  }
}
