package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Appending;
import dev.signaltoorder.journal.DeliveryKey;
import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Settles, inside the commit and before anything is decided, what of a batch is this leader's to
 * decide: another process may have taken the same delivery id a moment ago, and a row that was left
 * in the database is taken once.
 */
final class Claims {
  private final Map<DeliveryKey, InboxEntry> wanted = new LinkedHashMap<>();
  private final Set<Long> deliveryRows = new TreeSet<>();
  private final Set<UUID> commandRows = new TreeSet<>();
  private final List<Mailbox.Envelope> batch;

  /**
   * A message of the batch.
   *
   * @param message to step; null when that was settled without
   * @param answer to give when there is nothing to step; null when nobody is to be answered
   */
  record Claimed(Mailbox.Envelope envelope, @Nullable Message message, @Nullable Object answer) {}

  Claims(List<Mailbox.Envelope> batch) {
    this.batch = batch;
    for (Mailbox.Envelope envelope : batch) {
      switch (envelope.row()) {
        case Mailbox.Row.Delivery row -> deliveryRows.add(row.id());
        case Mailbox.Row.Command row -> commandRows.add(row.id());
        case null -> {
          Delivery delivery = delivery(envelope.message());
          if (delivery != null) {
            // The second of one batch finds the first in the account's state.
            InboxEntry entry = HandOverCodec.entry(delivery);
            wanted.putIfAbsent(entry.key(), entry);
          }
        }
      }
    }
  }

  /** Whether anything must be claimed at all. */
  boolean isNeeded() {
    return !wanted.isEmpty() || !deliveryRows.isEmpty() || !commandRows.isEmpty();
  }

  /** The batch, in its order, without what others took. */
  List<Claimed> in(@Nullable Appending appending) {
    Map<DeliveryKey, InboxEntry> lost = Map.of();
    Set<Long> deliveries = Set.of();
    Set<UUID> commands = Set.of();
    if (appending != null) {
      lost = wanted.isEmpty() ? lost : appending.claim(wanted.values());
      deliveries = deliveryRows.isEmpty() ? deliveries : appending.takeDeliveries(deliveryRows);
      commands = commandRows.isEmpty() ? commands : appending.takeCommands(commandRows);
    }
    List<Claimed> claimed = new ArrayList<>();
    for (Mailbox.Envelope envelope : batch) {
      boolean ours =
          switch (envelope.row()) {
            case Mailbox.Row.Delivery row -> deliveries.contains(row.id());
            case Mailbox.Row.Command row -> commands.contains(row.id());
            case null -> true;
          };
      if (ours) {
        claimed.add(claimed(envelope, lost));
      }
    }
    return claimed;
  }

  private static Claimed claimed(Mailbox.Envelope envelope, Map<DeliveryKey, InboxEntry> lost) {
    Delivery delivery = envelope.row() == null ? delivery(envelope.message()) : null;
    InboxEntry first =
        delivery == null
            ? null
            : lost.get(new DeliveryKey(delivery.source(), delivery.deliveryId()));
    if (delivery == null || first == null) {
      return new Claimed(envelope, envelope.message(), null);
    }
    return first.bodySha256().equals(delivery.bodySha256())
        ? new Claimed(envelope, null, new Receipt.Duplicate(first.signalId()))
        : new Claimed(envelope, new Message.ConflictArrived(delivery, first.signalId()), null);
  }

  private static @Nullable Delivery delivery(Message message) {
    return switch (message) {
      case Message.SignalArrived arrived -> arrived.delivery();
      case Message.InvalidArrived arrived -> arrived.delivery();
      default -> null;
    };
  }
}
