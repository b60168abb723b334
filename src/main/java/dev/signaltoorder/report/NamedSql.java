package dev.signaltoorder.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements whose parameters have names, as in {@code source = :source}. */
final class NamedSql {
  // Not the type of a cast, which has two colons.
  private static final Pattern NAME = Pattern.compile("(?<!:):(\\w+)");

  private NamedSql() {}

  /**
   * Prepares and binds. To be closed by the caller.
   *
   * @param parameters by name; one that the text does not name is left out
   * @throws NullPointerException when the text names one that is not there
   */
  static PreparedStatement prepared(
      Connection connection, String sql, Map<String, Object> parameters) throws SQLException {
    List<Object> values = new ArrayList<>();
    Matcher names = NAME.matcher(sql);
    while (names.find()) {
      values.add(Objects.requireNonNull(parameters.get(names.group(1)), names.group(1)));
    }
    PreparedStatement statement = connection.prepareStatement(names.replaceAll("?"));
    PerformanceSql.bind(statement, values);
    return statement;
  }
}
