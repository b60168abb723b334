package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.risk.RuleSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one account: the fold of its facts. Mutable, owned by one thread. Signals
 * and orders leave it when they are final; what they did stays in positions and approvals.
 */
final class AccountState {
  private static final int REMEMBERED_DELIVERIES = 100_000;

  private final Map<UUID, Fact.SignalReceived> undecided = new LinkedHashMap<>();
  private final Map<UUID, Order> liveOrders = new LinkedHashMap<>();
  private final Map<UUID, Set<UUID>> cancels = new LinkedHashMap<>();
  private final Map<UUID, SignalSummary> summaries = new LinkedHashMap<>();
  private final Set<UUID> touched = new LinkedHashSet<>();
  private final Map<DeliveryKey, FirstDelivery> deliveries = new LinkedHashMap<>();
  private final Set<String> quoteAssets = new HashSet<>();
  private final Positions positions = new Positions();
  private final Approvals approvals = new Approvals();
  private final Holdings holdings = new Holdings();
  private final TrackRecord track = new TrackRecord();
  private @Nullable RuleSet ruleSet;
  private @Nullable RuleProposal proposal;
  private Fact.@Nullable TradingHalted halt;
  private Fact.@Nullable KeyChecked keyCheck;
  private String mode = "";
  private boolean armed;
  private long factCount;
  private long intents;
  private long ordersSent;

  private record DeliveryKey(String source, String deliveryId) {}

  /** The first delivery under a delivery id. */
  record FirstDelivery(UUID signalId, String bodySha256) {}

  /** Folds one more fact in. */
  void apply(Fact fact) {
    factCount++;
    track.apply(fact);
    switch (fact) {
      case Fact.LoopStarted started -> started(started);
      case Fact.SignalReceived received -> received(received);
      case Fact.SignalInvalid invalid -> invalid(invalid);
      case Fact.SignalDecided decided -> decided(decided);
      case Fact.CancelWanted wanted ->
          cancels.put(wanted.signalId(), new LinkedHashSet<>(wanted.orderIds()));
      case Fact.CancelDone done -> cancelDone(done);
      case Fact.OrderIntended intended -> intended(intended);
      case Fact.OrderPlaced placed -> orderChanged(placed.orderId(), placed);
      case Fact.OrderRefused refused -> orderChanged(refused.orderId(), refused);
      case Fact.OrderInDoubt doubt -> orderChanged(doubt.orderId(), doubt);
      case Fact.OrderNotPlaced notPlaced -> orderChanged(notPlaced.orderId(), notPlaced);
      case Fact.OrderQuarantined quarantined -> orderChanged(quarantined.orderId(), quarantined);
      case Fact.OrderProgressed progressed -> orderChanged(progressed.orderId(), progressed);
      case Fact.OrderEnded ended -> orderChanged(ended.orderId(), ended);
      case Fact.BalancesRead read -> holdings.read(read);
      case Fact.KeyChecked checked -> keyCheck = checked;
      case Fact.TradingHalted halted -> halt = halted;
      case Fact.TradingResumed resumed -> halt = null;
      case Fact.AccountArmed byOperator -> armed = true;
      case Fact.AccountDisarmed byOperator -> armed = false;
      case Fact.RulesActivated activated -> {
        ruleSet = activated.ruleSet();
        proposal = null;
      }
      case Fact.RulesProposed proposed -> proposal = proposed.proposal();
      case Fact.RulesProposalClosed closed -> proposal = null;
      case Fact.KrakenCalled called -> called(called);
      case Fact.DeliveryConflict conflict -> {}
      case Fact.MarketRead read -> {}
    }
  }

  private void started(Fact.LoopStarted started) {
    if (!started.mode().equals(mode)) {
      // Arming is for the mode it was given in: it never carries over into live.
      armed = false;
      mode = started.mode();
    }
    keyCheck = null;
  }

  private void received(Fact.SignalReceived fact) {
    undecided.put(fact.signalId(), fact);
    remember(
        fact.source(), fact.deliveryId(), new FirstDelivery(fact.signalId(), fact.bodySha256()));
    summarize(SummaryFold.received(fact));
  }

  private void invalid(Fact.SignalInvalid fact) {
    remember(
        fact.source(), fact.deliveryId(), new FirstDelivery(fact.signalId(), fact.bodySha256()));
    summarize(SummaryFold.invalid(fact));
  }

  private void decided(Fact.SignalDecided fact) {
    undecided.remove(fact.signalId());
    if (fact.input().pair() != null) {
      quoteAssets.add(fact.input().pair().quote());
    }
    summarize(SummaryFold.decided(summary(fact.signalId()), fact));
  }

  private void cancelDone(Fact.CancelDone done) {
    cancels.remove(done.signalId());
    summarize(SummaryFold.outcome(summary(done.signalId()), "CANCELED", null));
  }

  private void called(Fact.KrakenCalled fact) {
    if (fact.purpose().equals("add-order") && !fact.outcome().equals("NOT_SENT")) {
      ordersSent++;
    }
  }

  private void intended(Fact.OrderIntended fact) {
    intents++;
    approvals.approved(fact.orderId(), fact.intent());
    holdings.approved(fact.orderId(), fact.intent());
    moved(new Order(fact.orderId(), fact.signalId(), fact.intent(), new OrderState.Intended()));
  }

  private void orderChanged(UUID orderId, Fact fact) {
    Order before = order(orderId);
    Order after = before.with(OrderTransitions.after(before.state(), fact));
    if (fact instanceof Fact.OrderPlaced) {
      holdings.placed(orderId, factCount);
    }
    positions.filled(before.intent(), before.execution(), after.execution());
    track.orderChanged(before, after);
    moved(after);
  }

  private void moved(Order order) {
    if (order.state().isFinal()) {
      liveOrders.remove(order.orderId());
      if (!(order.state() instanceof OrderState.Ended)) {
        approvals.provedAbsent(order);
      }
      holdings.ended(order, factCount);
      cancels.values().forEach(orders -> orders.remove(order.orderId()));
    } else {
      liveOrders.put(order.orderId(), order);
    }
    summarize(SummaryFold.ordered(summary(order.signalId()), order));
  }

  private void remember(String source, String deliveryId, FirstDelivery first) {
    deliveries.putIfAbsent(new DeliveryKey(source, deliveryId), first);
    if (deliveries.size() > REMEMBERED_DELIVERIES) {
      deliveries.remove(deliveries.keySet().iterator().next());
    }
  }

  private void summarize(SignalSummary summary) {
    summaries.put(summary.signalId(), summary);
    touched.add(summary.signalId());
  }

  private SignalSummary summary(UUID signalId) {
    return Objects.requireNonNull(summaries.get(signalId), "no summary of signal " + signalId);
  }

  /**
   * The rows that changed since the last call; rows of finished signals are let go. A row that is
   * still PENDING is kept, whatever else is known: a replay may stop to take the rows between a
   * decision and the intent that follows from it.
   */
  Collection<SignalSummary> takeTouched() {
    Map<UUID, SignalSummary> changed = new TreeMap<>();
    Set<UUID> alive = new HashSet<>();
    liveOrders.values().forEach(order -> alive.add(order.signalId()));
    for (UUID signalId : touched) {
      SignalSummary row = summary(signalId);
      changed.put(signalId, row);
      if (!row.outcome().equals("PENDING") && !alive.contains(signalId)) {
        summaries.remove(signalId);
      }
    }
    touched.clear();
    return changed.values();
  }

  Order order(UUID orderId) {
    return Objects.requireNonNull(liveOrders.get(orderId), "no live order " + orderId);
  }

  Map<UUID, Order> liveOrders() {
    return liveOrders;
  }

  Map<UUID, Fact.SignalReceived> undecided() {
    return undecided;
  }

  Map<UUID, Set<UUID>> cancels() {
    return cancels;
  }

  /** The first delivery under this id, if it is recent; older ones are in the inbox table. */
  @Nullable FirstDelivery firstDelivery(String source, String deliveryId) {
    return deliveries.get(new DeliveryKey(source, deliveryId));
  }

  List<Order> ordersOf(String pair, String strategy) {
    return liveOrders.values().stream()
        .filter(order -> order.intent().plan().pair().equals(pair))
        .filter(order -> order.intent().strategy().equals(strategy))
        .toList();
  }

  Set<String> quoteAssets() {
    return quoteAssets;
  }

  Positions positions() {
    return positions;
  }

  Approvals approvals() {
    return approvals;
  }

  Holdings holdings() {
    return holdings;
  }

  TrackRecord track() {
    return track;
  }

  @Nullable RuleSet ruleSet() {
    return ruleSet;
  }

  /** Rules that wait for a second operator. */
  @Nullable RuleProposal proposal() {
    return proposal;
  }

  Fact.@Nullable TradingHalted halt() {
    return halt;
  }

  Fact.@Nullable KeyChecked keyCheck() {
    return keyCheck;
  }

  boolean armed() {
    return armed;
  }

  String mode() {
    return mode;
  }

  long factCount() {
    return factCount;
  }

  long intents() {
    return intents;
  }

  long ordersSent() {
    return ordersSent;
  }
}
