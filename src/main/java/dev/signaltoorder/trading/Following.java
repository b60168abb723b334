package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.OrderInfo;
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
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final AccountState state;
  private final CorePolicy policy;
  private final Tripwire tripwire;
  private final Doubts doubts;
  private final Watching watching;
  private final Cancelling cancelling;
  private final Readings readings;
  private final Reports reports;
  private Instant nextFollowAt = Instant.EPOCH;
  private Duration followPause = FIRST_FOLLOW;
  private final Question follow = new Question();
  private final NotShown notShown = new NotShown();
  private List<String> asked = List.of();
  private int failing;
  private int followedUpTo;
  private int leftInRound;

  Following(
      AccountState state,
      CorePolicy policy,
      Readings readings,
      Reports reports,
      Tripwire tripwire) {
    this.reports = reports;
    this.state = state;
    this.policy = policy;
    this.readings = readings;
    this.tripwire = tripwire;
    this.doubts = new Doubts(state, policy, tripwire);
    this.watching = new Watching(state, policy);
    this.cancelling = new Cancelling(state);
  }

  void tick(Step step, Instant now) {
    doubts.tick(step, now);
    reports.keepOnly(state.liveOrders());
    watching.tick(step, now);
    follow(step, now);
    cancelling.tick(step, now);
  }

  void addOrderFinished(Message.AddOrderFinished message, Step step, Instant now) {
    Order order = known(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.call(), "add-order", signalId, message.orderId(), step);
    if (order == null) {
      return;
    }
    if (order.state() instanceof OrderState.PresumedAbsent) {
      if (message.verdict() instanceof AddOrderVerdict.Placed placed) {
        appeared(order, placed.txid(), message.call().callId(), step, now);
      }
      return;
    }
    boolean waiting = order.state() instanceof OrderState.Intended;
    switch (message.verdict()) {
      case AddOrderVerdict.Placed placed -> {
        String known = order.txid().orElse(placed.txid());
        if (!known.equals(placed.txid())) {
          tripwire.trip(
              new Violation(
                  Invariant.ONE_ORDER,
                  "order " + order.orderId() + " is " + known + " and also " + placed.txid(),
                  order.signalId(),
                  order.orderId()),
              step);
        } else if (order.txid().isEmpty()) {
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
                      + ")",
                  false));
      case AddOrderVerdict.NotPlaced refused when waiting && refused.sent() ->
          step.record(new Fact.OrderRefused(order.orderId(), order.signalId(), refused.error()));
      case AddOrderVerdict.NotPlaced notSent when waiting ->
          step.record(
              new Fact.OrderNotPlaced(
                  order.orderId(), order.signalId(), "never sent: " + notSent.error(), false));
      case AddOrderVerdict.MaybePlaced maybe when waiting ->
          step.record(new Fact.OrderInDoubt(order.orderId(), order.signalId(), maybe.cause()));
      default -> {
        // Already settled by a look-up; the call is recorded, and changes nothing.
      }
    }
  }

  private @Nullable Order known(UUID orderId) {
    Order live = state.liveOrders().get(orderId);
    return live == null ? state.searches().watchedOrder(orderId) : live;
  }

  /**
   * A look-up is over.
   *
   * @param now steady
   * @param clock what the clock shows
   */
  void lookedUp(Message.LookedUp message, Step step, Instant now, Instant clock) {
    Order order = known(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.open().call(), "look-up", signalId, message.orderId(), step);
    if (message.closed() != null) {
      record(message.closed().call(), "look-up", signalId, message.orderId(), step);
    }
    if (order == null) {
      return;
    }
    UUID callId =
        message.closed() == null
            ? message.open().call().callId()
            : message.closed().call().callId();
    if (order.state() instanceof OrderState.PresumedAbsent) {
      OrderInfo late = watching.answered(message, step, now, clock);
      if (late != null) {
        appeared(order, late.txid(), callId, step, now);
        progress(state.order(order.orderId()), late, callId, step, now);
      }
      return;
    }
    OrderInfo info = doubts.answered(message, step, now);
    if (info != null) {
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

  /** It was presumed absent, and is there: it counts again, and a person must know. */
  void appeared(Order order, String txid, UUID callId, Step step, Instant now) {
    placed(order, txid, "APPEARED", callId, step, now);
    tripwire.trip(
        new Violation(
            Invariant.STAYS_ABSENT,
            "order " + order.orderId() + " was presumed absent, and Kraken has it as " + txid,
            order.signalId(),
            order.orderId()),
        step);
  }

  /** Why look-ups could miss an order; null while nothing speaks for it. */
  @Nullable String blindness() {
    return doubts.blindness();
  }

  void placed(Order order, String txid, String how, @Nullable UUID callId, Step step, Instant now) {
    step.record(new Fact.OrderPlaced(order.orderId(), order.signalId(), txid, how, callId));
    followPause = FIRST_FOLLOW;
    // Only ever sooner: orders that keep coming must not put the question off for ever.
    Instant soon = now.plus(FIRST_FOLLOW);
    nextFollowAt = soon.isBefore(nextFollowAt) ? soon : nextFollowAt;
  }

  private void follow(Step step, Instant now) {
    List<String> open = new ArrayList<>();
    state.liveOrders().values().forEach(order -> order.txid().ifPresent(open::add));
    if (follow.isOut(now) || now.isBefore(nextFollowAt) || open.isEmpty()) {
      return;
    }
    // Round robin, so that more open orders than fit into one question are all asked about in turn.
    List<String> next = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_TXIDS, open.size()); i++) {
      next.add(open.get((followedUpTo + i) % open.size()));
    }
    asked = List.copyOf(next);
    followedUpTo = (followedUpTo + asked.size()) % open.size();
    leftInRound =
        (leftInRound > 0 ? Math.min(leftInRound, open.size()) : open.size()) - asked.size();
    follow.asked(now);
    step.effect(new Effect.Follow(asked));
  }

  void followed(Message.Followed message, Step step, Instant now) {
    follow.answered();
    boolean answered = message.answer() instanceof Answer.Success<?>;
    failing = answered ? 0 : failing + 1;
    if (failing > 1) {
      // Kraken is away: ask less and less often until it is back.
      Duration pause = policy.followEvery().multipliedBy(1L << Math.min(failing - 1, 6));
      nextFollowAt = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    } else if (leftInRound > 0) {
      // The pause grows from round to round, not from page to page.
      nextFollowAt = now.plus(FIRST_FOLLOW);
    } else {
      Duration doubled = followPause.multipliedBy(2);
      Duration longest = reports.longestPause(policy.followEvery());
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
        notShown.shown(order);
        progress(order, info, call.callId(), step, now);
      } else if (order.txid().map(asked::contains).orElse(false)) {
        notShown.missed(order, step, now);
      }
    }
  }

  private void progress(Order known, OrderInfo info, UUID callId, Step step, Instant now) {
    String other = OrderMatch.otherOrder(known, info);
    Order order = other != null ? known : Amending.shown(state, known, info, callId, step);
    if (other != null) {
      tripwire.trip(Shown.notOurs(order, info, other), step);
      if (order.execution().isEmpty()) {
        String why = "what Kraken has as " + info.txid() + " is another order: " + other;
        step.record(new Fact.OrderQuarantined(order.orderId(), order.signalId(), why));
      }
      return;
    }
    Execution seen =
        new Execution(info.volumeExecuted(), info.cost(), info.fee(), info.averagePrice());
    boolean ended = Set.of("closed", "canceled", "expired").contains(info.status());
    int change = seen.volume().compareTo(order.execution().volume());
    if (change < 0 && !reports.endedWithLess(order, ended, step)) {
      return;
    }
    if (ended) {
      step.record(
          new Fact.OrderEnded(
              order.orderId(), order.signalId(), seen, info.status(), info.reason(), callId));
    } else if (change > 0) {
      step.record(new Fact.OrderProgressed(order.orderId(), order.signalId(), seen, callId));
    }
    if (seen.volume().compareTo(order.intent().plan().volume()) > 0) {
      // It may have ended by this: the check of what is alive would not see it.
      tripwire.trip(Invariants.executedMore(order, seen.volume()), step);
    }
    if (ended || change > 0) {
      readings.somethingFilled(now);
    }
  }

  /** Something happened: the orders are asked about with the next tick. */
  void askAtOnce(Instant now) {
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
