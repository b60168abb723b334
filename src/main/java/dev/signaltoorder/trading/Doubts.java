package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Settles orders that may exist at Kraken. Never sends. An order is believed absent only after
 * several clean look-ups, in open and closed orders, all begun well past the deadline after which
 * Kraken itself would have refused it; one empty answer proves nothing, because a fresh order can
 * be invisible for a while and a market order is open for an instant only.
 */
final class Doubts {
  private final AccountState state;
  private final CorePolicy policy;
  private final Map<UUID, Inquiry> inquiries = new HashMap<>();

  private record Inquiry(Instant nextAt, boolean inFlight, int agreeing) {}

  Doubts(AccountState state, CorePolicy policy) {
    this.state = state;
    this.policy = policy;
  }

  /** Asks where it is time to, and gives up to a person what could not be settled. */
  void tick(Step step, Instant now) {
    for (Order order : List.copyOf(state.liveOrders().values())) {
      boolean doubtful =
          order.state() instanceof OrderState.InDoubt
              || order.state() instanceof OrderState.Quarantined;
      if (!doubtful) {
        continue;
      }
      Inquiry inquiry =
          inquiries.computeIfAbsent(order.orderId(), id -> new Inquiry(now, false, 0));
      if (!inquiry.inFlight() && !now.isBefore(inquiry.nextAt())) {
        inquiries.put(order.orderId(), new Inquiry(now, true, inquiry.agreeing()));
        step.effect(new Effect.LookUp(order.orderId(), order.intent().clientOrderId()));
      }
    }
  }

  /** A look-up came back. Returns what Kraken shows of the order, if it shows it. */
  @Nullable OrderInfo answered(Message.LookedUp message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    if (order == null) {
      inquiries.remove(message.orderId());
      return null;
    }
    OrderInfo found = found(order, message.open());
    if (found == null && message.closed() != null) {
      found = found(order, message.closed());
    }
    if (found != null) {
      inquiries.remove(order.orderId());
      return found;
    }
    Inquiry before = inquiries.getOrDefault(order.orderId(), new Inquiry(now, true, 0));
    int agreeing = before.agreeing() + (provesAbsence(order, message) ? 1 : 0);
    inquiries.put(order.orderId(), new Inquiry(now.plus(policy.lookUpEvery()), false, agreeing));
    conclude(order, agreeing, step, now);
    return null;
  }

  private void conclude(Order order, int agreeing, Step step, Instant now) {
    if (!(order.state() instanceof OrderState.InDoubt doubt)) {
      // What was quarantined once is settled by a person, or by Kraken showing the order: not by
      // silence.
      return;
    }
    if (agreeing >= policy.agreeingLookUps() && !historyMayBeHidden()) {
      inquiries.remove(order.orderId());
      step.record(
          new Fact.OrderNotPlaced(
              order.orderId(),
              order.signalId(),
              agreeing
                  + " look-ups in open and closed orders after the deadline all show no such order"
                  + " (first: "
                  + doubt.cause()
                  + ")"));
      return;
    }
    if (now.isAfter(order.intent().deadline().plus(policy.quarantineAfter()))) {
      String why =
          historyMayBeHidden()
              ? "the reading key was not checked or sees only a window of time, so silence proves nothing"
              : "look-ups could not settle whether the order exists (" + doubt.cause() + ")";
      step.record(new Fact.OrderQuarantined(order.orderId(), order.signalId(), why));
      step.effect(new Effect.Alarm("order " + order.orderId() + " is quarantined: " + why));
    }
  }

  /** Clean answers from both lists, begun when Kraken could no longer have accepted the order. */
  private boolean provesAbsence(Order order, Message.LookedUp message) {
    Instant earliest = order.intent().deadline().plus(policy.silenceFinalAfter());
    return message.open() instanceof Answer.Success<?>
        && message.closed() instanceof Answer.Success<?>
        && !message.open().call().startedAt().isBefore(earliest);
  }

  private boolean historyMayBeHidden() {
    Fact.KeyChecked check = state.keyCheck();
    return check == null || check.historyLimited();
  }

  private static @Nullable OrderInfo found(Order order, Answer<Map<String, OrderInfo>> answer) {
    if (!(answer instanceof Answer.Success<Map<String, OrderInfo>> success)) {
      return null;
    }
    return success.value().values().stream()
        .filter(info -> order.intent().clientOrderId().equals(info.clientOrderId()))
        .findFirst()
        .orElse(null);
  }
}
