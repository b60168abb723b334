package dev.signaltoorder.trading;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An account core with a clock that is moved by hand; keeps every fact and every effect. */
final class CoreUnderTest {
  private final CorePolicy policy;
  private RuleSet rules;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<UUID, Effect.LookUp> questions = new HashMap<>();
  private AccountState state = new AccountState();
  private AccountCore core;
  private Instant now = Samples.NOW;
  private long ids;

  private CoreUnderTest(RuleSet rules, CorePolicy policy) {
    this.policy = policy;
    this.rules = rules;
    this.core = core(state);
    begin();
  }

  /** Serving, keys checked, balances known. */
  static CoreUnderTest serving() {
    return serving(Samples.ruleSet(Samples.generousRules("GTC")));
  }

  static CoreUnderTest serving(RuleSet rules) {
    return serving(rules, CorePolicy.standard());
  }

  static CoreUnderTest serving(RuleSet rules, CorePolicy policy) {
    CoreUnderTest test = new CoreUnderTest(rules, policy);
    test.keysChecked(false);
    test.tick();
    test.balances("1000000", "1");
    return test;
  }

  private AccountCore core(AccountState of) {
    return new AccountCore(of, new RiskEngine(), policy, this::id, now);
  }

  private void begin() {
    keep(core.begin(new Fact.LoopStarted(id(), 1, "paper", "test"), rules));
  }

  UUID id() {
    return new UUID(0x7000, ++ids);
  }

  private Step keep(Step step) {
    step.facts().forEach(recorded -> facts.add(recorded.fact()));
    effects.addAll(step.effects());
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.LookUp lookUp) {
        lookUp.orderIds().forEach(orderId -> questions.put(orderId, lookUp));
      }
    }
    return step;
  }

  Step step(Message message) {
    return keep(core.step(message, now));
  }

  /** As if an unsound program had written this. */
  void write(Fact fact) {
    state.apply(fact);
    facts.add(fact);
  }

  /** Two good answers close the breaker. */
  void krakenIsBack() {
    step(new Message.Followed(shown(Map.of()), 100));
    step(new Message.Followed(shown(Map.of()), 100));
  }

  AccountStatus status() {
    return core.status("main", 0);
  }

  @Nullable String blindness() {
    return core.blindness();
  }

  void journalHolds(long size) {
    core.journalHolds(size);
  }

  Step tick() {
    return step(new Message.Tick());
  }

  /** Time passes, with a tick at least every second. */
  void pass(Duration duration) {
    Instant until = now.plus(duration);
    while (now.isBefore(until)) {
      Instant next = now.plusSeconds(1);
      now = next.isBefore(until) ? next : until;
      tick();
    }
  }

  /** The clock is set, and nothing else happens. */
  void stepClock(Duration by) {
    now = now.plus(by);
  }

  Instant now() {
    return now;
  }

  Step keysChecked(boolean historyLimited) {
    return step(
        new Message.KeyCheckFinished(
            List.of(call("GetApiKeyInfo", Samples.reply("{\"error\":[]}"))),
            true,
            "abcdef012345",
            List.of(),
            List.of(),
            historyLimited));
  }

  /** Answers the last question for balances. */
  Step balances(String dollars, String bitcoins) {
    Effect.ReadBalances asked = last(Effect.ReadBalances.class);
    Map<String, AssetBalance> balances =
        Map.of(
            "ZUSD", new AssetBalance(new BigDecimal(dollars), BigDecimal.ZERO),
            "XXBT", new AssetBalance(new BigDecimal(bitcoins), BigDecimal.ZERO));
    return step(
        new Message.BalancesAnswered(asked.asOf(), success("BalanceEx", balances), Map.of()));
  }

  CallRecord call(String endpoint, CallOutcome outcome) {
    return Samples.call(id(), endpoint, now, outcome);
  }

  <T> Answer<T> success(String endpoint, T value) {
    return new Answer.Success<>(call(endpoint, Samples.reply("{\"error\":[]}")), value, List.of());
  }

  <T> Answer<T> failure(String endpoint) {
    return new Answer.Failure<>(call(endpoint, Samples.noReply()), "no answer", false);
  }

  MarketView freshMarket() {
    return Samples.market(Samples.BTC, now, id());
  }

  MarketView noPrice(PairRules pair) {
    return Samples.marketWithoutPrice(pair);
  }

  Signal signal(Action action) {
    boolean sized = action == Action.BUY || action == Action.SELL;
    return Samples.signal(action, "breakout", "BTC/USD", sized ? "50" : null, now);
  }

  /** A valid signal arrives while the market is known. */
  Step arrives(Action action) {
    return arrives("msg-" + (ids + 1), "body", signal(action), freshMarket());
  }

  Step arrives(String deliveryId, String body, Signal signal, MarketView market) {
    return step(
        new Message.SignalArrived(Samples.delivery(id(), deliveryId, body, now), signal, market));
  }

  Step addOrder(UUID orderId, AddOrderVerdict verdict) {
    CallOutcome outcome =
        switch (verdict) {
          case AddOrderVerdict.NotPlaced notPlaced when !notPlaced.sent() ->
              new CallOutcome.NotSent(CallOutcome.Cause.PERMIT_REFUSED, notPlaced.error());
          case AddOrderVerdict.MaybePlaced maybe -> Samples.noReply();
          default -> Samples.reply("{\"error\":[]}");
        };
    return step(new Message.AddOrderFinished(orderId, call("AddOrder", outcome), verdict));
  }

  Answer<QueriedOrders> shown(Map<String, OrderInfo> orders) {
    return success("QueryOrders", new QueriedOrders(orders, Map.of()));
  }

  Step followed(OrderInfo info) {
    return step(new Message.Followed(shown(Map.of(info.txid(), info)), 100));
  }

  /** Both lists came back, without the order. */
  Step looksUpNothing(UUID orderId) {
    Map<String, OrderInfo> nothing = Map.of();
    return lookedUp(
        orderId, success("OpenOrders", nothing), success("ClosedOrders", nothing), true);
  }

  Step lookUpFails(UUID orderId) {
    return lookedUp(orderId, failure("OpenOrders"), null, false);
  }

  Step looksUp(UUID orderId, OrderInfo info) {
    Map<String, OrderInfo> found = Map.of(info.txid(), info);
    return lookedUp(orderId, success("OpenOrders", found), success("ClosedOrders", Map.of()), true);
  }

  /** The last question about this order is answered: also about the others it named. */
  Step lookedUp(
      UUID orderId,
      Answer<Map<String, OrderInfo>> open,
      @Nullable Answer<Map<String, OrderInfo>> closed,
      boolean complete) {
    Effect.LookUp asked = questions.get(orderId);
    return step(
        new Message.LookedUp(
            asked == null ? 0 : asked.number(),
            asked == null ? List.of(orderId) : asked.orderIds(),
            new Findings(open, closed == null ? List.of() : List.of(closed), complete)));
  }

  /** A buy was approved, and sent. */
  UUID intended() {
    arrives(Action.BUY);
    return lastIntent().orderId();
  }

  /** A buy was sent and not answered. */
  UUID inDoubt() {
    UUID orderId = intended();
    addOrder(orderId, new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
    return orderId;
  }

  /** A buy is open at Kraken as OABC. */
  UUID open() {
    UUID orderId = intended();
    addOrder(orderId, new AddOrderVerdict.Placed("OABC"));
    return orderId;
  }

  /** The strategy holds 0.001 BTC. */
  void holding() {
    UUID orderId = open();
    followed(Samples.info("OABC", orderId.toString(), "closed", "0.00099980", "50010.0"));
  }

  /** The process dies; another one folds what was written and takes over. */
  void restart() {
    state = fold();
    core = core(state);
    begin();
  }

  /** As {@link #restart()}, with other rules in the configuration. */
  void restart(RuleSet configured) {
    rules = configured;
    restart();
  }

  /** The state as a rebuild from stored JSON makes it. */
  AccountState fold() {
    AccountState folded = new AccountState();
    FactCodec codec = new FactCodec();
    ObjectMapper json = new ObjectMapper();
    long seq = 0;
    for (Fact fact : facts) {
      folded.apply(IndependentChecker.reread(codec, json, seq++, fact));
    }
    return folded;
  }

  AccountState state() {
    return state;
  }

  /** The order if it is still alive. */
  @Nullable OrderState orderState(UUID orderId) {
    Order order = state.liveOrders().get(orderId);
    return order == null ? null : order.state();
  }

  List<Fact> facts() {
    return facts;
  }

  <F extends Fact> List<F> facts(Class<F> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <F extends Fact> F last(Class<F> kind, UUID orderId) {
    return facts(kind).stream()
        .filter(fact -> orderId.equals(fact.orderId()))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  Fact.OrderIntended lastIntent() {
    return facts(Fact.OrderIntended.class).getLast();
  }

  String lastOutcome() {
    return facts(Fact.SignalDecided.class).getLast().outcome();
  }

  <E extends Effect> List<E> effects(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <E extends Effect> E last(Class<E> kind) {
    return effects(kind).getLast();
  }

  void forgetEffects() {
    effects.clear();
  }

  static String kinds(Step step) {
    return step.facts().stream()
        .map(recorded -> FactCodec.kindOf(recorded.fact()))
        .collect(Collectors.joining(", "));
  }
}
