package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.EntryZone;
import dev.signaltoorder.signal.OrderType;
import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every input. A failure prints its seed: set it with -Drisk.seed=... */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RiskPropertiesTest {

  private static final BigDecimal[] HOSTILE = {
    BigDecimal.ZERO,
    BigDecimal.ONE.negate(),
    BigDecimal.ONE,
    new BigDecimal("50000"),
    new BigDecimal("1E-18"),
    new BigDecimal("1E-30"),
    new BigDecimal("1E+29"),
    new BigDecimal("1E+30"),
    new BigDecimal("1E+2147483647"),
    new BigDecimal("1E-2147483647"),
    new BigDecimal("0E+2147483647"),
    new BigDecimal("0E-2147483647"),
    new BigDecimal("-1E+2147483647"),
    new BigDecimal("9".repeat(5000)),
    new BigDecimal("0." + "1".repeat(5000)),
  };

  private static final String[] HOSTILE_TEXTS = {
    "",
    " ",
    "-1",
    "1e9",
    "1E2147483647",
    "9".repeat(500),
    "NaN",
    "on",
    "off",
    "0",
    "1",
    "99999999999",
    "limit",
    ",",
    "/",
    "BTC/USD",
    "\u0000",
    "\uD800",
    "1;drop",
    null
  };

  private static final Instant[] INSTANTS = {
    Instant.MIN, Instant.MAX, Instant.EPOCH, RiskScenario.NOW, RiskScenario.NOW.plusSeconds(7)
  };

  private long seed;
  private Random random;

  @BeforeEach
  void chooseSeed() {
    seed = Long.getLong("risk.seed", System.nanoTime());
    random = new Random(seed);
    System.out.println("risk.seed=" + seed);
  }

  @Test
  void tighteningAnyNumberNeverApprovesMore() {
    int approved = 0;
    int refusedByTightening = 0;
    for (int i = 0; i < 20_000; i++) {
      RiskScenario scenario = plausible();
      boolean before = scenario.judge().approved();
      String change = tighten(scenario);

      boolean after = scenario.judge().approved();

      assertThat(before || !after).as("seed %d, round %d, %s", seed, i, change).isTrue();
      approved += before ? 1 : 0;
      refusedByTightening += before && !after ? 1 : 0;
    }
    // Otherwise this test would have shown nothing.
    assertThat(approved).isGreaterThan(1000);
    assertThat(refusedByTightening).isGreaterThan(100);
  }

  @Test
  void aVolumeIsNeverMoreThanWasAskedFor() {
    int planned = 0;
    for (int i = 0; i < 20_000; i++) {
      RiskScenario scenario = plausible();

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
      RiskScenario scenario = random.nextBoolean() ? plausible() : hostile();
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
      RiskScenario scenario = hostile();

      Decision decision = scenario.judge();

      String round = "seed %d, round %d".formatted(seed, i);
      assertThat(decision.results().size()).as(round).isGreaterThanOrEqualTo(24);
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
      RiskScenario scenario = plausible();

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

  /** Near the limits, so that both answers happen often. */
  private RiskScenario plausible() {
    RiskScenario scenario = RiskScenario.of(pick(Action.values()));
    if (random.nextInt(3) > 0) {
      scenario.action = pick(Action.BUY, Action.SELL);
    }
    scenario.tradingState =
        random.nextInt(10) == 0 ? pick(TradingState.values()) : TradingState.ACTIVE;
    scenario.orderType = pick(OrderType.LIMIT, OrderType.MARKET, null);
    scenario.limitPrice =
        random.nextBoolean() ? near("50000", 0.008).setScale(1, RoundingMode.DOWN) : null;
    scenario.stopLoss = random.nextBoolean() ? near("50000", 0.1) : null;
    if (scenario.action != Action.CLOSE) {
      scenario.size(
          pick(SignalSize.Unit.BASE, SignalSize.Unit.BASE, SignalSize.Unit.QUOTE), "0.0015");
      if (scenario.size.unit() == SignalSize.Unit.QUOTE) {
        scenario.size(
            pick(
                SignalSize.Unit.QUOTE,
                SignalSize.Unit.EQUITY_PERCENT,
                SignalSize.Unit.RISK_PERCENT),
            "0.5");
      }
      scenario.size =
          new SignalSize(
              scenario.size.unit(),
              scenario.size.unit() == SignalSize.Unit.QUOTE
                  ? near("80", 0.5)
                  : near(scenario.size.value().toPlainString(), 0.6));
    }
    scenario.eventTime = RiskScenario.NOW.minusMillis(random.nextInt(70_000) - 4_000);
    scenario.takenAt = RiskScenario.NOW.minusMillis(random.nextInt(5_200) - 500);
    scenario.halfSpread(near("60", 0.9).setScale(1, RoundingMode.DOWN).toPlainString());
    scenario.askDepth = near("300", 0.9);
    scenario.bidDepth = near("300", 0.9);
    scenario.openOrders = random.nextInt(6);
    scenario.openNotional = near("250", 1);
    scenario.pairPosition = near("0.004", 1);
    scenario.strategyPosition = near("0.004", 1);
    scenario.pairOpenBuys = near("0.002", 1);
    scenario.dailyNotional = near("500", 1);
    scenario.strategyDailyNotional = scenario.dailyNotional.multiply(near("0.5", 1));
    scenario.sourceDailyNotional = scenario.dailyNotional.multiply(near("0.5", 1));
    scenario.feePercent = random.nextInt(4) == 0 ? null : near("0.3", 1);
    if (random.nextInt(3) == 0) {
      scenario.rule(RuleCodes.DAILY_NOTIONAL, "strategy-limit.breakout", near("600", 0.9) + "");
      scenario.rule(RuleCodes.MAX_ORDER_NOTIONAL, "source-limit.demo", near("90", 0.5) + "");
      scenario.rule(RuleCodes.SPREAD, "limit.BTC/USD", near("0.3", 0.5) + "");
    }
    scenario.freeBase = near("0.01", 0.9);
    scenario.freeQuote = near("300", 0.9);
    for (int ago = random.nextInt(5); ago > 0; ago--) {
      scenario.approved(
          Duration.ofMillis(ago * (long) (random.nextInt(30_000) / 5 + 300)),
          pick("breakout", "other"),
          "BTC/USD",
          pick(Side.values()),
          pick("0.001", "0.0015"));
    }
    return scenario;
  }

  private String tighten(RiskScenario scenario) {
    while (true) {
      RuleDescription rule = RuleCatalog.rules().get(random.nextInt(RuleCatalog.rules().size()));
      List<ParameterDescription> numbers =
          rule.parameters().stream()
              .filter(p -> p.required() || p.scope().onlyNarrows())
              .filter(p -> RuleDocumentationTest.stricterOf(p.type()) != null)
              .toList();
      if (!numbers.isEmpty()) {
        ParameterDescription parameter = numbers.get(random.nextInt(numbers.size()));
        String name = nameOf(parameter);
        BigDecimal old = effective(scenario, rule, parameter, name);
        boolean lower =
            RuleDocumentationTest.stricterOf(parameter.type()) == ParameterType.Stricter.LOWER;
        double factor = lower ? random.nextDouble() : 1 + random.nextDouble() * 3;
        BigDecimal tight =
            old.multiply(BigDecimal.valueOf(factor))
                .setScale(
                    parameter.type() instanceof ParameterType.Whole ? 0 : 9, RoundingMode.DOWN);
        scenario.rule(rule.code(), name, tight.toPlainString());
        return rule.code() + "." + name + " " + old + " to " + tight;
      }
    }
  }

  /** Sometimes that of the pair, the quote asset, the strategy or the source. */
  private String nameOf(ParameterDescription parameter) {
    String name = parameter.name();
    return switch (parameter.scope()) {
      case PER_STRATEGY -> name + ".breakout";
      case PER_SOURCE -> name + ".demo";
      case PLAIN_OR_PAIR -> name + pick("", ".BTC/USD");
      case PER_QUOTE -> name + pick("", ".USD");
      case PER_QUOTE_OR_PAIR -> name + pick("", ".USD", ".BTC/USD");
      default -> name;
    };
  }

  /** What counts now; for a strategy or source without a limit, some number. */
  private BigDecimal effective(
      RiskScenario scenario, RuleDescription rule, ParameterDescription parameter, String name) {
    SortedMap<String, String> given = scenario.rules.get(rule.code());
    String quote = parameter.name() + ".USD";
    for (String each : List.of(name, quote, parameter.name())) {
      boolean applies = each.equals(name) || !each.equals(quote) || name.endsWith("/USD");
      if (applies && given.containsKey(each)) {
        return new BigDecimal(given.get(each));
      }
    }
    return near("400", 1);
  }

  private RiskScenario hostile() {
    RiskScenario scenario = plausible();
    scenario.action = pick(Action.values());
    for (int changes = random.nextInt(6); changes >= 0; changes--) {
      BigDecimal number = pick(HOSTILE);
      switch (random.nextInt(29)) {
        case 0 -> scenario.limitPrice = random.nextInt(4) == 0 ? null : number;
        case 1 -> scenario.stopLoss = number;
        case 2 -> scenario.entryZone = new EntryZone(number, pick(HOSTILE));
        case 3 -> scenario.size = new SignalSize(pick(SignalSize.Unit.values()), number);
        case 4 -> scenario.size = null;
        case 5 -> scenario.eventTime = pick(INSTANTS);
        case 6 -> scenario.expiresAt = pick(INSTANTS);
        case 7 -> scenario.takenAt = pick(INSTANTS);
        case 8 -> scenario.pairKnown = random.nextBoolean();
        case 9 -> scenario.snapshotKnown = random.nextBoolean();
        case 10 -> scenario.tick = number;
        case 11 -> scenario.orderMin = number;
        case 12 -> scenario.costMin = number;
        case 13 -> scenario.lotDecimals = pick(0, 18, 19, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
        case 14 -> scenario.priceDecimals = pick(0, 18, 19, -1, Integer.MAX_VALUE);
        case 15 -> scenario.symbol = pick("", "/", "BTC", "BTC/", "x".repeat(5000), "BTC/USD");
        case 16 -> scenario.pairStatus = pick("", null, "x".repeat(5000));
        case 17 -> scenario.askDepth = number;
        case 18 -> scenario.openNotional = number;
        case 19 -> scenario.pairPosition = number;
        case 20 -> scenario.strategyPosition = number;
        case 21 -> scenario.dailyNotional = number;
        case 22 -> scenario.freeQuote = random.nextInt(4) == 0 ? null : number;
        case 23 -> scenario.equity = random.nextInt(4) == 0 ? null : number;
        case 24 ->
            scenario.approved(
                Duration.ofSeconds(random.nextInt()),
                "",
                "",
                Side.BUY,
                number.scale() > 1000 || number.scale() < -1000 ? "1" : number.toPlainString());
        case 25 -> scenario.feePercent = random.nextInt(4) == 0 ? null : number;
        case 26 -> scenario.strategyDailyNotional = random.nextInt(4) == 0 ? null : number;
        case 27 -> scenario.sourceDailyNotional = random.nextInt(4) == 0 ? null : number;
        default -> spoilARule(scenario);
      }
    }
    return scenario;
  }

  private void spoilARule(RiskScenario scenario) {
    List<String> codes = List.copyOf(scenario.rules.keySet());
    String code = codes.get(random.nextInt(codes.size()));
    List<String> names = List.copyOf(scenario.rules.get(code).keySet());
    if (random.nextInt(4) == 0) {
      scenario.rules.remove(code);
    } else if (names.isEmpty() || random.nextInt(4) == 0) {
      scenario.rule(code, "limit." + pick("", "/", "USD", "BTC/USD", "x"), pick(HOSTILE_TEXTS));
    } else {
      scenario.rule(code, names.get(random.nextInt(names.size())), pick(HOSTILE_TEXTS));
    }
  }

  /** A random number within the share around the middle. */
  private BigDecimal near(String middle, double share) {
    double factor = 1 + share * (random.nextDouble() * 2 - 1);
    return new BigDecimal(middle).multiply(BigDecimal.valueOf(factor), new MathContext(12));
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
