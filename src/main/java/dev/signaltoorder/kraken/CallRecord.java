package dev.signaltoorder.kraken;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call to Kraken, complete enough for the audit: exactly what was asked and what came back,
 * without key or signature.
 *
 * @param callId our id, UUIDv7
 * @param endpoint the path, "/0/private/AddOrder"
 * @param request the exact query or form body that went on the wire (nonce included, an otp masked)
 * @param nonce of a private call that was sent; null otherwise
 * @param keyFingerprint first 12 hex digits of SHA-256 of the public API key; null for public calls
 * @param startedAt just before the first byte, or when it was refused; UTC, microseconds
 * @param finishedAt when the outcome was known; UTC, microseconds
 * @param origin value of the answer's {@code X-Price-Origin} header (a simulated exchange), else
 *     "kraken"
 * @param outcome what came back
 */
public record CallRecord(
    UUID callId,
    String endpoint,
    String request,
    @Nullable Long nonce,
    @Nullable String keyFingerprint,
    Instant startedAt,
    Instant finishedAt,
    String origin,
    CallOutcome outcome) {

  /** Kraken's error texts in the answer; empty without an answer or without errors. */
  public List<String> errors() {
    return Envelope.of(outcome) instanceof Envelope.Errors errors ? errors.errors() : List.of();
  }

  /** Kraken's warnings ({@code W...}) in an answer without errors. */
  public List<String> warnings() {
    return Envelope.of(outcome) instanceof Envelope.Clean clean ? clean.warnings() : List.of();
  }
}
