package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Duration;
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
 * be invisible for a while and a market order is open for an instant only. "Well past" is measured
 * both by the clock and in {@link SteadyTime} since this process first saw the order: a stepped
 * clock alone never makes silence final.
 */
final class Doubts {
  private final AccountState state;
  private final CorePolicy policy;
  private final Map<UUID, Inquiry> inquiries = new HashMap<>();

  /**
   * What this process did about an order. Times are steady.
   *
   * @param since when it first saw it unsettled
   * @param askedAt when the question was asked that is out; null while none is
   * @param agreeing clean look-ups that prove absence
   */
  private record Inquiry(Instant since, Instant nextAt, @Nullable Instant askedAt, int agreeing) {}

  Doubts(AccountState state, CorePolicy policy) {
    this.state = state;
    this.policy = policy;
  }

  /** Asks where it is time to, and gives up to a person what could not be settled. */
  void tick(Step step, Instant now) {
    inquiries.keySet().removeIf(orderId -> !isUnsettled(state.liveOrders().get(orderId)));
    for (Order order : List.copyOf(state.liveOrders().values())) {
      if (!isUnsettled(order)) {
        continue;
      }
      Inquiry inquiry =
          inquiries.computeIfAbsent(order.orderId(), id -> new Inquiry(now, now, null, 0));
      if (order.state() instanceof OrderState.Intended) {
        doubtLostAnswer(order, inquiry, step, now);
        continue;
      }
      if (order.state() instanceof OrderState.InDoubt doubt) {
        quarantineIfOverdue(order, doubt, inquiry, step, now);
      }
      Instant askedAt = inquiry.askedAt();
      Instant askAt = askedAt == null ? inquiry.nextAt() : askedAt.plus(Question.LOST_AFTER);
      if (!now.isBefore(askAt)) {
        inquiries.put(order.orderId(), new Inquiry(inquiry.since(), now, now, inquiry.agreeing()));
        step.effect(new Effect.LookUp(order.orderId(), order.intent().clientOrderId()));
      }
    }
  }

  private static boolean isUnsettled(@Nullable Order order) {
    return order != null && order.txid().isEmpty();
  }

  private static void doubtLostAnswer(Order order, Inquiry inquiry, Step step, Instant now) {
    Duration patience = toDeadline(order).plus(Question.LOST_AFTER);
    if (!now.isBefore(inquiry.since().plus(patience))) {
      step.record(
          new Fact.OrderInDoubt(
              order.orderId(), order.signalId(), "the call to AddOrder never came to an end"));
    }
  }

  private void quarantineIfOverdue(
      Order order, OrderState.InDoubt doubt, Inquiry inquiry, Step step, Instant now) {
    Duration patience = toDeadline(order).plus(policy.quarantineAfter());
    if (!now.isAfter(inquiry.since().plus(patience))) {
      return;
    }
    String why =
        historyMayBeHidden()
            ? "the reading key was not checked or sees only a window of time, so silence proves nothing"
            : "look-ups could not settle whether the order exists (" + doubt.cause() + ")";
    step.record(new Fact.OrderQuarantined(order.orderId(), order.signalId(), why));
    step.effect(new Effect.Alarm("order " + order.orderId() + " is quarantined: " + why));
  }

  /** A look-up came back. Returns what Kraken shows of the order, if it shows it. */
  @Nullable OrderInfo answered(Message.LookedUp message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    if (order == null) {
      return null;
    }
    OrderInfo found = found(order, message.open());
    if (found == null && message.closed() != null) {
      found = found(order, message.closed());
    }
    if (found != null) {
      return found;
    }
    Inquiry before = inquiries.get(order.orderId());
    if (before == null || before.askedAt() == null) {
      // Not the answer to the question that is out: it may find the order, but proves no absence.
      return null;
    }
    int agreeing = before.agreeing() + (provesAbsence(order, before, message) ? 1 : 0);
    inquiries.put(
        order.orderId(),
        new Inquiry(before.since(), now.plus(policy.lookUpEvery()), null, agreeing));
    if (order.state() instanceof OrderState.InDoubt doubt
        && agreeing >= policy.agreeingLookUps()
        && !historyMayBeHidden()) {
      // What was quarantined once is settled by a person, or by Kraken showing the order: not by
      // silence.
      step.record(
          new Fact.OrderNotPlaced(
              order.orderId(),
              order.signalId(),
              agreeing
                  + " look-ups in open and closed orders after the deadline all show no such order"
                  + " (first: "
                  + doubt.cause()
                  + ")"));
    }
    return null;
  }

  /** Clean answers from both lists, begun when Kraken could no longer have accepted the order. */
  private boolean provesAbsence(Order order, Inquiry inquiry, Message.LookedUp message) {
    Instant byClock = order.intent().deadline().plus(policy.silenceFinalAfter());
    Instant bySteadyTime = inquiry.since().plus(toDeadline(order)).plus(policy.silenceFinalAfter());
    Instant askedAt = inquiry.askedAt();
    return message.open() instanceof Answer.Success<?>
        && message.closed() instanceof Answer.Success<?>
        && askedAt != null
        && !askedAt.isBefore(bySteadyTime)
        && !message.open().call().startedAt().isBefore(byClock);
  }

  /** How long after its approval Kraken may still take it; however the clock was stepped since. */
  private static Duration toDeadline(Order order) {
    return Duration.between(order.intent().approvedAt(), order.intent().deadline());
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
