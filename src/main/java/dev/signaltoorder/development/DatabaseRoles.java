package dev.signaltoorder.development;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * The database and its roles: the owner migrates, the runtime role reads and appends, the reviewer
 * role reads, the archiver role moves received bytes into archives. What each may do to a table is
 * the migrations' business.
 */
final class DatabaseRoles {
  static final String DATABASE = "signal_to_order";
  static final String OWNER = "s2o_owner";
  static final String RUNTIME = "s2o_runtime";
  static final String REVIEWER = "s2o_reviewer";

  static final String ARCHIVER = "s2o_archiver";

  static final List<String> ALL = List.of(OWNER, RUNTIME, REVIEWER, ARCHIVER);

  private DatabaseRoles() {}

  /** A password for a role. */
  @FunctionalInterface
  interface Passwords {
    String of(String role);
  }

  /** Makes what is missing and sets the passwords; whatever is there stays. */
  static void ensure(DataSource administration, Passwords passwords) throws SQLException {
    try (Connection connection = administration.getConnection();
        Statement statement = connection.createStatement()) {
      for (String role : ALL) {
        boolean there = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
        // Both are plain words: the names are constants, the passwords were made from letters.
        statement.execute(
            (there ? "ALTER" : "CREATE")
                + " ROLE "
                + role
                + " LOGIN PASSWORD '"
                + plain(passwords.of(role))
                + "'");
      }
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
      }
      statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
      statement.execute(
          "GRANT CONNECT ON DATABASE "
              + DATABASE
              + " TO "
              + String.join(", ", RUNTIME, REVIEWER, ARCHIVER));
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String plain(String password) {
    if (!password.matches("[A-Za-z0-9_-]{16,64}")) {
      throw new IllegalArgumentException("a database password is not 16 to 64 plain characters");
    }
    return password;
  }
}
