package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of the simulated world: two machines that want the account, one journal, one exchange,
 * senders, an operator, and everything that can go wrong between them. Then nothing goes wrong any
 * more, everything has to settle, and {@link IndependentChecker} looks at what was left behind.
 */
final class Simulation {
  private static final long ACTIVE_SECONDS = 75;
  private static final long SETTLED_WITHIN_SECONDS = 150 * 60;

  /** Most calls, one after the other, while a part lies without a stop (docs/positions.md). */
  private static final Map<UnprotectedSpans.After, Integer> PROMISED =
      Map.of(UnprotectedSpans.After.REDUCED, 2, UnprotectedSpans.After.REMOVED, 2);

  private static final Rules IOC = new Rules("IOC", false);
  private static final Rules GTC = new Rules("GTC", false);
  private static final Rules ANXIOUS_IOC = new Rules("IOC", true);
  private static final Rules ANXIOUS_GTC = new Rules("GTC", true);

  private final World world;
  private final Set<Breakage> broken;
  private final SimulatedJournal journal;
  private final SimulatedExchange exchange;
  private final List<SimulatedHost> hosts;
  private final SimulatedSenders senders;
  private final SimulatedOperator operator;
  private final boolean calm;
  private List<UnprotectedSpans.Span> unprotected = List.of();
  private boolean clockStepped;
  private boolean lookUpsDown;
  private boolean historyLimited;
  private boolean operatorErred;

  private static final class Rules {
    final RuleSet ruleSet;
    final ThreadLocal<RiskEngine> engine = ThreadLocal.withInitial(RiskEngine::new);

    Rules(String timeInForce, boolean anxious) {
      SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules(timeInForce);
      if (anxious) {
        Samples.set(rules, "daily-loss", "limit.USD", "0.25");
        Samples.set(rules, "drawdown", "limit.USD", "0.5");
        Samples.set(rules, "drawdown", "halt", "CANCEL_ALL");
      } else {
        // Prices are not asked for on its account: these lives are what they were before.
        Samples.set(rules, "daily-loss", "halt", "no");
        Samples.set(rules, "drawdown", "halt", "no");
      }
      ruleSet = Samples.ruleSet(rules);
    }

    /** Losses halt early in every eighth life, except calm ones; costs no chance. */
    static Rules of(boolean ioc, long seed, boolean calm) {
      boolean anxious = seed % 8 == 5 && !calm;
      return ioc ? (anxious ? ANXIOUS_IOC : IOC) : (anxious ? ANXIOUS_GTC : GTC);
    }
  }

  /**
   * What came of a run.
   *
   * @param violations of the rules that may never break; empty when all is well
   * @param happened outcomes of signals, and other things worth counting
   * @param unprotected where positions lay without a stop; empty if nothing was checked
   */
  record Result(
      List<String> violations,
      SortedMap<String, Integer> happened,
      List<UnprotectedSpans.Span> unprotected,
      List<String> trace) {}

  private Simulation(long seed, Set<Breakage> broken, boolean tracing, boolean calm) {
    this.calm = calm;
    this.world = new World(seed, tracing, calm);
    this.broken = broken;
    this.journal = new SimulatedJournal(world, broken);
    this.exchange = new SimulatedExchange(world, broken);
    Rules rules = Rules.of(world.chance(0.5), seed, calm);
    Parking parking = world.chance(0.5) ? Parking.NONE : new Parking(3, Duration.ofSeconds(40));
    SimulatedHost.Equipment equipment =
        new SimulatedHost.Equipment(
            world,
            broken,
            journal,
            exchange,
            rules.engine.get(),
            rules.ruleSet,
            policy(broken, parking).with(protection(world)).with(conditions(seed)));
    this.hosts = List.of(new SimulatedHost("one", equipment), new SimulatedHost("two", equipment));
    this.senders = new SimulatedSenders(world, hosts, exchange.book());
    this.operator = new SimulatedOperator(world, hosts);
  }

  private static CorePolicy policy(Set<Breakage> broken, Parking parking) {
    CorePolicy standard = CorePolicy.standard();
    boolean hasty = broken.contains(Breakage.BELIEVE_ONE_EMPTY_READ);
    return new CorePolicy(
        standard.orderDeadline(),
        standard.sendWithin(),
        standard.decideWithin(),
        standard.freshFor(),
        standard.lookUpEvery(),
        hasty ? Duration.ofMinutes(-1) : standard.silenceFinalAfter(),
        hasty ? 1 : standard.agreeingLookUps(),
        standard.quarantineAfter(),
        standard.followEvery(),
        standard.balancesEvery(),
        broken.contains(Breakage.BELIEVE_SILENCE_FOR_EVER)
            ? List.of(Duration.ofMillis(1))
            : standard.watchAfter(),
        parking);
  }

  /** In every third life; costs no chance, so that the other lives stay as they are. */
  private static ConditionPolicy conditions(long seed) {
    return seed % 3 != 0
        ? ConditionPolicy.OFF
        : new ConditionPolicy(
            null,
            Map.of("USD", BigDecimal.valueOf(1_000)),
            BigDecimal.ONE,
            Duration.ofSeconds(5),
            BigDecimal.ONE,
            seed % 2 == 0,
            Duration.ofSeconds(1));
  }

  private static ProtectionPolicy protection(World world) {
    return new ProtectionPolicy(
        world.chance(0.5),
        3,
        world.chance(0.3) ? BigDecimal.ONE : null,
        world.chance(0.3) ? BigDecimal.valueOf(2) : null);
  }

  /** Up and down, now and then a jump; nothing moves once the world is healed. */
  private void planPrices(String altname) {
    world.inMillis(
        world.between(1_000, 6_000),
        () -> {
          if (!world.healed()) {
            int most = world.chance(0.1) ? 70 : 12;
            exchange.book().move(altname, (int) world.between(-most, most));
            planPrices(altname);
          }
        });
  }

  static Result run(long seed, Set<Breakage> broken, boolean tracing) {
    return run(seed, broken, tracing, false);
  }

  /** {@code calm}: nothing fails, nobody halts; and no position is without a stop for long. */
  static Result run(long seed, Set<Breakage> broken, boolean tracing, boolean calm) {
    Simulation simulation = new Simulation(seed, broken, tracing, calm);
    List<String> violations = new ArrayList<>();
    try {
      violations.addAll(simulation.play(seed));
    } catch (RuntimeException e) {
      violations.add("an exception: " + e);
      simulation.world.note(() -> "EXCEPTION " + e + " " + List.of(e.getStackTrace()));
    }
    return new Result(
        violations, simulation.happened(), simulation.unprotected, simulation.world.trace());
  }

  /** The facts of one life, in order. */
  static List<Fact> history(long seed) {
    Simulation simulation = new Simulation(seed, Set.of(), false, false);
    simulation.play(seed);
    return SimulatedHost.facts(simulation.journal);
  }

  private SortedMap<String, Integer> happened() {
    SortedMap<String, Integer> count = new TreeMap<>();
    count.merge("orders at the exchange", exchange.book().orders().size(), Integer::sum);
    if (exchange.book().amendedBelowSold()) {
      count.merge("a stop amended below what it had sold", 1, Integer::sum);
    }
    journal.summaries().values().forEach(row -> count.merge(row.outcome(), 1, Integer::sum));
    for (SimulatedJournal.Committed committed : journal.facts()) {
      switch (committed.fact()) {
        case Fact.LoopStarted started -> count.merge("terms", 1, Integer::sum);
        case Fact.OrderPlaced placed -> count.merge("placed: " + placed.how(), 1, Integer::sum);
        case Fact.OrderInDoubt doubt -> count.merge("in doubt", 1, Integer::sum);
        case Fact.OrderQuarantined quarantined -> count.merge("quarantined", 1, Integer::sum);
        case Fact.OrderNotPlaced notPlaced when notPlaced.proof().contains("look-ups") ->
            count.merge("absent by look-ups", 1, Integer::sum);
        case Fact.AccountLockedOut locked -> count.merge("locked out", 1, Integer::sum);
        case Fact.SignalDecided decided ->
            decided.decision().reasons().stream()
                .filter(reason -> reason.startsWith("exchange-") || reason.startsWith("market-"))
                .forEach(reason -> count.merge(reason, 1, Integer::sum));
        case Fact.InvariantViolated violated ->
            count.merge("violated: " + violated.kind(), 1, Integer::sum);
        case Fact.OrderIntended intended when intended.intent().protective() != null ->
            count.merge("intended: " + intended.intent().protective().role(), 1, Integer::sum);
        case ConductFact.ConditionChanged changed ->
            count.merge("market: " + changed.to(), 1, Integer::sum);
        case ConductFact.LossLimitCrossed crossed ->
            count.merge("crossed: " + crossed.rule(), 1, Integer::sum);
        case ProtectionFact protection ->
            count.merge(FactCodec.kindOf(protection), 1, Integer::sum);
        case Fact.DeliveryConflict conflict -> count.merge("conflicts", 1, Integer::sum);
        default -> {}
      }
    }
    return count;
  }

  private List<String> play(long seed) {
    hosts.forEach(SimulatedHost::start);
    senders.plan((int) world.between(3, 12), (ACTIVE_SECONDS - 15) * 1_000);
    operator.plan(calm ? 0 : (int) world.between(0, 2), (ACTIVE_SECONDS - 10) * 1_000);
    planFaults();
    planPrices("XBTUSD");
    planPrices("ETHUSD");
    world.runUntil(ACTIVE_SECONDS);
    world.heal();
    hosts.forEach(host -> host.stepClock(0));
    if (!lookUpsDown) {
      operator.resume();
    }
    if (!settle()) {
      return List.of("it does not settle: " + unsettled());
    }
    if (lookUpsDown) {
      exchange.lookUpsDown(world.chance(0.5));
      operator.resume();
      world.runUntil(world.second() + 60);
    }
    List<String> violations = new ArrayList<>();
    // Not where look-ups are blind to the end: such an error cannot be noticed (docs/proof.md).
    boolean wrongly = world.chance(0.3) && !historyLimited && !exchange.lookUpsAreDown();
    for (int round = 0; round == 0 || anyQuarantined(); round++) {
      // Half an hour, as long as an order can be invisible, is six quarantines of five minutes.
      if (round == 8) {
        return List.of("it does not settle for good: " + unsettled());
      }
      settleQuarantined(violations, wrongly && round == 0);
      world.runUntil(world.second() + (broken.isEmpty() ? 120 : 600));
      if (!settle()) {
        return List.of("it does not settle a second time: " + unsettled());
      }
    }
    SimulatedTerm leader = leader();
    if (leader == null) {
      return List.of("nobody serves in the end");
    }
    IndependentChecker checker =
        new IndependentChecker(
            journal,
            exchange,
            senders.sent(),
            operator.said(),
            leader.state(),
            operatorErred,
            seed % 20 == 0);
    violations.addAll(checker.violations());
    if (calm) {
      unprotected = checker.unprotected();
      unprotected.stream()
          .filter(span -> span.calls() > PROMISED.getOrDefault(span.after(), Integer.MAX_VALUE))
          .forEach(span -> violations.add("without a stop for too long: " + span));
    }
    return violations;
  }

  private void planFaults() {
    for (int i = 0; i < 3; i++) {
      SimulatedHost host = hosts.get(i % 2);
      if (world.fault(0.3)) {
        long stall = world.between(500, 20_000);
        world.inMillis(world.between(2_000, 60_000), () -> host.stall(stall));
      }
    }
    if (world.fault(0.2)) {
      long away = world.between(300, 8_000);
      world.inMillis(world.between(2_000, 60_000), () -> journal.goAway(away));
    }
    if (world.fault(0.15)) {
      clockStepped = true;
      SimulatedHost host = hosts.get((int) world.between(0, 1));
      long seconds = world.chance(0.5) ? 3_600 : -3_600;
      long at = world.between(2_000, 60_000);
      world.inMillis(at, () -> host.stepClock(seconds));
      if (world.chance(0.7)) {
        world.inMillis(at + world.between(500, 30_000), () -> host.stepClock(0));
      }
    }
    if (world.fault(0.08)) {
      long away = world.between(5_000, world.chance(0.3) ? 1_500_000 : 90_000);
      world.inMillis(world.between(2_000, 60_000), () -> exchange.goAway(away));
    }
    if (world.fault(0.08)) {
      String status = world.chance(0.5) ? "maintenance" : "cancel_only";
      long from = world.between(2_000, 60_000);
      world.inMillis(from, () -> exchange.status(status));
      world.inMillis(from + world.between(5_000, 300_000), () -> exchange.status("online"));
    }
    if (world.fault(0.04)) {
      world.inMillis(world.between(2_000, 60_000), exchange::lockOut);
    }
    if (world.fault(0.03)) {
      lookUpsDown = true;
      exchange.lookUpsDown(true);
    }
    if (world.fault(0.03)) {
      historyLimited = true;
      exchange.historyLimited();
    }
  }

  /** Runs on until nothing is under way any more; false when that takes too long. */
  private boolean settle() {
    long until = world.second() + SETTLED_WITHIN_SECONDS;
    while (world.second() < until) {
      world.runUntil(world.second() + 10);
      if (unsettled().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private List<String> unsettled() {
    List<String> open = new ArrayList<>();
    SimulatedTerm leader = leader();
    if (leader == null) {
      return List.of("nobody serves");
    }
    AccountState state = leader.state();
    boolean quarantined = !quarantined().isEmpty();
    for (Order order : state.liveOrders().values()) {
      boolean rests =
          order.intent().stops()
              && order.state() instanceof OrderState.Open
              && order.execution().isEmpty();
      rests = rests && exchange.book().rests(order);
      if (!(order.state() instanceof OrderState.Quarantined) && !rests) {
        open.add("order " + order.orderId() + " is " + order.state());
      }
    }
    Fact.TradingHalted halt = state.halt();
    boolean halted = halt != null && !halt.scope().equals("ENTRIES");
    for (ProtectionStatus each : ProtectionStatus.of(state)) {
      boolean unfit = Set.of("CHANGING", "IMPOSSIBLE").contains(each.state());
      if (unfit && !halted && !quarantined && !operatorErred) {
        open.add("protection: " + each);
      }
    }
    for (Guard guard : state.protections().guards()) {
      Coverage coverage = Coverage.of(state, guard.symbol(), guard.strategy());
      boolean over = Coverage.isTooSmall(coverage.position(), guard.pair(), guard.stop());
      if (coverage.idle() && over) {
        open.add("a guard is over: " + guard);
      }
    }
    state.undecided().keySet().forEach(id -> open.add("signal " + id + " is undecided"));
    if (!quarantined) {
      state.cancels().keySet().forEach(id -> open.add("signal " + id + " waits for its cancels"));
    }
    if (!senders.allSettled()) {
      open.add("a sender is not acknowledged");
    }
    if (!operator.idle()) {
      open.add("an operator is not answered");
    }
    if (!journal.handedOver().isEmpty()) {
      open.add("deliveries wait for the leader");
    }
    if (!leader.mailboxIsEmpty()) {
      open.add("messages wait");
    }
    boolean mayAppear =
        !exchange.lookUpsAreDown() && (operatorErred || exchange.book().hidOneForLong());
    if (mayAppear && !state.searches().watched().isEmpty()) {
      open.add("orders that are presumed absent are watched");
    }
    if (!quarantined && exchange.book().anyOpen()) {
      open.add("an order is open at the exchange");
    }
    return open;
  }

  /** Quarantine is for what could not be known: then a person looks, and says what is there. */
  private void settleQuarantined(List<String> violations, boolean wrongly) {
    for (Order order : quarantined()) {
      boolean reason =
          clockStepped
              || historyLimited
              || operatorErred
              || exchange.lookUpsWereDown()
              || exchange.book().hidOneForLong();
      if (!reason) {
        violations.add("order " + order.orderId() + " is quarantined, though look-ups worked");
      }
      operatorErred |= wrongly;
      operator.settle(order, exchange.book(), wrongly);
    }
  }

  private List<Order> quarantined() {
    SimulatedTerm leader = leader();
    return leader == null
        ? List.of()
        : leader.state().liveOrders().values().stream()
            .filter(order -> order.state() instanceof OrderState.Quarantined)
            .toList();
  }

  private boolean anyQuarantined() {
    return !quarantined().isEmpty();
  }

  private @Nullable SimulatedTerm leader() {
    SimulatedTerm leader = null;
    for (SimulatedHost host : hosts) {
      leader = host.serving() == null ? leader : host.serving();
    }
    return leader;
  }

  static String shortId(AddOrderRequest request) {
    return request.side() + " " + request.clientOrderId().substring(0, 8);
  }

  static String shortly(Fact fact) {
    String text = fact.toString();
    return text.length() > 260 ? text.substring(0, 260) + "..." : text;
  }
}
