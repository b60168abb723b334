package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.OrderInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Changes resting stops. A change names the whole new volume and trigger, so it may be made again:
 * where nobody knows whether it was made, it is. One at a time per order, each with a deadline
 * after which Kraken refuses it, so that none comes late. Times are steady.
 */
final class Amending {
  /** What a call may take beyond its deadline before its answer counts as lost. */
  private static final Duration LOST = Duration.ofSeconds(30);

  /** Errors that say that nothing was changed. */
  private static final List<String> CERTAIN =
      List.of(
          "EOrder:",
          "EAPI:",
          "EGeneral:Invalid arguments",
          "EGeneral:Permission denied",
          "EGeneral:Temporary lockout");

  private final AccountState state;
  private final CorePolicy policy;
  private final Following following;
  private final Map<UUID, Instant> nextAt = new HashMap<>();
  private final Map<UUID, Failing> failing = new HashMap<>();
  private final Map<UUID, Instant> seenAt = new HashMap<>();
  private final Map<UUID, Instant> sentAt = new HashMap<>();

  /**
   * Changes of a stop that went wrong in a row.
   *
   * @param hopeless those of them that Kraken refused for what they are, not for how it is
   */
  record Failing(int times, int hopeless) {
    static final Failing NONE = new Failing(0, 0);
  }

  Amending(AccountState state, CorePolicy policy, Following following) {
    this.state = state;
    this.policy = policy;
    this.following = following;
  }

  /** Changes a resting stop if it is not what it shall be, and it is time to. */
  void fit(
      Order stop, BigDecimal volume, BigDecimal trigger, Step step, Instant now, Instant clock) {
    UUID orderId = stop.orderId();
    boolean same =
        stop.intent().plan().volume().compareTo(volume) == 0
            && stop.intent().plan().referencePrice().compareTo(trigger) == 0
            && !state.protections().isUncertain(orderId);
    boolean waits =
        state.protections().amending().containsKey(orderId)
            || now.isBefore(nextAt.getOrDefault(orderId, Instant.MIN));
    if (same || waits || !(stop.state() instanceof OrderState.Open open)) {
      return;
    }
    Instant deadline = clock.plus(policy.orderDeadline()).truncatedTo(ChronoUnit.MILLIS);
    String why =
        "the position is to be protected with "
            + volume.toPlainString()
            + " at "
            + trigger.toPlainString();
    step.record(
        new ProtectionFact.AmendWanted(orderId, stop.signalId(), volume, trigger, deadline, why));
    step.effect(new Effect.Amend(orderId, open.txid(), volume, trigger, deadline));
    sentAt.put(orderId, now);
  }

  /** Changes that went wrong in a row, as far as this process knows. */
  Failing failing(UUID orderId) {
    return failing.getOrDefault(orderId, Failing.NONE);
  }

  /** Gives up waiting for answers that do not come, also those of a process that has ended. */
  void tick(Step step, Instant now) {
    nextAt.keySet().retainAll(state.liveOrders().keySet());
    failing.keySet().retainAll(state.liveOrders().keySet());
    sentAt.keySet().retainAll(state.protections().amending().keySet());
    seenAt.keySet().retainAll(state.protections().amending().keySet());
    for (ProtectionFact.AmendWanted each : List.copyOf(state.protections().amending().values())) {
      Instant sent = sentAt.get(each.orderId());
      Instant seen = seenAt.computeIfAbsent(each.orderId(), id -> now);
      Duration patience = policy.orderDeadline().plus(sent == null ? Duration.ZERO : LOST);
      if (now.isAfter((sent == null ? seen : sent).plus(patience))) {
        failed(each, "no answer to the change ever came", true, step, now);
      }
    }
  }

  void finished(Message.AmendFinished message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    step.record(CallFacts.called(message.answer().call(), "amend", signalId, message.orderId()));
    ProtectionFact.AmendWanted wanted = state.protections().amending().get(message.orderId());
    if (order == null || wanted == null || !wanted.deadline().equals(message.deadline())) {
      // Of a change that was given up, or told twice.
      return;
    }
    switch (message.answer()) {
      case Answer.Success<String> success -> {
        step.record(
            new ProtectionFact.Amended(
                wanted.orderId(),
                wanted.signalId(),
                // What it sold while the change was on its way was ordered.
                wanted.volume().max(order.execution().volume()),
                wanted.stop(),
                "ANSWERED",
                success.call().callId()));
        failing.remove(wanted.orderId());
        following.changed(wanted.orderId(), now);
      }
      case Answer.Failure<String> failure -> {
        failed(wanted, failure.error(), !isCertain(failure), step, now);
        // The order may be over: it is asked for.
        following.askAtOnce(now);
      }
    }
  }

  private void failed(
      ProtectionFact.AmendWanted wanted, String error, boolean unknown, Step step, Instant now) {
    step.record(
        new ProtectionFact.AmendFailed(wanted.orderId(), wanted.signalId(), error, unknown));
    Failing before = failing(wanted.orderId());
    int hopeless = before.hopeless() + (!unknown && Guard.isHopeless(error) ? 1 : 0);
    failing.put(wanted.orderId(), new Failing(before.times() + 1, hopeless));
    nextAt.put(wanted.orderId(), now.plus(Stops.pause(before.times())));
  }

  private static boolean isCertain(Answer.Failure<String> failure) {
    return failure.call().outcome() instanceof CallOutcome.NotSent
        || (failure.fromKraken() && CERTAIN.stream().anyMatch(failure.error()::startsWith));
  }

  /**
   * Whether more of an order is executed than is known to be ordered, and no more than Kraken shows
   * as ordered: then it was changed, by an amendment whose answer was lost or by somebody else, and
   * what is shown cannot be behind.
   */
  static boolean isExecutedBeyond(Order order, OrderInfo info) {
    return info.volumeExecuted().compareTo(order.intent().plan().volume()) > 0
        && info.volumeExecuted().compareTo(info.volume()) <= 0;
  }

  /**
   * Kraken shows an order of ours; a stop counts as it is shown. Not where less is shown as ordered
   * than is known to be executed: such an answer was overtaken, and is older than the fill.
   */
  static Order shown(AccountState state, Order order, OrderInfo info, UUID callId, Step step) {
    boolean differs =
        OrderMatch.otherOrder(order, info) == null
            && order.intent().stops()
            && order.state() instanceof OrderState.Open
            && info.volume().signum() > 0
            && info.volume().compareTo(order.execution().volume()) >= 0
            && info.volume().compareTo(order.intent().plan().volume()) != 0;
    if (!differs) {
      return order;
    }
    step.record(
        new ProtectionFact.Amended(
            order.orderId(), order.signalId(), info.volume(), null, "SHOWN", callId));
    return state.order(order.orderId());
  }
}
