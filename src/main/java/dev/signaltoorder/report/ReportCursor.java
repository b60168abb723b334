package dev.signaltoorder.report;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a page of the report ended. The next page starts strictly after this row in the order
 * newest first, whatever was added meanwhile. On the wire: base64url without padding of the
 * microseconds since 1970 and the signal's id; nothing that a client should read.
 *
 * @param receivedAt of the last row, microseconds
 * @param signalId of the last row
 */
record ReportCursor(Instant receivedAt, UUID signalId) {
  private static final int BYTES = Long.BYTES * 3;
  private static final int TEXT_LENGTH = 32;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  String encode() {
    long micros =
        Math.addExact(
            Math.multiplyExact(receivedAt.getEpochSecond(), MICROS_PER_SECOND),
            receivedAt.getNano() / NANOS_PER_MICRO);
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(micros)
            .putLong(signalId.getMostSignificantBits())
            .putLong(signalId.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Empty when the text is no cursor of ours. */
  static Optional<ReportCursor> decode(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long micros = buffer.getLong();
    Instant receivedAt =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, MICROS_PER_SECOND),
            Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    return ReportTimes.isStorable(receivedAt)
        ? Optional.of(new ReportCursor(receivedAt, new UUID(buffer.getLong(), buffer.getLong())))
        : Optional.empty();
  }
}
