package dev.signaltoorder.trading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.journal.HandedOver;
import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.journal.WaitingCommand;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Messages that go from one process to another, as rows and back. */
final class HandOverCodec {
  private static final Map<String, Class<? extends Message>> COMMANDS =
      Map.ofEntries(
          Map.entry("halt", Message.Halt.class),
          Map.entry("rehearse-halt", Message.RehearseHalt.class),
          Map.entry("resume", Message.Resume.class),
          Map.entry("arm", Message.Arm.class),
          Map.entry("disarm", Message.Disarm.class),
          Map.entry("drill", Message.Drill.class),
          Map.entry("activate-rules", Message.ActivateRules.class),
          Map.entry("propose-rules", Message.ProposeRules.class),
          Map.entry("confirm-rules", Message.ConfirmRules.class),
          Map.entry("reject-rules", Message.RejectRules.class),
          Map.entry("settle", Message.Settle.class));
  private static final Map<Class<? extends Message>, String> KINDS =
      COMMANDS.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private final ObjectMapper json = FactCodec.newMapper();

  /** What a delivery was read as: one of the two is null. */
  private record Content(@Nullable Signal signal, @Nullable List<FieldProblem> problems) {}

  HandedOver handedOver(Delivery delivery, Message message) {
    Content content =
        switch (message) {
          case Message.SignalArrived arrived -> new Content(arrived.signal(), null);
          case Message.InvalidArrived invalid -> new Content(null, invalid.problems());
          default -> throw new IllegalArgumentException("no delivery: " + message.getClass());
        };
    return new HandedOver(
        0,
        delivery.account(),
        entry(delivery),
        delivery.body(),
        write(content),
        summary(delivery, message),
        null);
  }

  /** The row that the leader's first fact of it will write again. */
  private static SignalSummary summary(Delivery delivery, Message message) {
    return switch (message) {
      case Message.SignalArrived arrived ->
          SummaryFold.received(received(delivery, arrived.signal()));
      case Message.InvalidArrived invalid ->
          SummaryFold.invalid(invalid(delivery, invalid.problems()));
      default -> throw new IllegalArgumentException("no delivery: " + message.getClass());
    };
  }

  private static Fact.SignalReceived received(Delivery delivery, Signal signal) {
    return new Fact.SignalReceived(
        delivery.signalId(),
        delivery.source(),
        delivery.deliveryId(),
        delivery.bodySha256(),
        delivery.receivedAt(),
        signal);
  }

  private static Fact.SignalInvalid invalid(Delivery delivery, List<FieldProblem> problems) {
    return new Fact.SignalInvalid(
        delivery.signalId(),
        delivery.source(),
        delivery.deliveryId(),
        delivery.bodySha256(),
        delivery.receivedAt(),
        problems);
  }

  static InboxEntry entry(Delivery delivery) {
    return new InboxEntry(
        delivery.source(),
        delivery.deliveryId(),
        delivery.bodySha256(),
        delivery.signalId(),
        delivery.receivedAt());
  }

  /** {@code market}: what is known of a pair now. */
  Message message(HandedOver row, Function<String, MarketView> market) {
    InboxEntry entry = row.entry();
    Delivery delivery =
        new Delivery(
            entry.signalId(),
            entry.source(),
            row.account(),
            entry.deliveryId(),
            entry.bodySha256(),
            row.body(),
            entry.receivedAt());
    if (row.conflictWith() != null) {
      return new Message.ConflictArrived(delivery, row.conflictWith());
    }
    Content content = read(row.content(), Content.class);
    if (content.signal() != null) {
      Signal signal = content.signal();
      return new Message.SignalArrived(delivery, signal, market.apply(signal.pair()));
    }
    List<FieldProblem> problems = content.problems();
    return new Message.InvalidArrived(delivery, problems == null ? List.of() : problems);
  }

  WaitingCommand command(UUID id, String account, Message message) {
    String kind = KINDS.get(message.getClass());
    if (kind == null) {
      throw new IllegalArgumentException("no command: " + message.getClass());
    }
    return new WaitingCommand(id, account, kind, write(message));
  }

  Message message(WaitingCommand command) {
    Class<? extends Message> type = COMMANDS.get(command.kind());
    if (type == null) {
      throw new IllegalStateException("a command of the unknown kind " + command.kind());
    }
    return read(command.body(), type);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }
}
