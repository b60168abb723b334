package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.QueriedOrders;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes back from Kraken about orders: the outcome of the one AddOrder, the progress of open
 * orders, cancellations.
 */
final class Following {
  private final AccountState state;
  private final Tripwire tripwire;
  private final Doubts doubts;
  private final Watching watching;
  private final Cancelling cancelling;
  private final Readings readings;
  private final Reports reports;
  private final FollowUps followUps;
  private final NotShown notShown = new NotShown();
  private final RecentChanges changes = new RecentChanges();

  Following(
      AccountState state,
      CorePolicy policy,
      Readings readings,
      Reports reports,
      ExchangeHealth health,
      Tripwire tripwire) {
    this.reports = reports;
    this.state = state;
    this.followUps = new FollowUps(policy, reports, health);
    this.readings = readings;
    this.tripwire = tripwire;
    LongSupplier numbers = new QuestionNumbers();
    this.doubts = new Doubts(state, policy, tripwire, numbers);
    this.watching = new Watching(state, policy, numbers);
    this.cancelling = new Cancelling(state);
  }

  void tick(Step step, Instant now) {
    doubts.tick(step, now);
    reports.keepOnly(state.liveOrders());
    watching.tick(step, now);
    followUps.watch(isNotNormal(), now);
    followUps.awaited(!state.protections().held().isEmpty());
    followUps.tick(state.liveOrders().values(), step, now);
    cancelling.tick(step, now);
  }

  private boolean isNotNormal() {
    return !state.conditions().isEmpty()
        && state.liveOrders().values().stream()
            .filter(order -> order.state() instanceof OrderState.Open)
            .anyMatch(
                order ->
                    state.conditions().of(order.intent().plan().pair()) != MarketCondition.NORMAL);
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
    recordLookUp(message, step);
    LookUpRounds.Counting counting = doubts.over(message, now);
    watching.over(message);
    for (UUID orderId : message.orderIds()) {
      Order order = known(orderId);
      if (order == null) {
        continue;
      }
      boolean watched = order.state() instanceof OrderState.PresumedAbsent;
      OrderInfo info =
          watched
              ? watching.judge(orderId, message.findings(), step, now, clock)
              : doubts.judge(order, message.findings(), counting, step, now);
      if (info == null) {
        continue;
      }
      UUID callId = message.findings().callThatShows(info.txid());
      boolean known = order.state() instanceof OrderState.Open;
      if (watched) {
        appeared(order, info.txid(), callId, step, now);
      } else if (!known) {
        placed(order, info.txid(), "FOUND", callId, step, now);
      }
      Order found = state.order(orderId);
      // What is shown of one that was known before may be older than our own change.
      boolean behind = known && !Amending.isExecutedBeyond(found, info);
      Order shown = behind ? found : Amending.shown(state, found, info, callId, step);
      progress(shown, info, callId, step, now);
    }
  }

  /** A question about several orders is on record as nobody's. */
  private void recordLookUp(Message.LookedUp message, Step step) {
    boolean one = message.orderIds().size() == 1;
    UUID orderId = one ? message.orderIds().getFirst() : null;
    Order order = orderId == null ? null : known(orderId);
    boolean watch =
        message.orderIds().stream().allMatch(id -> state.searches().watchedOrder(id) != null);
    for (CallRecord call : message.findings().calls()) {
      record(
          call,
          watch ? "watch" : "look-up",
          order == null ? null : order.signalId(),
          orderId,
          step);
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
    followUps.placed(now);
  }

  /**
   * A resting stop was changed, Kraken says: what was asked before shows it as it was. {@code now}:
   * steady.
   */
  void changed(UUID orderId, Instant now) {
    changes.changed(orderId, now);
  }

  void followed(Message.Followed message, Step step, Instant now) {
    Instant askedAt = followUps.askedAt();
    changes.forgetAllBut(state.liveOrders().keySet());
    followUps.answered(message, step, now);
    CallRecord call = message.answer().call();
    record(call, "follow-up", null, null, step);
    if (!(message.answer() instanceof Answer.Success<QueriedOrders> success)) {
      return;
    }
    for (Order order : List.copyOf(state.liveOrders().values())) {
      OrderInfo info = order.txid().map(success.value().orders()::get).orElse(null);
      if (info != null) {
        notShown.shown(order);
        boolean behind =
            changes.mayBeBehind(order.orderId(), askedAt)
                && !Amending.isExecutedBeyond(order, info);
        Order shown = behind ? order : Amending.shown(state, order, info, call.callId(), step);
        progress(shown, info, call.callId(), step, now);
      } else if (order.txid().map(success.value().unreadable()::containsKey).orElse(false)) {
        notShown.shown(order);
      } else if (order.txid().map(followUps::askedAbout).orElse(false)) {
        notShown.missed(order, step, now);
      }
    }
  }

  private void progress(Order order, OrderInfo info, UUID callId, Step step, Instant now) {
    String other = OrderMatch.otherOrder(order, info);
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
    followUps.askAtOnce(now);
  }

  /**
   * A cancellation is over.
   *
   * @param mayAsk Kraken takes calls
   */
  void cancelFinished(Message.CancelFinished message, boolean mayAsk, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.answer().call(), "cancel", signalId, message.orderId(), step);
    // Whatever Kraken answered, the truth is in the order itself.
    askAtOnce(now);
    if (mayAsk) {
      // A sell may wait for it, and its coins are under no stop: not with the next tick only.
      followUps.tick(state.liveOrders().values(), step, now);
    }
  }

  private static void record(
      CallRecord call, String purpose, @Nullable UUID signalId, @Nullable UUID orderId, Step step) {
    step.record(CallFacts.called(call, purpose, signalId, orderId));
  }
}
