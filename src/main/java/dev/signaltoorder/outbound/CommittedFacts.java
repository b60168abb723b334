package dev.signaltoorder.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;

/** Reads facts in their order. An account has one writer: what is seen has no gap behind it. */
final class CommittedFacts {
  // The body only of what somebody wants: decisions are large.
  private static final String SQL =
      "select seq, recorded_at, kind, signal_id::text, order_id::text,"
          + " case when kind = any(?) then body::text end"
          + " from journal where account = ? and seq >= ? order by seq limit ?";

  private static final String SIZE = "select journal_size from lease where account = ?";

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  private final DataSource dataSource;

  CommittedFacts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  List<CommittedFact> from(String account, long seq, Set<String> kinds, int most)
      throws SQLException {
    List<CommittedFact> facts = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      Array wanted = connection.createArrayOf("text", kinds.toArray());
      statement.setArray(1, wanted);
      statement.setString(2, account);
      statement.setLong(3, seq);
      statement.setInt(4, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String body = row.getString(6);
          facts.add(
              new CommittedFact(
                  account,
                  row.getLong(1),
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  body == null ? JsonNodeFactory.instance.objectNode() : tree(body)));
        }
      } finally {
        wanted.free();
      }
    }
    return facts;
  }

  OptionalLong size(String account) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SIZE)) {
      statement.setString(1, account);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private static JsonNode tree(String body) {
    try {
      return READER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database gave no JSON", e);
    }
  }
}
