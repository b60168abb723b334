package dev.signaltoorder.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Many signals at once, made in the database itself: see benchmark/signals.sql. As the service
 * would have written them, with right hashes.
 */
final class MillionSignals {
  private static final int CHUNK = 20_000;

  /** Not a function of the database: it would have to be made by the owner, and stay. */
  private static final Pattern TIME = Pattern.compile("\\$utc\\(((?:[^()]|\\([^()]*\\))*)\\)");

  private final DataSource dataSource;
  private final String sql;

  MillionSignals(DataSource dataSource) {
    this.dataSource = dataSource;
    try (InputStream file =
        Objects.requireNonNull(getClass().getResourceAsStream("/benchmark/signals.sql"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      this.sql =
          TIME.matcher(text)
              .replaceAll("to_char(($1) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills up to so many signals, a multiple of ten; goes on where an earlier fill ended. */
  void fill(long signals) {
    long done = number("select count(*) from signal_summary where account = 'main'");
    while (done < signals) {
      long next = Math.min(done + CHUNK, signals);
      execute(sql.replace("$first", Long.toString(done)).replace("$after", Long.toString(next)));
      done = next;
      System.out.printf("filled %d of %d signals%n", done, signals);
    }
    execute(
        "insert into lease (account, journal_size) select 'main', count(*) from journal"
            + " where account = 'main' on conflict (account) do nothing");
    execute("vacuum analyze journal");
    execute("vacuum analyze signal_summary");
  }

  long number(String query) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String statement) {
    try (Connection connection = dataSource.getConnection();
        Statement made = connection.createStatement()) {
      made.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
