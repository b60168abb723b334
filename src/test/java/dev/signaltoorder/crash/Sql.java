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

  /** Questions to one state of the database. */
  interface Questions {
    void ask(Session session) throws SQLException;
  }

  /** All rows; columns by name. */
  List<Map<String, @Nullable Object>> rows(String sql, Object... values) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new Session(connection).rows(sql, values);
    }
  }

  /** The one number of the one row. */
  long number(String sql, Object... values) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new Session(connection).number(sql, values);
    }
  }

  /** Everything asked in here sees the same state. */
  void inSnapshot(Questions questions) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      questions.ask(new Session(connection));
      connection.commit();
    }
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

  /** One connection. */
  record Session(Connection connection) {
    List<Map<String, @Nullable Object>> rows(String sql, Object... values) throws SQLException {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
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

    long number(String sql, Object... values) throws SQLException {
      Object number = rows(sql, values).getFirst().values().iterator().next();
      return ((Number) java.util.Objects.requireNonNull(number)).longValue();
    }
  }
}
