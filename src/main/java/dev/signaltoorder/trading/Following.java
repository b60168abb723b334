package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.OrderInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes back from Kraken: the outcome of the one AddOrder, the progress of open orders,
 * cancellations, balances.
 */
final class Following {
  private static final int MOST_TXIDS = 50;
  private static final Duration FIRST_FOLLOW = Duration.ofMillis(250);
  private static final Duration CANCEL_AGAIN_AFTER = Duration.ofSeconds(5);
  private static final Duration BALANCES_AFTER_FILL = Duration.ofSeconds(2);
  private static final Duration RETRY_BALANCES = Duration.ofSeconds(3);

  private final AccountState state;
  private final CorePolicy policy;
  private final Doubts doubts;
  private final Map<UUID, Instant> cancelAskedAt = new LinkedHashMap<>();
  private final Set<String> wantedQuoteAssets = new TreeSet<>();
  private Instant nextFollowAt = Instant.EPOCH;
  private Duration followPause = FIRST_FOLLOW;
  private boolean followInFlight;
  private int followedUpTo;
  private Instant nextBalancesAt = Instant.EPOCH;
  private boolean balancesInFlight;

  Following(AccountState state, CorePolicy policy) {
    this.state = state;
    this.policy = policy;
    this.doubts = new Doubts(state, policy);
  }

  void tick(Step step, Instant now) {
    doubts.tick(step, now);
    follow(step, now);
    cancelWhatIsWanted(step, now);
    finishCancels(step);
    if (!balancesInFlight && !now.isBefore(nextBalancesAt)) {
      balancesInFlight = true;
      Set<String> quoteAssets = new TreeSet<>(state.quoteAssets());
      quoteAssets.addAll(wantedQuoteAssets);
      step.effect(new Effect.ReadBalances(state.factCount(), quoteAssets));
    }
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
    nextFollowAt = now.plus(FIRST_FOLLOW);
  }

  private void follow(Step step, Instant now) {
    if (followInFlight || now.isBefore(nextFollowAt)) {
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
    followInFlight = true;
    step.effect(new Effect.Follow(asked));
  }

  void followed(Message.Followed message, Step step, Instant now) {
    followInFlight = false;
    Duration doubled = followPause.multipliedBy(2);
    followPause = doubled.compareTo(policy.followEvery()) < 0 ? doubled : policy.followEvery();
    nextFollowAt = now.plus(followPause);
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
    boolean less = seen.volume().compareTo(order.execution().volume()) < 0;
    if (less) {
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
    boolean ended = Set.of("closed", "canceled", "expired").contains(info.status());
    boolean more = seen.volume().compareTo(order.execution().volume()) > 0;
    if (ended) {
      step.record(
          new Fact.OrderEnded(
              order.orderId(), order.signalId(), seen, info.status(), info.reason(), callId));
      cancelAskedAt.remove(order.orderId());
    } else if (more) {
      step.record(new Fact.OrderProgressed(order.orderId(), order.signalId(), seen, callId));
    }
    if (ended || more) {
      Instant soon = now.plus(BALANCES_AFTER_FILL);
      nextBalancesAt = soon.isBefore(nextBalancesAt) ? soon : nextBalancesAt;
    }
  }

  /**
   * Cancels open orders that a CANCEL or a CANCEL_ALL halt is after, again if Kraken still shows
   * them.
   */
  private void cancelWhatIsWanted(Step step, Instant now) {
    Fact.TradingHalted halt = state.halt();
    boolean all = halt != null && halt.scope().equals("CANCEL_ALL");
    for (Order order : state.liveOrders().values()) {
      boolean wanted =
          all || state.cancels().values().stream().anyMatch(ids -> ids.contains(order.orderId()));
      Instant asked = cancelAskedAt.get(order.orderId());
      boolean due = asked == null || !now.isBefore(asked.plus(CANCEL_AGAIN_AFTER));
      if (wanted && due && order.state() instanceof OrderState.Open open) {
        cancelAskedAt.put(order.orderId(), now);
        step.effect(new Effect.Cancel(order.orderId(), open.txid()));
      }
    }
  }

  private void finishCancels(Step step) {
    List<UUID> done = new ArrayList<>();
    state
        .cancels()
        .forEach(
            (signalId, orders) -> {
              if (orders.isEmpty()) {
                done.add(signalId);
              }
            });
    done.forEach(signalId -> step.record(new Fact.CancelDone(signalId)));
  }

  void cancelFinished(Message.CancelFinished message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    UUID signalId = order == null ? null : order.signalId();
    record(message.answer().call(), "cancel", signalId, message.orderId(), step);
    // Whatever Kraken answered, the truth is in the order itself.
    followPause = FIRST_FOLLOW;
    nextFollowAt = now;
  }

  void balancesAnswered(Message.BalancesAnswered message, Step step, Instant now) {
    balancesInFlight = false;
    record(message.balances().call(), "balances", null, null, step);
    Map<String, BigDecimal> equity = new TreeMap<>();
    message
        .equity()
        .forEach(
            (asset, answer) -> {
              record(answer.call(), "equity", null, null, step);
              if (answer instanceof Answer.Success<BigDecimal> success) {
                equity.put(asset, success.value());
              }
            });
    if (message.balances() instanceof Answer.Success<Map<String, AssetBalance>> success) {
      step.record(new Fact.BalancesRead(message.asOf(), success.value(), equity));
      nextBalancesAt = now.plus(policy.balancesEvery());
    } else {
      nextBalancesAt = now.plus(RETRY_BALANCES);
    }
  }

  /** The equity in a quote asset is needed that was not read so far. */
  void wantEquity(String quoteAsset, Instant now) {
    if (wantedQuoteAssets.add(quoteAsset)) {
      nextBalancesAt = now;
    }
  }

  private static void record(
      CallRecord call, String purpose, @Nullable UUID signalId, @Nullable UUID orderId, Step step) {
    Recorded recorded = CallFacts.called(call, purpose, signalId, orderId);
    step.record(recorded.fact(), recorded.raw());
  }
}
