package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every input. A failure prints its seed: set it with -Drisk.seed=... */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RiskPropertiesTest {

  /** Of every number of every rule. */
  private static final int ROUNDS_EACH = 800;

  private static final int ROUNDS_MOST = 50_000;

  private long seed;
  private Random random;
  private RandomScenarios scenarios;

  @BeforeEach
  void chooseSeed() {
    seed = Long.getLong("risk.seed", System.nanoTime());
    random = new Random(seed);
    scenarios = new RandomScenarios(random);
    System.out.println("risk.seed=" + seed);
  }

  @Test
  void tighteningAnyNumberNeverApprovesMore() {
    Map<String, Integer> approved = new TreeMap<>();
    Map<String, Integer> refusedByTightening = new TreeMap<>();
    for (RuleDescription rule : RuleCatalog.rules()) {
      for (ParameterDescription parameter : numbers(rule)) {
        for (int i = 0; goesOn(i, refusedByTightening.getOrDefault(rule.code(), 0)); i++) {
          RiskScenario scenario = scenarios.plausible();
          String name = nameOf(parameter);
          BigDecimal old = given(scenario, rule, parameter, name);
          Decision before = scenario.judge();
          BigDecimal tight = tighter(parameter.type(), old);
          scenario.rule(rule.code(), name, tight.toPlainString());

          Decision after = scenario.judge();

          String change = rule.code() + "." + name + " " + old + " to " + tight;
          assertThat(before.approved() || !after.approved())
              .as("seed %d, round %d, %s: %s", seed, i, change, before.reasons())
              .isTrue();
          approved.merge(rule.code(), before.approved() ? 1 : 0, Integer::sum);
          boolean byIt = before.approved() && after.reasons().contains(rule.code());
          refusedByTightening.merge(rule.code(), byIt ? 1 : 0, Integer::sum);
        }
      }
    }
    System.out.println("tightened: approved " + approved + ", refused " + refusedByTightening);
    // Otherwise this test would have shown nothing of that rule.
    assertThat(approved.values()).as("approved, seed %d", seed).allMatch(count -> count > 20);
    assertThat(refusedByTightening.values()).as("refused, seed %d", seed).allMatch(n -> n > 0);
  }

  /** Until the rule has refused something, too: a rare case must not be missed by chance. */
  private static boolean goesOn(int round, int refused) {
    return round < ROUNDS_EACH || (refused == 0 && round < ROUNDS_MOST);
  }

  @Test
  void aVolumeIsNeverMoreThanWasAskedFor() {
    int planned = 0;
    for (int i = 0; i < 20_000; i++) {
      RiskScenario scenario = scenarios.plausible();

      Decision decision = scenario.judge();

      if (decision.plan() != null) {
        planned++;
        assertThat(spent(decision))
            .as("seed %d, round %d, %s", seed, i, decision)
            .isLessThanOrEqualTo(asked(scenario, decision));
        assertThat(decision.plan().volume().scale()).isEqualTo(scenario.lotDecimals);
      }
    }
    assertThat(planned).isGreaterThan(5000);
  }

  @Test
  void theSameInputGivesTheSameDecision() {
    for (int i = 0; i < 2_000; i++) {
      RiskScenario scenario = random.nextBoolean() ? scenarios.plausible() : scenarios.hostile();
      RiskInput input = scenario.input();
      RuleSet ruleSet = scenario.ruleSet();

      Decision first = new RiskEngine().decide(input, ruleSet);
      Decision second = new RiskEngine().decide(input, ruleSet);

      assertThat(second).as("seed %d, round %d", seed, i).isEqualTo(first);
    }
  }

  @Test
  void hostileInputNeverThrowsAndIsNeverRefusedWithoutAReason() {
    for (int i = 0; i < 20_000; i++) {
      RiskScenario scenario = scenarios.hostile();

      Decision decision = scenario.judge();

      String round = "seed %d, round %d".formatted(seed, i);
      assertThat(decision.results().size())
          .as(round)
          .isGreaterThanOrEqualTo(RuleCatalog.rules().size());
      assertThat(decision.approved()).as(round).isEqualTo(decision.reasons().isEmpty());
      if (decision.approved() && scenario.action != Action.CANCEL) {
        assertThat(decision.plan().volume()).as(round).isPositive();
      }
    }
  }

  @Test
  void anApprovedOrderIsWithinTheLimitsThatMatterMost() {
    int approved = 0;
    for (int i = 0; i < 20_000; i++) {
      RiskScenario scenario = scenarios.plausible();

      Decision decision = scenario.judge();

      if (decision.approved() && decision.plan() != null) {
        approved++;
        BigDecimal limit =
            new BigDecimal(scenario.rules.get(RuleCodes.MAX_ORDER_NOTIONAL).get("limit"));
        if (scenario.action != Action.CLOSE) {
          assertThat(decision.plan().notional()).isLessThanOrEqualTo(limit);
        }
        assertThat(scenario.tradingState)
            .isIn(
                decision.plan().side() == Side.BUY
                    ? List.of(TradingState.ACTIVE)
                    : List.of(TradingState.ACTIVE, TradingState.ENTRIES_HALTED));
        assertThat(scenario.action).isNotEqualTo(Action.SHORT);
      }
    }
    assertThat(approved).isGreaterThan(1000);
  }

  /** What the planned volume uses of the thing that was asked for. */
  private static BigDecimal spent(Decision decision) {
    BigDecimal volume = decision.plan().volume();
    return switch (decision.sizing().unit()) {
      case "BASE", "POSITION" -> volume;
      case "QUOTE", "EQUITY_PERCENT" -> decision.plan().notional();
      default -> volume.multiply(decision.sizing().stopDistance());
    };
  }

  private static BigDecimal asked(RiskScenario scenario, Decision decision) {
    return switch (decision.sizing().unit()) {
      case "POSITION" -> scenario.strategyPosition.subtract(scenario.strategyOpenSells);
      case "BASE", "QUOTE" -> decision.sizing().requested();
      default -> scenario.equity.multiply(decision.sizing().requested()).movePointLeft(2);
    };
  }

  /** Those that have a stricter direction. */
  private static List<ParameterDescription> numbers(RuleDescription rule) {
    return rule.parameters().stream()
        .filter(parameter -> RuleDocumentationTest.stricterOf(parameter.type()) != null)
        .toList();
  }

  private BigDecimal tighter(ParameterType type, BigDecimal old) {
    boolean lower = RuleDocumentationTest.stricterOf(type) == ParameterType.Stricter.LOWER;
    double factor = lower ? random.nextDouble() : 1 + random.nextDouble() * 3;
    BigDecimal tight = old.multiply(BigDecimal.valueOf(factor));
    return type instanceof ParameterType.Whole whole
        ? tight.setScale(0, RoundingMode.DOWN).max(BigDecimal.valueOf(whole.least()))
        : tight.setScale(9, RoundingMode.DOWN).min(((ParameterType.Decimal) type).most());
  }

  /** Sometimes that of the pair, the quote asset, the strategy or the source. */
  private String nameOf(ParameterDescription parameter) {
    String name = parameter.name();
    return switch (parameter.scope()) {
      case PER_STRATEGY -> name + ".breakout";
      case PER_SOURCE -> name + ".demo";
      case PLAIN_OR_PAIR -> name + scenarios.pick("", ".BTC/USD");
      case PER_QUOTE -> name + scenarios.pick("", ".USD");
      case QUOTE_ONLY -> name + ".USD";
      case PER_PAIR -> name + ".BTC/USD";
      case PER_QUOTE_OR_PAIR -> name + scenarios.pick("", ".USD", ".BTC/USD");
      default -> name;
    };
  }

  /**
   * What counts now. A limit that replaces another one is given first, because that alone is not
   * stricter; for a strategy or source without a limit, which only narrows, it is some number.
   */
  private BigDecimal given(
      RiskScenario scenario, RuleDescription rule, ParameterDescription parameter, String name) {
    boolean replaces =
        parameter.scope() == ParameterDescription.Scope.QUOTE_ONLY
            || parameter.scope() == ParameterDescription.Scope.PER_PAIR;
    if (replaces) {
      scenario.rule(rule.code(), name, usual(rule.code()).toPlainString());
    }
    SortedMap<String, String> given = scenario.rules.get(rule.code());
    String quote = parameter.name() + ".USD";
    for (String each : List.of(name, quote, parameter.name())) {
      boolean applies = each.equals(name) || !each.equals(quote) || name.endsWith("/USD");
      if (applies && given.containsKey(each)) {
        return new BigDecimal(given.get(each));
      }
    }
    return scenarios.near("400", 1);
  }

  /** A limit of that rule for one asset or pair: USD, or BTC of one order. */
  private BigDecimal usual(String code) {
    return switch (code) {
      case RuleCodes.DAILY_LOSS -> scenarios.near("200", 0.5);
      case RuleCodes.DRAWDOWN -> scenarios.near("1000", 0.5);
      default -> scenarios.near("0.002", 0.5).setScale(18, RoundingMode.DOWN);
    };
  }
}
