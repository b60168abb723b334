package dev.signaltoorder.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * A delivery that was taken: unique per source and delivery id, for ever.
 *
 * @param bodySha256 lower-case hex SHA-256 of the body as received
 */
public record InboxEntry(
    String source, String deliveryId, String bodySha256, UUID signalId, Instant receivedAt) {

  public DeliveryKey key() {
    return new DeliveryKey(source, deliveryId);
  }
}
