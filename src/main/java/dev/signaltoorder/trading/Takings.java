package dev.signaltoorder.trading;

import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import java.util.UUID;

/** What a sender is told of a delivery, and what is kept of it. */
final class Takings {
  private Takings() {}

  static void take(Delivery delivery, Step step) {
    step.took(
        new InboxEntry(
            delivery.source(),
            delivery.deliveryId(),
            delivery.bodySha256(),
            delivery.signalId(),
            delivery.receivedAt()));
    step.answer(new Receipt.Accepted(delivery.signalId()));
  }

  static void conflict(UUID firstSignalId, Delivery delivery, Step step) {
    step.record(
        new Fact.DeliveryConflict(
            firstSignalId,
            delivery.source(),
            delivery.deliveryId(),
            delivery.bodySha256(),
            delivery.receivedAt()),
        delivery.body());
    step.answer(new Receipt.Conflict(firstSignalId));
  }
}
