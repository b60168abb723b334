package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a story.
 *
 * @param seq its place in the account's journal
 * @param recordedAt when it was written, UTC; facts of one commit share it
 * @param sincePreviousMicros from the story's fact before; null for the first
 * @param sinceReceiptMicros from the delivery's arrival; negative for what was read before it; null
 *     when the arrival is not known
 * @param body as it was hashed
 * @param raw what came from outside, or null
 * @param rawEncoding "utf-8" or "base64", or null
 * @param rawArchive in which archive it is when it was moved, and why it cannot be shown; null when
 *     it was not moved
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
  "seq",
  "recordedAt",
  "kind",
  "orderId",
  "sincePreviousMicros",
  "sinceReceiptMicros",
  "body",
  "raw",
  "rawEncoding",
  "rawArchive"
})
record StoryFact(
    long seq,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant recordedAt,
    String kind,
    @Nullable UUID orderId,
    @Nullable Long sincePreviousMicros,
    @Nullable Long sinceReceiptMicros,
    JsonNode body,
    @Nullable String raw,
    @Nullable String rawEncoding,
    @Nullable String rawArchive) {

  /** The facts with the time between them. */
  static List<StoryFact> timed(List<JournalRow> rows, @Nullable Instant receivedAt) {
    List<StoryFact> facts = new ArrayList<>();
    Instant previous = null;
    for (JournalRow row : rows) {
      RawText raw = row.raw() == null ? null : RawText.of(row.raw());
      facts.add(
          new StoryFact(
              row.seq(),
              row.recordedAt(),
              row.kind(),
              row.orderId(),
              microsBetween(previous, row.recordedAt()),
              microsBetween(receivedAt, row.recordedAt()),
              row.body(),
              raw == null ? null : raw.text(),
              raw == null ? null : raw.encoding(),
              row.rawArchive()));
      previous = row.recordedAt();
    }
    return facts;
  }

  static @Nullable Long microsBetween(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null ? null : (Long) ChronoUnit.MICROS.between(start, end);
  }

  /** For people: "412 µs", "45.2 ms", "3.1 s", "2 min 5 s"; with a minus before the start. */
  static String spoken(long micros) {
    String sign = micros < 0 ? "−" : "";
    long size = Math.abs(micros);
    Duration duration = Duration.of(size, ChronoUnit.MICROS);
    if (size < 1_000) {
      return sign + size + " µs";
    }
    if (size < 1_000_000) {
      return sign + tenths(size / 100) + " ms";
    }
    if (size < 60_000_000) {
      return sign + tenths(size / 100_000) + " s";
    }
    if (duration.toHours() < 1) {
      return sign + duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return sign + duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  private static String tenths(long count) {
    return count / 10 + "." + count % 10;
  }
}
