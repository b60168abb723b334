package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.ExecutionReport;
import dev.signaltoorder.kraken.OrderInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes back from Kraken about orders: the outcome of the one AddOrder, the progress of open
 * orders, cancellations.
 */
final class Following {
  private static final int MOST_TXIDS = 50;
  private static final Duration FIRST_FOLLOW = Duration.ofMillis(250);

  /** While the websocket tells of every change, asking is only for checking it. */
  private static final int FEED_FACTOR = 6;

  private final AccountState state;
  private final CorePolicy policy;
  private final Doubts doubts;
  private final Cancelling cancelling;
  private final Readings readings;
  private final Reports reports = new Reports();
  private boolean feedWhole;
  private Instant nextFollowAt = Instant.EPOCH;
  private Duration followPause = FIRST_FOLLOW;
  private final Question follow = new Question();
  private int followedUpTo;
  private int leftInRound;

  Following(AccountState state, CorePolicy policy, Readings readings) {
    this.state = state;
    this.policy = policy;
    this.readings = readings;
    this.doubts = new Doubts(state, policy);
    this.cancelling = new Cancelling(state);
  }

  void tick(Step step, Instant now) {
    doubts.tick(step, now);
    reports.keepOnly(state.liveOrders());
    follow(step, now);
    cancelling.tick(step, now);
  }

  void addOrderFinished(Message.AddOrderFinished message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.call(), "add-order", signalId, message.orderId(), step);
    if (order == null) {
      return;
    }
    boolean waiting = order.state() instanceof OrderState.Intended;
    switch (message.verdict()) {
      case AddOrderVerdict.Placed placed -> {
        if (!(order.state() instanceof OrderState.Open)) {
          placed(order, placed.txid(), "ANSWERED", message.call().callId(), step, now);
        }
      }
      case AddOrderVerdict.Validated validated when waiting ->
          step.record(
              new Fact.OrderNotPlaced(
                  order.orderId(),
                  order.signalId(),
                  "validate mode: Kraken checked it and placed nothing ("
                      + validated.description()
                      + ")"));
      case AddOrderVerdict.NotPlaced refused when waiting && refused.sent() ->
          step.record(new Fact.OrderRefused(order.orderId(), order.signalId(), refused.error()));
      case AddOrderVerdict.NotPlaced notSent when waiting ->
          step.record(
              new Fact.OrderNotPlaced(
                  order.orderId(), order.signalId(), "never sent: " + notSent.error()));
      case AddOrderVerdict.MaybePlaced maybe when waiting ->
          step.record(new Fact.OrderInDoubt(order.orderId(), order.signalId(), maybe.cause()));
      default -> {
        // Already settled by a look-up; the call is recorded, and changes nothing.
      }
    }
    checkOrdersOut(step);
  }

  /**
   * Orders out never exceed approvals in. The check is here, behind the last hop, on what really
   * went out.
   */
  private void checkOrdersOut(Step step) {
    if (state.ordersSent() > state.intents() && state.halt() == null) {
      String reason = state.ordersSent() + " orders went out for " + state.intents() + " approvals";
      step.record(new Fact.TradingHalted("ALL", "invariant", reason));
      step.effect(new Effect.CloseGate(reason, false));
      step.effect(new Effect.Alarm("halted: " + reason));
    }
  }

  void lookedUp(Message.LookedUp message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.open().call(), "look-up", signalId, message.orderId(), step);
    if (message.closed() != null) {
      record(message.closed().call(), "look-up", signalId, message.orderId(), step);
    }
    OrderInfo info = doubts.answered(message, step, now);
    if (info != null && order != null) {
      UUID callId =
          message.closed() == null
              ? message.open().call().callId()
              : message.closed().call().callId();
      if (!(order.state() instanceof OrderState.Open)) {
        placed(order, info.txid(), "FOUND", callId, step, now);
      }
      progress(state.order(order.orderId()), info, callId, step, now);
    }
  }

  /** An operator found the order at Kraken. */
  void settled(Order order, String txid, Step step, Instant now) {
    placed(order, txid, "SETTLED", null, step, now);
  }

  private void placed(
      Order order, String txid, String how, @Nullable UUID callId, Step step, Instant now) {
    step.record(new Fact.OrderPlaced(order.orderId(), order.signalId(), txid, how, callId));
    followPause = FIRST_FOLLOW;
    // Only ever sooner: orders that keep coming must not put the question off for ever.
    Instant soon = now.plus(FIRST_FOLLOW);
    nextFollowAt = soon.isBefore(nextFollowAt) ? soon : nextFollowAt;
  }

  private void follow(Step step, Instant now) {
    if (follow.isOut(now) || now.isBefore(nextFollowAt)) {
      return;
    }
    List<String> open = new ArrayList<>();
    for (Order order : state.liveOrders().values()) {
      if (order.state() instanceof OrderState.Open at) {
        open.add(at.txid());
      }
    }
    if (open.isEmpty()) {
      return;
    }
    // Round robin, so that more open orders than fit into one question are all asked about in turn.
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_TXIDS, open.size()); i++) {
      asked.add(open.get((followedUpTo + i) % open.size()));
    }
    followedUpTo = (followedUpTo + asked.size()) % open.size();
    leftInRound =
        (leftInRound > 0 ? Math.min(leftInRound, open.size()) : open.size()) - asked.size();
    follow.asked(now);
    step.effect(new Effect.Follow(asked));
  }

  void followed(Message.Followed message, Step step, Instant now) {
    follow.answered();
    if (leftInRound > 0) {
      // The pause grows from round to round, not from page to page.
      nextFollowAt = now.plus(FIRST_FOLLOW);
    } else {
      Duration doubled = followPause.multipliedBy(2);
      Duration longest = policy.followEvery().multipliedBy(feedWhole ? FEED_FACTOR : 1);
      followPause = doubled.compareTo(longest) < 0 ? doubled : longest;
      nextFollowAt = now.plus(followPause);
    }
    CallRecord call = message.answer().call();
    record(call, "follow-up", null, null, step);
    if (!(message.answer() instanceof Answer.Success<Map<String, OrderInfo>> success)) {
      return;
    }
    for (Order order : List.copyOf(state.liveOrders().values())) {
      OrderInfo info = order.txid().map(success.value()::get).orElse(null);
      if (info != null) {
        progress(order, info, call.callId(), step, now);
      }
    }
  }

  private void progress(Order order, OrderInfo info, UUID callId, Step step, Instant now) {
    Execution seen =
        new Execution(info.volumeExecuted(), info.cost(), info.fee(), info.averagePrice());
    boolean ended = Set.of("closed", "canceled", "expired").contains(info.status());
    boolean less = seen.volume().compareTo(order.execution().volume()) < 0;
    if (less && reports.knows(order.orderId())) {
      if (!ended) {
        // The websocket is ahead of this answer.
        return;
      }
      step.effect(
          new Effect.Alarm(
              "order "
                  + order.orderId()
                  + " ended with less than the websocket told; the order's own figures count"));
    } else if (less) {
      // An older answer, or one that cannot be true: fills are never taken back.
      step.effect(
          new Effect.Alarm("order " + order.orderId() + " seems to have lost fills; ignored"));
      return;
    }
    boolean over = seen.volume().compareTo(order.intent().plan().volume()) > 0;
    if (over) {
      step.effect(
          new Effect.Alarm(
              "order " + order.orderId() + " executed more than was ordered: " + seen.volume()));
    }
    boolean more = seen.volume().compareTo(order.execution().volume()) > 0;
    if (ended) {
      step.record(
          new Fact.OrderEnded(
              order.orderId(), order.signalId(), seen, info.status(), info.reason(), callId));
    } else if (more) {
      step.record(new Fact.OrderProgressed(order.orderId(), order.signalId(), seen, callId));
    }
    if (ended || more) {
      readings.somethingFilled(now);
    }
  }

  /** The websocket told of orders. What it says is news; the end of an order is asked for. */
  void reported(Message.ExecutionsReported message, Step step, Instant now) {
    ExecutionNews news = message.news();
    boolean kept = false;
    for (ExecutionReport report : news.reports()) {
      Order order = Reports.orderOf(report, state.liveOrders().values());
      if (order == null) {
        continue;
      }
      boolean adopted = !(order.state() instanceof OrderState.Open);
      if (!adopted && !order.txid().filter(report.txid()::equals).isPresent()) {
        step.effect(
            new Effect.Alarm(
                "a second order " + report.txid() + " has the id of order " + order.orderId()));
        continue;
      }
      Execution sum = reports.add(order, report);
      boolean more = sum != null && sum.volume().compareTo(order.execution().volume()) > 0;
      if ((adopted || more) && !kept) {
        kept = true;
        record(news.asCall(), "execution", order.signalId(), order.orderId(), step);
      }
      if (adopted) {
        placed(order, report.txid(), "REPORTED", news.messageId(), step, now);
      }
      if (sum != null && more) {
        step.record(
            new Fact.OrderProgressed(order.orderId(), order.signalId(), sum, news.messageId()));
        readings.somethingFilled(now);
      }
      BigDecimal known = state.order(order.orderId()).execution().volume();
      boolean unexplained = report.executed() != null && report.executed().compareTo(known) > 0;
      if (report.isOver() || unexplained || (report.fill() != null && sum == null)) {
        askAtOnce(now);
      }
    }
  }

  /** The websocket feed became whole or was lost: either way it is checked by asking. */
  void feedChanged(boolean whole, Instant now) {
    feedWhole = whole;
    askAtOnce(now);
  }

  private void askAtOnce(Instant now) {
    followPause = FIRST_FOLLOW;
    nextFollowAt = now;
  }

  void cancelFinished(Message.CancelFinished message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.answer().call(), "cancel", signalId, message.orderId(), step);
    // Whatever Kraken answered, the truth is in the order itself.
    askAtOnce(now);
  }

  private static void record(
      CallRecord call, String purpose, @Nullable UUID signalId, @Nullable UUID orderId, Step step) {
    step.record(CallFacts.called(call, purpose, signalId, orderId));
  }
}
