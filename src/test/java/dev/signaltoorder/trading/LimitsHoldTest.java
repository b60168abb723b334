package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand signals, fills, refusals, doubts and halts in a random order through the account
 * core; a ledger of its own, made of the facts alone, checks every approved order against the
 * limits. A failure prints its seed: set it with -Dlimits.seed=...
 */
class LimitsHoldTest {
  private static final int ROUNDS = 10_000;

  @Test
  void allLimitsHoldUnderAnyInterleavingAndEveryDecisionCanBeMadeAgain() {
    long seed = Long.getLong("limits.seed", System.nanoTime());
    System.out.println("limits.seed=" + seed);
    Random random = new Random(seed);
    RuleSet rules = Samples.ruleSet(rules());
    CoreUnderTest core = CoreUnderTest.serving(rules);
    balances(core);
    LimitsLedger ledger = new LimitsLedger();

    for (int round = 0; round < ROUNDS; round++) {
      Step step = something(core, random);
      for (Recorded recorded : step.facts()) {
        ledger.see(recorded.fact(), "seed " + seed + ", round " + round);
      }
    }

    System.out.printf(
        "limits: %d approved, %d exits, %d halts, denied: %s%n",
        ledger.approved(), ledger.exits(), ledger.halts(), ledger.reasons());
    // Otherwise this would have shown nothing.
    assertThat(ledger.approved()).as("approved, seed %d", seed).isGreaterThan(300);
    assertThat(ledger.exits()).as("exits, seed %d", seed).isGreaterThan(5);
    assertThat(ledger.refused()).as("refused, seed %d", seed).isGreaterThan(500);
    assertThat(ledger.halts()).as("halts, seed %d", seed).isGreaterThan(20);
    assertThat(ledger.reasons())
        .as("reasons, seed %d", seed)
        .containsKeys(
            "open-orders",
            "position-limit",
            "daily-notional",
            "message-throttle",
            "pyramiding",
            "unknown-orders",
            "repeated-execution",
            "trading-state");
    assertEveryDecisionComesOutAgain(core, rules, seed);
  }

  /** From the facts as JSON, with the approvals that are facts of their own. */
  private static void assertEveryDecisionComesOutAgain(
      CoreUnderTest core, RuleSet rules, long seed) {
    FactCodec codec = new FactCodec();
    ObjectMapper json = new ObjectMapper();
    RiskEngine engine = new RiskEngine();
    Approvals approvals = new Approvals();
    int made = 0;
    long seq = 0;
    for (Fact fact : core.facts()) {
      Fact stored = IndependentChecker.reread(codec, json, seq++, fact);
      if (stored instanceof Fact.OrderIntended intended) {
        approvals.approved(intended.orderId(), intended.intent());
      } else if (stored instanceof Fact.SignalDecided decided
          && decided.decision().results().size() > 1) {
        Decision again = JudgedAgain.by(engine, rules, decided, approvals);
        assertThat(again).as("seed %d, fact %d", seed, seq).isEqualTo(decided.decision());
        made++;
      }
    }
    assertThat(made).isGreaterThan(1000);
  }

  private static SortedMap<String, SortedMap<String, String>> rules() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, "open-orders", "count", String.valueOf(LimitsLedger.OPEN_ORDERS));
    Samples.set(rules, "open-orders", "notional", LimitsLedger.OPEN_NOTIONAL.toPlainString());
    Samples.set(rules, "position-limit", "limit", LimitsLedger.POSITION.toPlainString());
    Samples.set(rules, "daily-notional", "limit", LimitsLedger.DAILY.toPlainString());
    Samples.set(rules, "daily-notional", "exempt-close", "off");
    Samples.set(rules, "message-throttle", "per-minute", String.valueOf(LimitsLedger.PER_MINUTE));
    Samples.set(rules, "pyramiding", "max-entries", String.valueOf(LimitsLedger.ENTRIES));
    Samples.set(rules, "unknown-orders", "count", String.valueOf(LimitsLedger.UNKNOWN));
    Samples.set(rules, "repeated-execution", "count", "9");
    return rules;
  }

  private static Step something(CoreUnderTest core, Random random) {
    core.stepClock(Duration.ofMillis(random.nextInt(8_000)));
    if (random.nextInt(100) == 0) {
      core.stepClock(Duration.ofMinutes(random.nextInt(180)));
    }
    List<Order> live = new ArrayList<>(core.state().liveOrders().values());
    int chance = random.nextInt(100);
    if (chance < 50) {
      return signal(core, random);
    }
    if (chance < 53) {
      String scope = List.of("ENTRIES", "ALL", "CANCEL_ALL").get(random.nextInt(3));
      return core.step(new Message.Halt(scope, "anna", "random"));
    }
    if (chance < 65) {
      return core.step(new Message.Resume("anna", "random"));
    }
    if (chance < 68 || live.isEmpty()) {
      return balances(core);
    }
    Order order = live.get(random.nextInt(live.size()));
    UUID id = order.orderId();
    return switch (order.state()) {
      case OrderState.Intended intended -> core.addOrder(id, verdict(id, random));
      case OrderState.Open open -> core.followed(LimitsLedger.more(order, open, random));
      case OrderState.InDoubt doubt ->
          core.looksUp(id, LimitsLedger.info(order, "T" + id, "open", "0"));
      default -> core.step(new Message.Settle(id, "", "anna", "looked"));
    };
  }

  /** There is plenty of everything: this is not about the free balance. */
  private static Step balances(CoreUnderTest core) {
    AssetBalance plenty = new AssetBalance(new BigDecimal("1000000"), BigDecimal.ZERO);
    return core.step(
        new Message.BalancesAnswered(
            core.state().factCount(),
            core.success("BalanceEx", Map.of("ZUSD", plenty, "XXBT", plenty, "XETH", plenty)),
            Map.of()));
  }

  private static AddOrderVerdict verdict(UUID id, Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> new AddOrderVerdict.NotPlaced("EOrder:No", true);
      case 1 -> new AddOrderVerdict.NotPlaced("halted", false);
      case 2, 3 -> new AddOrderVerdict.MaybePlaced("no answer");
      default -> new AddOrderVerdict.Placed("T" + id);
    };
  }

  private static Step signal(CoreUnderTest core, Random random) {
    boolean btc = random.nextBoolean();
    PairRules pair = btc ? Samples.BTC : Samples.ETH;
    int choice = random.nextInt(10);
    Action action = choice < 6 ? Action.BUY : choice < 8 ? Action.SELL : Action.CLOSE;
    String strategy = "strategy-" + random.nextInt(3);
    String quote = action == Action.CLOSE ? null : String.valueOf(10 + random.nextInt(100));
    Signal signal = Samples.signal(action, strategy, pair.symbol(), quote, core.now());
    UUID id = core.id();
    // What is held has a price: this is not about that.
    for (PairRules held : List.of(Samples.BTC, Samples.ETH)) {
      MarketView view = Samples.market(held, core.now(), core.id());
      core.step(new Message.PriceSeen(held.symbol(), view));
    }
    return core.arrives("msg-" + id, "body", signal, Samples.market(pair, core.now(), id));
  }

  /** Sells shrink, buys grow: what a ledger needs to know of a side. */
  static BigDecimal signed(Side side, BigDecimal volume) {
    return side == Side.BUY ? volume : volume.negate();
  }
}
