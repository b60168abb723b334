package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the journal as it stands in the database, to be checked against its own bytes.
 *
 * @param body the queried form, as text
 * @param canonical what was hashed
 * @param leafHash what was stored as its hash
 */
record StoredFact(
    String account,
    long seq,
    Instant recordedAt,
    String kind,
    @Nullable UUID signalId,
    @Nullable UUID orderId,
    String body,
    byte[] canonical,
    byte @Nullable [] raw,
    byte[] leafHash) {

  /** Of one account, in order; parameters account, first seq, seq after the last. */
  static final String SELECT =
      """
      select account, seq, recorded_at, kind, signal_id, order_id, body::text, canonical, raw, leaf_hash
      from journal where account = ? and seq >= ? and seq < ? order by seq
      """;

  private static final ObjectMapper JSON = OwnJson.mapper();

  static StoredFact of(ResultSet row) throws SQLException {
    return new StoredFact(
        row.getString(1),
        row.getLong(2),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        row.getString(4),
        row.getObject(5, UUID.class),
        row.getObject(6, UUID.class),
        row.getString(7),
        row.getBytes(8),
        row.getBytes(9),
        row.getBytes(10));
  }

  /** Hex of the SHA-256 of the raw bytes, as it was hashed; null when there were none. */
  @Nullable String rawSha256() {
    try {
      return JSON.readTree(canonical).path("rawSha256").textValue();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether it had raw bytes and has none now: moved, or taken away. */
  boolean lacksRaw() {
    return raw == null && rawSha256() != null;
  }

  StoredFact withRaw(byte[] found) {
    return new StoredFact(
        account, seq, recordedAt, kind, signalId, orderId, body, canonical, found, leafHash);
  }

  /** The columns that say something else than the bytes that were hashed; empty in a good row. */
  List<String> contradictingColumns() {
    List<String> columns = new ArrayList<>();
    if (!Arrays.equals(leafHash, FactBytes.leafHash(canonical))) {
      columns.add("leaf_hash");
    }
    try {
      JsonNode whole = JSON.readTree(canonical);
      compare(columns, "account", whole, "account", account);
      compare(columns, "seq", whole, "seq", Long.toString(seq));
      compare(columns, "recorded_at", whole, "recordedAt", recordedAt.toString());
      compare(columns, "kind", whole, "kind", kind);
      compare(columns, "signal_id", whole, "signalId", text(signalId));
      compare(columns, "order_id", whole, "orderId", text(orderId));
      compare(columns, "raw", whole, "rawSha256", hash(raw));
      if (!JSON.readTree(body).equals(whole.path("body"))) {
        columns.add("body");
      }
    } catch (IOException e) {
      columns.add("canonical");
    }
    return columns;
  }

  private static void compare(
      List<String> columns, String column, JsonNode whole, String field, @Nullable String value) {
    JsonNode hashed = whole.path(field);
    boolean same = value == null ? hashed.isNull() : value.equals(hashed.asText(null));
    if (!same) {
      columns.add(column);
    }
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static @Nullable String hash(byte @Nullable [] raw) {
    return raw == null ? null : HexFormat.of().formatHex(Merkle.newSha256().digest(raw));
  }
}
