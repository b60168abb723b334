package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it lies in the journal.
 *
 * @param body from the exact bytes that were hashed
 * @param raw bytes from outside, exactly as received, or null
 */
record JournalRow(
    String account,
    long seq,
    Instant recordedAt,
    String kind,
    @Nullable UUID orderId,
    JsonNode body,
    byte @Nullable [] raw) {

  boolean is(String kindName) {
    return kind.equals(kindName);
  }

  /** A time of the body, or null when it has none there. */
  @Nullable Instant time(String field) {
    return timeOf(body.path(field));
  }

  static @Nullable Instant timeOf(JsonNode node) {
    return node.isTextual() ? ReportTimes.parse(node.asText()).orElse(null) : null;
  }
}
