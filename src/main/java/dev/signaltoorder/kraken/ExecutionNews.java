package dev.signaltoorder.kraken;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message of the {@code executions} channel.
 *
 * @param messageId ours, UUIDv7
 * @param endpoint where it came from, "/v2/executions"
 * @param sequence Kraken's number of the message, or null
 * @param snapshot what is open, and the latest fills, rather than what just happened
 * @param receivedAt UTC, microseconds
 * @param raw exactly the bytes received
 * @param reports what it says, in order
 */
public record ExecutionNews(
    UUID messageId,
    String endpoint,
    @Nullable Long sequence,
    boolean snapshot,
    Instant receivedAt,
    byte[] raw,
    List<ExecutionReport> reports) {

  /** Copies the list. */
  public ExecutionNews {
    reports = List.copyOf(reports);
  }
}
