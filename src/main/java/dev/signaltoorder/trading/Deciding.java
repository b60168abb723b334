package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AskedSize;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalSize;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * From a taken signal to a decision, and to the intent of an order. A signal whose price or balance
 * is not at hand waits, for a bounded time; then it is judged with what there is, and the rules
 * refuse what they cannot see.
 */
final class Deciding {
  private static final Duration ASK_MARKET_EVERY = Duration.ofMillis(500);
  private static final Duration ASK_MARKET_WHILE_PARKED = Duration.ofSeconds(5);

  /** More undecided signals than this do not wait for anything: a limit on everything. */
  private static final int MOST_WAITING = 1_000;

  private final AccountState state;
  private final RiskEngine engine;
  private final CorePolicy policy;
  private final Supplier<UUID> ids;
  private final Instant startedAt;
  private final SteadyTime steady;
  private final Readings readings;
  private final ExchangeHealth health;
  private final YoungPrices prices;
  private final Set<UUID> parked = new LinkedHashSet<>();
  private final Map<UUID, Waiting> waiting = new LinkedHashMap<>();
  private final MarketReads marketReads = new MarketReads();
  private boolean leaving;

  /** Times are steady. */
  private record Waiting(MarketView market, Instant since, Instant askedAt) {}

  Deciding(
      AccountState state,
      RiskEngine engine,
      CorePolicy policy,
      Supplier<UUID> ids,
      Instant startedAt,
      SteadyTime steady,
      ExchangeHealth health,
      YoungPrices prices,
      Readings readings) {
    this.health = health;
    this.prices = prices;
    this.readings = readings;
    this.state = state;
    this.engine = engine;
    this.policy = policy;
    this.ids = ids;
    this.startedAt = startedAt;
    this.steady = steady;
  }

  /** Decides if everything needed is there or the time is up; otherwise lets the signal wait. */
  void consider(Fact.SignalReceived received, MarketView market, Step step, Instant now) {
    if (leaving) {
      return;
    }
    Waiting before = waiting.get(received.signalId());
    Instant steadyNow = steady.now();
    Instant since = before == null ? steadyNow : before.since();
    // By the clock, or, should that have been stepped back, by how long it has really waited.
    boolean timeIsUp =
        !now.isBefore(decideBy(received)) || !steadyNow.isBefore(since.plus(policy.decideWithin()));
    boolean tooMany = before == null && state.undecided().size() > MOST_WAITING;
    if (before == null && received.signal().action().isEntry()) {
      readings.age().entry(steadyNow);
    }
    boolean due = timeIsUp || tooMany || isReady(received.signal(), market, step, now);
    if (due && !parks(received, market, now, since)) {
      boolean waitedInVain = parked.remove(received.signalId()) && troubled(received, market, now);
      waiting.remove(received.signalId());
      decide(received, market, step, now, waitedInVain);
      return;
    }
    Duration pause = due ? ASK_MARKET_WHILE_PARKED : ASK_MARKET_EVERY;
    boolean ask = before == null || !steadyNow.isBefore(before.askedAt().plus(pause));
    if (ask) {
      step.effect(new Effect.WantMarket(received.signalId(), received.signal().pair()));
      for (String pair : unpriced(received.signal(), market, now)) {
        step.effect(new Effect.WantPrice(pair, LossWatch.LOOK_EVERY));
      }
    }
    Instant askedAt = ask ? steadyNow : Objects.requireNonNull(before).askedAt();
    waiting.put(received.signalId(), new Waiting(market, since, askedAt));
  }

  /** Kraken cannot take it now: it may wait, so long, so many; then it is judged anew. */
  private boolean parks(
      Fact.SignalReceived received, MarketView market, Instant now, Instant since) {
    Parking parking = policy.parking();
    UUID signalId = received.signalId();
    if (parking.most() == 0 || !troubled(received, market, now)) {
      return false;
    }
    Instant expiresAt = received.signal().expiresAt();
    boolean over =
        !steady.now().isBefore(since.plus(parking.within()))
            || !now.isBefore(received.receivedAt().plus(parking.within()))
            || (expiresAt != null && !now.isBefore(expiresAt));
    if (over || (!parked.contains(signalId) && parked.size() >= parking.most())) {
      return false;
    }
    parked.add(signalId);
    return true;
  }

  private boolean troubled(Fact.SignalReceived received, MarketView market, Instant now) {
    Signal signal = received.signal();
    boolean isFresh = MarketWatch.isFresh(state, policy, signal, market, now);
    return ExchangeTrouble.of(signal.action(), market, isFresh, health, steady.now()) != null;
  }

  /** Decides nothing any more: what is not decided yet is left to whoever leads next. */
  void leave() {
    leaving = true;
  }

  int parkedSignals() {
    return parked.size();
  }

  /** Looks at every waiting signal again, each with the youngest price that is known by now. */
  void tick(Step step, Instant now) {
    for (Fact.SignalReceived received : List.copyOf(state.undecided().values())) {
      Waiting known = waiting.get(received.signalId());
      MarketView market = known == null ? MarketView.UNKNOWN : prices.youngest(known.market(), now);
      consider(received, market, step, now);
    }
  }

  private Instant decideBy(Fact.SignalReceived received) {
    Instant from = received.receivedAt().isAfter(startedAt) ? received.receivedAt() : startedAt;
    Instant latest = from.plus(policy.decideWithin());
    Instant expiresAt = received.signal().expiresAt();
    return expiresAt != null && expiresAt.isBefore(latest) ? expiresAt : latest;
  }

  private boolean isReady(Signal signal, MarketView market, Step step, Instant now) {
    if (market.pair() == null) {
      return !market.retryable();
    }
    if (signal.action() == Action.CANCEL || signal.action() == Action.SHORT) {
      return true;
    }
    String quote = market.pair().quote();
    SignalSize size = signal.size();
    boolean equityKnown = state.holdings().equity(quote) != null;
    if (!equityKnown) {
      // Asked for even where this signal can do without: the limits of losses of the next cannot.
      readings.wantEquity(quote, steady.now());
    }
    boolean waitsForEquity = !equityKnown && size != null && size.needsEquity();
    // Exits wait for nothing but a price.
    boolean isEntry = signal.action().isEntry();
    boolean balancesTooOld = isEntry && readings.age().isTooOldToBegin(now, steady.now());
    if (balancesTooOld) {
      readings.wantBalances(step, steady.now());
    }
    return MarketWatch.isFresh(state, policy, signal, market, now)
        && state.holdings().known()
        && !balancesTooOld
        && !waitsForEquity
        && unpriced(signal, market, now).isEmpty()
        && state.keyCheck() != null;
  }

  /** What is held and must be valued before an entry can be judged by its limits of losses. */
  private List<String> unpriced(Signal signal, MarketView market, Instant now) {
    PairRules pair = market.pair();
    RuleSet rules = state.ruleBook().active();
    boolean needed = signal.action().isEntry() && rules != null && engine.limitsLosses(rules);
    return pair == null || !needed
        ? List.of()
        : prices.missing(state.track().results(), pair.quote(), pair.symbol(), now);
  }

  private void decide(
      Fact.SignalReceived received,
      MarketView market,
      Step step,
      Instant now,
      boolean waitedInVain) {
    RuleSet rules = Objects.requireNonNull(state.ruleBook().active(), "no rule set is active");
    RiskInput input = AccountViews.input(state, received, market, prices, now);
    if (received.signal().action().isEntry() && readings.age().isTooOld(now, steady.now())) {
      input = input.withAccount(input.account().withoutBalances());
    }
    List<Order> cancelable = cancelable(input);
    Decision decision = NothingToDo.decision(input, cancelable, rules);
    String outcome = decision == null || decision.reasons().isEmpty() ? "DONE" : "REJECTED";
    if (decision == null) {
      decision = ProtectionCheck.judged(state, engine.decide(input, rules), input);
      decision = ConditionCheck.judged(state, policy, decision, input);
      decision =
          ExchangeTrouble.judged(
              decision, received.signal().action(), market, health, steady.now());
      // The rules may approve a price that was too old to decide on at once: that is traded.
      outcome = waitedInVain && !decision.approved() ? "EXPIRED" : Outcomes.of(decision);
    }
    marketReads.record(market.calls(), step);
    step.record(
        new Fact.SignalDecided(
            received.signalId(), outcome, AccountViews.withoutApprovals(input), decision));
    Halts.askedFor(decision, state, step);
    if (!decision.approved()) {
      return;
    }
    if (received.signal().action() == Action.CANCEL) {
      cancel(received.signalId(), cancelable, step);
    } else {
      intend(received, input, decision, step, now);
    }
  }

  private List<Order> cancelable(RiskInput input) {
    PairRules pair = input.pair();
    if (pair == null || input.signal().action() != Action.CANCEL) {
      return List.of();
    }
    return state.liveOrders().values().stream()
        .filter(order -> order.intent().plan().pair().equals(pair.symbol()))
        .filter(order -> order.intent().strategy().equals(input.signal().strategy()))
        .filter(order -> order.intent().protective() == null)
        .toList();
  }

  private void cancel(UUID signalId, List<Order> orders, Step step) {
    step.record(new Fact.CancelWanted(signalId, orders.stream().map(Order::orderId).toList()));
    for (Order order : orders) {
      order.txid().ifPresent(txid -> step.effect(new Effect.Cancel(order.orderId(), txid)));
    }
  }

  private void intend(
      Fact.SignalReceived received, RiskInput input, Decision decision, Step step, Instant now) {
    OrderPlan plan = Objects.requireNonNull(decision.plan());
    PairRules pair = Objects.requireNonNull(input.pair());
    MarketSnapshot snapshot = Objects.requireNonNull(input.snapshot());
    UUID orderId = ids.get();
    // Milliseconds: the precision that goes on the wire; rounded down, so never later than
    // intended.
    Instant deadline = now.plus(policy.orderDeadline()).truncatedTo(ChronoUnit.MILLIS);
    OrderIntent intent =
        new OrderIntent(
            orderId.toString(),
            received.signal().strategy(),
            pair.altname(),
            pair.base(),
            pair.quote(),
            HeldSells.placeable(state, received.signal().strategy(), plan),
            now,
            deadline,
            state.mode().equals("validate"),
            snapshot.mid(),
            null,
            received.signal().source(),
            AskedSize.of(decision.sizing()));
    Fact.OrderIntended intended = new Fact.OrderIntended(orderId, received.signalId(), intent);
    step.record(intended);
    if (plan.side() == Side.BUY) {
      ProtectionFact.Wanted wanted = ProtectionCheck.wanted(orderId, received.signalId(), input);
      if (wanted != null) {
        step.record(wanted);
      }
    }
    // Neither the price nor the signal may be too old when the order is sent.
    Instant sendBefore = now.plus(policy.sendWithin());
    if (decision.sendBefore() != null && decision.sendBefore().isBefore(sendBefore)) {
      sendBefore = decision.sendBefore();
    }
    HeldSells.sendOrHold(state, intended, sendBefore, step);
  }
}
