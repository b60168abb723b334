package dev.signaltoorder.risk;

import static java.math.BigDecimal.ONE;

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
import org.jspecify.annotations.NullUnmarked;

/** Inputs by chance: plausible ones near the limits, and hostile ones. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class RandomScenarios {

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

  private final Random random;

  RandomScenarios(Random random) {
    this.random = random;
  }

  /** Near the limits, so that both answers happen often. */
  RiskScenario plausible() {
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
    scenario.freeQuote = random.nextBoolean() ? near("90", 0.3) : near("300", 0.9);
    scaled(scenario);
    past(scenario);
    approvals(scenario);
    return scenario;
  }

  private void scaled(RiskScenario scenario) {
    if (random.nextInt(3) == 0) {
      scenario.rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on");
    }
    if (random.nextInt(4) == 0) {
      scenario.rule(RuleCodes.SIZE_SCALING, "by-confidence", "on");
      scenario.confidence = random.nextInt(4) == 0 ? null : near("0.5", 0.9);
    }
  }

  /** What has happened on the account; of each thing mostly nothing, so that much is approved. */
  private void past(RiskScenario scenario) {
    scenario.rule(RuleCodes.UNKNOWN_ORDERS, "count", pick("0", "1", "2"));
    scenario.unknownOrders = random.nextInt(4) == 0 ? random.nextInt(3) : 0;
    scenario.strategyEntries = random.nextInt(4);
    scenario.recentFailures = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
    scenario.clockSkew =
        random.nextInt(3) == 0 ? near("1", 1.2).multiply(pick(ONE, ONE.negate())) : null;
    if (random.nextInt(3) == 0) {
      scenario.dayResult = near("-120", 1);
      scenario.drawdown = near("600", 1);
    }
    if (random.nextInt(3) == 0) {
      scenario.pairLosses = random.nextInt(5);
      scenario.pairLostAt = RiskScenario.NOW.minusSeconds(random.nextInt(9_000));
    }
    if (random.nextInt(3) == 0) {
      for (int minutes = 1 + random.nextInt(12); minutes > 0; minutes--) {
        scenario.prices.add(
            new AccountHistory.PricePoint(
                RiskScenario.NOW.minusSeconds(minutes * 60L), near("50000", 0.04)));
      }
    }
  }

  /** Oldest first; now and then the very order that is judged. */
  private void approvals(RiskScenario scenario) {
    long millis = 60_000;
    for (int count = random.nextInt(5); count > 0; count--) {
      millis -= 300 + random.nextInt(15_000);
      Duration ago = Duration.ofMillis(Math.max(millis, 1));
      String volume = pick("0.001", "0.0015");
      // Of an older version's approval only the volume is known, and that is what limits change.
      boolean older = !scenario.rules.get(RuleCodes.SIZE_SCALING).get("cap-to-limits").equals("on");
      if (older && random.nextBoolean()) {
        Side side = pick(Side.values());
        scenario.approved(ago, pick("breakout", "other"), "BTC/USD", side, volume);
      } else if (scenario.size != null && random.nextInt(3) == 0) {
        String unit = scenario.size.unit().name();
        scenario.approvedFor(
            ago, unit, scenario.size.value().toPlainString(), volume, pick(volume, "0.0005"));
      } else {
        String unit = pick("BASE", "QUOTE");
        scenario.approvedFor(ago, unit, near("1", 1).toPlainString(), volume, volume);
      }
    }
  }

  RiskScenario hostile() {
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
  BigDecimal near(String middle, double share) {
    double factor = 1 + share * (random.nextDouble() * 2 - 1);
    return new BigDecimal(middle).multiply(BigDecimal.valueOf(factor), new MathContext(12));
  }

  @SafeVarargs
  final <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
