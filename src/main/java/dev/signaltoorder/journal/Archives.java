package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The archives of one account that are on record, as one connection sees them. */
final class Archives {
  private static final String SELECT =
      """
      select fact, account, first_seq, next_seq, file, sha256 from archive where account = ?
      order by fact
      """;

  private final Connection connection;
  private final String account;
  private List<Archive> known = List.of();

  private Archives(Connection connection, String account) {
    this.connection = connection;
    this.account = account;
  }

  /** Reads nothing yet: most facts need no archive. */
  static Archives of(Connection connection, String account) {
    return new Archives(connection, account);
  }

  /**
   * The archive that a fact is in. Looks again when none of those that are known has it: it may
   * have been put on record, and the fact's bytes moved, a moment ago.
   */
  Optional<Archive> with(long seq) throws SQLException {
    Optional<Archive> found = among(seq);
    if (found.isEmpty()) {
      known = all();
      found = among(seq);
    }
    return found;
  }

  private Optional<Archive> among(long seq) {
    return known.stream().filter(archive -> archive.holds(seq)).findFirst();
  }

  /** All of them, in their order. */
  List<Archive> all() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setString(1, account);
      List<Archive> archives = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          archives.add(
              new Archive(
                  row.getLong(1),
                  row.getString(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getString(5),
                  row.getString(6)));
        }
      }
      return archives;
    }
  }
}
