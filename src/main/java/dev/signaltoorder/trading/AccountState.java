package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SignalSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one account: the fold of its facts. Mutable, owned by one thread. Signals
 * and orders leave it when they are final; what they did stays in positions and approvals.
 */
final class AccountState {
  private final Map<UUID, Fact.SignalReceived> undecided = new LinkedHashMap<>();
  private final Map<UUID, Order> liveOrders = new LinkedHashMap<>();
  private final Map<UUID, Set<UUID>> cancels = new LinkedHashMap<>();
  private final Summaries summaries = new Summaries();
  private final Deliveries deliveries = new Deliveries();
  private final Set<String> quoteAssets = new HashSet<>();
  private final Positions positions = new Positions();
  private final Approvals approvals = new Approvals();
  private final Holdings holdings = new Holdings();
  private final FeeTiers fees = new FeeTiers();
  private final Searches searches = new Searches();
  private final Tallies tallies = new Tallies();
  private final Protections protections = new Protections();
  private final Conditions conditions = new Conditions();
  private final TrackRecord track = new TrackRecord();
  private final RuleBook ruleBook = new RuleBook();
  private final WaitingActs waitingActs = new WaitingActs();
  private Fact.@Nullable TradingHalted halt;
  private Fact.@Nullable KeyChecked keyCheck;
  private String mode = "";
  private boolean armed;
  private Fact.@Nullable AccountLockedOut lockout;
  private long factCount;

  AccountState() {}

  /** As it was when the image was made. */
  AccountState(StateImage image) {
    image.undecided().forEach(fact -> undecided.put(fact.signalId(), fact));
    image.liveOrders().forEach(order -> liveOrders.put(order.orderId(), order));
    image.cancels().forEach((id, orders) -> cancels.put(id, new LinkedHashSet<>(orders)));
    summaries.restore(image.summaries());
    deliveries.restore(image.deliveries());
    quoteAssets.addAll(image.quoteAssets());
    positions.restore(image.positions());
    approvals.restore(image.approvals());
    holdings.restore(image.holdings());
    fees.restore(image.fees());
    searches.restore(image.searches());
    tallies.restore(image.tallies());
    protections.restore(image.protections());
    conditions.restore(image.conditions());
    track.restore(image.track());
    ruleBook.restore(image.ruleBook());
    waitingActs.restore(image.waitingActs());
    halt = image.halt();
    keyCheck = image.keyCheck();
    mode = image.mode();
    armed = image.armed();
    lockout = image.lockout();
    factCount = image.factCount();
  }

  /** Folds one more fact in. */
  void apply(Fact fact) {
    factCount++;
    track.apply(fact);
    waitingActs.apply(fact);
    switch (fact) {
      case Fact.LoopStarted started -> started(started);
      case Fact.SignalReceived received -> received(received);
      case Fact.SignalInvalid invalid -> invalid(invalid);
      case Fact.SignalDecided decided -> decided(decided);
      case Fact.CancelWanted wanted ->
          cancels.put(wanted.signalId(), new LinkedHashSet<>(wanted.orderIds()));
      case Fact.CancelDone done -> cancelDone(done);
      case Fact.OrderIntended intended -> OrderFold.intended(this, intended);
      case Fact.OrderPlaced placed -> OrderFold.changed(this, placed.orderId(), placed);
      case Fact.OrderRefused refused -> OrderFold.changed(this, refused.orderId(), refused);
      case Fact.OrderInDoubt doubt -> OrderFold.changed(this, doubt.orderId(), doubt);
      case Fact.OrderNotPlaced notPlaced -> OrderFold.changed(this, notPlaced.orderId(), notPlaced);
      case Fact.OrderQuarantined quarantined ->
          OrderFold.changed(this, quarantined.orderId(), quarantined);
      case Fact.OrderProgressed progressed ->
          OrderFold.changed(this, progressed.orderId(), progressed);
      case Fact.OrderEnded ended -> OrderFold.changed(this, ended.orderId(), ended);
      case Fact.BalancesRead read -> holdings.read(read);
      case Fact.FeesRead read -> fees.read(read);
      case Fact.KeyChecked checked -> keyCheck = checked;
      case Fact.TradingHalted halted -> halt = halted;
      case Fact.TradingResumed resumed -> {
        halt = null;
        tallies.resumed(resumed);
      }
      case Fact.AccountArmed byOperator -> armed = true;
      case Fact.AccountDisarmed byOperator -> armed = false;
      case Fact.RulesActivated activated -> ruleBook.activated(activated);
      case Fact.RulesProposed proposed -> ruleBook.proposed(proposed);
      case Fact.RulesProposalClosed closed -> ruleBook.closed();
      case ConductFact.ConditionChanged changed -> conditions.changed(changed);
      case ConductFact conduct -> ruleBook.conduct(conduct);
      case Fact.KrakenCalled called -> called(called);
      case Fact.OrderStillAbsent absent -> OrderFold.stillAbsent(this, absent);
      case ProtectionFact protection -> OrderFold.protection(this, protection);
      case Fact.InvariantViolated violated -> tallies.violated(violated);
      case Fact.AccountLockedOut locked -> lockout = locked;
      case Fact.DeliveryConflict conflict -> {}
      case Fact.MarketRead read -> {}
      case Fact.StateSaved saved -> {}
      case Fact.DrillSet drill -> {}
      case Fact.KeysRotated rotated -> {}
      case Fact.KeysNotRotated kept -> {}
      case Fact.CheckpointKeyReplaced replaced -> {}
      case Fact.SecretsReplaced replaced -> {}
    }
  }

  /** Folds in one of {@link FactCodec#STATELESS}. */
  void passOver() {
    factCount++;
  }

  private void started(Fact.LoopStarted started) {
    if (!started.mode().equals(mode)) {
      // Arming is for the mode it was given in: it never carries over into live.
      armed = false;
      mode = started.mode();
    }
    keyCheck = null;
    searches.started(liveOrders.values());
  }

  private void received(Fact.SignalReceived fact) {
    undecided.put(fact.signalId(), fact);
    remember(fact.source(), fact.deliveryId(), fact.signalId(), fact.bodySha256());
    summaries.put(SummaryFold.received(fact));
  }

  private void invalid(Fact.SignalInvalid fact) {
    remember(fact.source(), fact.deliveryId(), fact.signalId(), fact.bodySha256());
    summaries.put(SummaryFold.invalid(fact));
  }

  private void decided(Fact.SignalDecided fact) {
    if (undecided.remove(fact.signalId()) == null) {
      tallies.decidedUnasked(fact.signalId());
    }
    if (fact.input().pair() != null) {
      quoteAssets.add(fact.input().pair().quote());
      fees.decided(fact.input().pair());
    }
    summaries.put(SummaryFold.decided(summaries.of(fact.signalId()), fact));
  }

  private void cancelDone(Fact.CancelDone done) {
    cancels.remove(done.signalId());
    summaries.put(SummaryFold.outcome(summaries.of(done.signalId()), "CANCELED", null));
  }

  private void called(Fact.KrakenCalled fact) {
    if (fact.purpose().equals("add-order") && !fact.outcome().equals("NOT_SENT")) {
      tallies.sent(fact);
    }
    searches.called(fact, liveOrders);
  }

  private void remember(String source, String deliveryId, UUID signalId, String bodySha256) {
    if (!deliveries.take(source, deliveryId, new Deliveries.First(signalId, bodySha256))) {
      tallies.takenTwice(source, deliveryId, signalId);
    }
  }

  /** The rows that changed since the last call. */
  Collection<SignalSummary> takeTouched() {
    List<Order> orders = new ArrayList<>(liveOrders.values());
    searches.watched().values().forEach(watched -> orders.add(watched.order()));
    Set<UUID> alive = new HashSet<>();
    orders.removeIf(order -> order.intent().protective() != null);
    orders.forEach(order -> alive.add(order.signalId()));
    return summaries.takeTouched(alive);
  }

  Summaries summaries() {
    return summaries;
  }

  Deliveries deliveries() {
    return deliveries;
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

  FeeTiers fees() {
    return fees;
  }

  TrackRecord track() {
    return track;
  }

  Conditions conditions() {
    return conditions;
  }

  RuleBook ruleBook() {
    return ruleBook;
  }

  WaitingActs waitingActs() {
    return waitingActs;
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

  Searches searches() {
    return searches;
  }

  Tallies tallies() {
    return tallies;
  }

  Protections protections() {
    return protections;
  }

  /** The last lockout that Kraken spoke of, over or not. */
  Fact.@Nullable AccountLockedOut lockout() {
    return lockout;
  }
}
