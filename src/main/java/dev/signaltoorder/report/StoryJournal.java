package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Finds in the journal what belongs to one signal. Every query runs over an index and has an end.
 */
@Singleton
class StoryJournal {
  /** More facts than this and the story says that it is cut. */
  static final int MOST_FACTS = 5_000;

  /** How many facts back the reads of a decision's prices are looked for. */
  static final int MARKET_READS_WITHIN = 5_000;

  private static final int MOST_MARKET_READS = 200;

  private static final String COLUMNS =
      "select account, seq, recorded_at, kind, order_id, canonical, raw from journal ";
  private static final String OF_SIGNAL =
      COLUMNS
          + """
          where (account, seq) in (
            select account, seq from journal where signal_id = ?
            union
            select account, seq from journal where order_id in (
              select order_id from journal where signal_id = ? and order_id is not null))
          order by account, seq limit ?
          """;
  private static final String OF_ORDERS_AFTER =
      COLUMNS + "where order_id = any(?) and account = ? and seq > ? order by seq limit ?";
  private static final String CALLS =
      COLUMNS
          + """
          where account = ? and recorded_at = any(?) and kind = 'kraken-called'
            and body ->> 'callId' = any(?)
          order by seq limit ?
          """;
  private static final String MARKET_READS_BEFORE =
      COLUMNS
          + """
          where account = ? and seq >= ? and seq < ? and kind = 'market-read'
          order by seq desc limit ?
          """;

  private final DataSource dataSource;
  private final ObjectMapper json;

  StoryJournal(DataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  /** The signal's own facts and those of its orders, in order. One more than allowed if cut. */
  List<JournalRow> ofSignal(UUID signalId) {
    return read(
        OF_SIGNAL,
        (connection, statement) -> {
          statement.setObject(1, signalId);
          statement.setObject(2, signalId);
          statement.setInt(3, MOST_FACTS + 1);
        });
  }

  /** What happened to these orders after {@code seq}, for a signal that acts on others' orders. */
  List<JournalRow> ofOrdersAfter(String account, long seq, Collection<UUID> orderIds) {
    return read(
        OF_ORDERS_AFTER,
        (connection, statement) -> {
          statement.setArray(1, connection.createArrayOf("uuid", orderIds.toArray()));
          statement.setString(2, account);
          statement.setLong(3, seq);
          statement.setInt(4, MOST_FACTS + 1);
        });
  }

  /** Private calls by their ids, among what was recorded at these moments. */
  List<JournalRow> calls(
      String account, Collection<Instant> recordedAt, Collection<String> callIds) {
    return read(
        CALLS,
        (connection, statement) -> {
          Object[] moments = recordedAt.stream().map(Instant::toString).toArray();
          statement.setString(1, account);
          statement.setArray(2, connection.createArrayOf("timestamptz", moments));
          statement.setArray(3, connection.createArrayOf("text", callIds.toArray()));
          statement.setInt(4, MOST_FACTS + 1);
        });
  }

  /** The last market reads before a decision, newest first. */
  List<JournalRow> marketReadsBefore(JournalRow decision) {
    return read(
        MARKET_READS_BEFORE,
        (connection, statement) -> {
          statement.setString(1, decision.account());
          statement.setLong(2, decision.seq() - MARKET_READS_WITHIN);
          statement.setLong(3, decision.seq());
          statement.setInt(4, MOST_MARKET_READS);
        });
  }

  private List<JournalRow> read(String sql, Binding binding) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(connection, statement);
      List<JournalRow> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("the journal could not be read: " + e.getMessage(), e);
    }
  }

  private JournalRow row(ResultSet result) throws SQLException {
    long seq = result.getLong(2);
    try {
      JsonNode whole = json.readTree(result.getBytes(6));
      return new JournalRow(
          result.getString(1),
          seq,
          result.getObject(3, OffsetDateTime.class).toInstant(),
          result.getString(4),
          result.getObject(5, UUID.class),
          whole.required("body"),
          result.getBytes(7),
          whole.path("rawSha256").textValue(),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException("fact " + seq + " is not readable", e);
    }
  }

  /** Fills a statement's parameters. */
  private interface Binding {
    void bind(Connection connection, PreparedStatement statement) throws SQLException;
  }
}
