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

  /** The message as the journal keeps what came from Kraken. */
  public CallRecord asCall() {
    return new CallRecord(
        messageId,
        endpoint,
        "type=" + (snapshot ? "snapshot" : "update") + "&sequence=" + sequence,
        null,
        null,
        receivedAt,
        receivedAt,
        "websocket",
        // What the handshake was answered with: there is no other status on a websocket.
        new CallOutcome.Reply(101, raw, true));
  }
}
