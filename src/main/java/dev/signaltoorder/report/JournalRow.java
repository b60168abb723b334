package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.journal.MovedFacts;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it lies in the journal.
 *
 * @param body from the exact bytes that were hashed
 * @param raw bytes from outside, exactly as received, or null
 * @param rawSha256 hex of their SHA-256 as it was hashed; null when there were none
 * @param rawArchive in which archive they are when they were moved, and why they cannot be had;
 *     null when they were not
 */
record JournalRow(
    String account,
    long seq,
    Instant recordedAt,
    String kind,
    @Nullable UUID orderId,
    JsonNode body,
    byte @Nullable [] raw,
    @Nullable String rawSha256,
    @Nullable String rawArchive) {

  /** With what became of the bytes that are no longer beside it. */
  JournalRow with(MovedFacts.Moved moved) {
    return new JournalRow(
        account, seq, recordedAt, kind, orderId, body, moved.raw(), rawSha256, moved.where());
  }

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
