package dev.signaltoorder.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks the database past the service, its client and its gate. */
record Sql(DataSource dataSource) {

  /** All rows; columns by name. */
  List<Map<String, @Nullable Object>> rows(String sql, Object... values) throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          Map<String, @Nullable Object> row = new LinkedHashMap<>();
          for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** The one number of the one row. */
  long number(String sql, Object... values) throws SQLException {
    Object number = rows(sql, values).getFirst().values().iterator().next();
    return ((Number) java.util.Objects.requireNonNull(number)).longValue();
  }

  /** One after the other in one session. */
  void run(String... statements) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      for (String sql : statements) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.execute();
        }
      }
    }
  }
}
