package dev.signaltoorder.signal;

import java.time.Instant;
import java.util.UUID;

/**
 * One authentic webhook delivery.
 *
 * @param signalId our id for what it carries, made before it is needed (UUIDv7)
 * @param source name of the configured source
 * @param account the Kraken account the source trades on
 * @param deliveryId {@code webhook-id}; without one, lower-case hex SHA-256 of the source's name, a
 *     zero byte and {@code body}
 * @param bodySha256 lower-case hex SHA-256 of {@code body}, so that a reviewer can recompute it
 * @param body the raw bytes as received, with a token of a {@code token} source already removed
 * @param receivedAt when the body was complete here, UTC, microseconds
 */
public record Delivery(
    UUID signalId,
    String source,
    String account,
    String deliveryId,
    String bodySha256,
    byte[] body,
    Instant receivedAt) {}
