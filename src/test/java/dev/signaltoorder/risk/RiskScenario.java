package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountHistory.PricePoint;
import dev.signaltoorder.risk.AccountView.RecentApproval;
import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.EntryZone;
import dev.signaltoorder.signal.OrderType;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/**
 * An input that is approved as it stands; a test changes the one thing it is about. BTC/USD, bid 49
 * 990, mid 50 000, ask 50 010; a BUY of 0.001 BTC at 50 000, so 50 USD; rule set "retail".
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class RiskScenario {

  static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final RiskEngine ENGINE = new RiskEngine();

  final SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();

  Action action = Action.BUY;
  OrderType orderType = OrderType.LIMIT;
  BigDecimal limitPrice = new BigDecimal("50000.0");
  EntryZone entryZone = null;
  BigDecimal stopLoss = null;
  SignalSize size = new SignalSize(SignalSize.Unit.BASE, new BigDecimal("0.001"));
  String strategy = "breakout";
  String pairAsSent = "BTC/USD";
  Instant eventTime = NOW.minusSeconds(1);
  Instant expiresAt = null;

  boolean pairKnown = true;
  String symbol = "BTC/USD";
  int priceDecimals = 1;
  int lotDecimals = 8;
  BigDecimal tick = new BigDecimal("0.1");
  BigDecimal orderMin = new BigDecimal("0.00005");
  BigDecimal costMin = new BigDecimal("0.5");
  String pairStatus = "online";

  boolean snapshotKnown = true;
  BigDecimal bid = new BigDecimal("49990.0");
  BigDecimal ask = new BigDecimal("50010.0");
  BigDecimal bidDepth = new BigDecimal("1000000");
  BigDecimal askDepth = new BigDecimal("1000000");
  String systemStatus = "online";
  Instant takenAt = NOW.minusSeconds(1);

  TradingState tradingState = TradingState.ACTIVE;
  int openOrders = 0;
  BigDecimal openNotional = BigDecimal.ZERO;
  BigDecimal pairPosition = BigDecimal.ZERO;
  BigDecimal strategyPosition = BigDecimal.ZERO;
  BigDecimal strategyOpenSells = BigDecimal.ZERO;
  BigDecimal pairOpenBuys = BigDecimal.ZERO;
  BigDecimal dailyNotional = BigDecimal.ZERO;
  BigDecimal strategyDailyNotional = BigDecimal.ZERO;
  BigDecimal sourceDailyNotional = BigDecimal.ZERO;
  BigDecimal feePercent = new BigDecimal("0.26");
  BigDecimal freeBase = new BigDecimal("100");
  BigDecimal freeQuote = new BigDecimal("1000000");
  BigDecimal equity = new BigDecimal("10000");
  final List<RecentApproval> recentApprovals = new ArrayList<>();

  List<OpenOrder> openInPair = List.of();
  int unknownOrders = 0;
  int strategyEntries = 0;
  Instant resumedAfter = null;
  int recentFailures = 0;
  Long sequence = null;
  Long lastSequence = null;
  BigDecimal confidence = null;
  BigDecimal dayResult = BigDecimal.ZERO;
  BigDecimal drawdown = BigDecimal.ZERO;
  int pairLosses = 0;
  Instant pairLostAt = null;
  final List<PricePoint> prices = new ArrayList<>();
  BigDecimal clockSkew = BigDecimal.ZERO;
  List<String> unpriced = List.of();

  static RiskScenario buy() {
    return new RiskScenario();
  }

  static RiskScenario sell() {
    RiskScenario scenario = new RiskScenario();
    scenario.action = Action.SELL;
    return scenario;
  }

  /** The strategy holds 0.001 BTC. */
  static RiskScenario close() {
    RiskScenario scenario = new RiskScenario();
    scenario.action = Action.CLOSE;
    scenario.size = null;
    scenario.strategyPosition = new BigDecimal("0.001");
    scenario.pairPosition = new BigDecimal("0.001");
    return scenario;
  }

  static RiskScenario of(Action action) {
    RiskScenario scenario = action == Action.CLOSE ? close() : new RiskScenario();
    scenario.action = action;
    return scenario;
  }

  RiskScenario rule(String code, String parameter, String value) {
    rules.computeIfAbsent(code, missing -> new TreeMap<>()).put(parameter, value);
    return this;
  }

  RiskScenario base(String volume) {
    size = new SignalSize(SignalSize.Unit.BASE, new BigDecimal(volume));
    return this;
  }

  RiskScenario size(SignalSize.Unit unit, String value) {
    size = new SignalSize(unit, new BigDecimal(value));
    return this;
  }

  RiskScenario market() {
    orderType = OrderType.MARKET;
    limitPrice = null;
    return this;
  }

  RiskScenario limit(String price) {
    orderType = OrderType.LIMIT;
    limitPrice = price == null ? null : new BigDecimal(price);
    return this;
  }

  /** Bid and ask around a mid of 50 000. */
  RiskScenario halfSpread(String half) {
    bid = new BigDecimal("50000").subtract(new BigDecimal(half));
    ask = new BigDecimal("50000").add(new BigDecimal(half));
    return this;
  }

  /** An approval of the same order, that long ago. */
  RiskScenario approved(Duration ago) {
    return approved(ago, "breakout", "BTC/USD", Side.BUY, "0.001");
  }

  RiskScenario approved(Duration ago, String who, String pair, Side side, String volume) {
    recentApprovals.add(
        new RecentApproval(who, pair, side, new BigDecimal(volume), NOW.minus(ago)));
    return this;
  }

  /** An approval of the same side, whose signal asked for that size. */
  RiskScenario approvedFor(Duration ago, String unit, String value, String sized, String volume) {
    recentApprovals.add(
        new RecentApproval(
            "breakout",
            "BTC/USD",
            action == Action.BUY ? Side.BUY : Side.SELL,
            new BigDecimal(volume),
            NOW.minus(ago),
            new AskedSize(
                unit, value == null ? null : new BigDecimal(value), new BigDecimal(sized))));
    return this;
  }

  RiskInput input() {
    Signal signal =
        new Signal(
            "demo",
            null,
            strategy,
            pairAsSent,
            action,
            orderType,
            limitPrice,
            entryZone,
            stopLoss,
            List.of(),
            size,
            confidence,
            null,
            null,
            null,
            sequence,
            eventTime,
            expiresAt);
    PairRules pair =
        new PairRules(
            symbol,
            "XBTUSD",
            "XXBTZUSD",
            "XBT/USD",
            "XXBT",
            "ZUSD",
            priceDecimals,
            lotDecimals,
            5,
            tick,
            orderMin,
            costMin,
            pairStatus);
    return new RiskInput(
        signal,
        NOW,
        NOW,
        pairKnown ? pair : null,
        pairKnown ? null : "unknown pair",
        snapshotKnown ? snapshot() : null,
        snapshotKnown ? null : "Kraken did not answer",
        account());
  }

  private MarketSnapshot snapshot() {
    BigDecimal mid = bid.add(ask).divide(BigDecimal.TWO, 18, RoundingMode.HALF_EVEN);
    return new MarketSnapshot(
        new UUID(0, 1),
        symbol,
        bid,
        ask,
        bid,
        mid.stripTrailingZeros(),
        BigDecimal.ONE,
        bidDepth,
        askDepth,
        BigDecimal.TEN,
        bid,
        systemStatus,
        takenAt,
        "kraken");
  }

  private AccountView account() {
    return new AccountView(
        tradingState,
        tradingState == TradingState.ACTIVE ? null : "a person said so",
        openOrders,
        openNotional,
        pairPosition,
        strategyPosition,
        strategyOpenSells,
        pairOpenBuys,
        dailyNotional,
        freeBase,
        freeQuote,
        equity,
        List.copyOf(recentApprovals),
        history(),
        feePercent,
        strategyDailyNotional,
        sourceDailyNotional);
  }

  private AccountHistory history() {
    return new AccountHistory(
        openInPair,
        unknownOrders,
        strategyEntries,
        resumedAfter,
        recentFailures,
        lastSequence,
        dayResult,
        drawdown,
        pairLosses,
        pairLostAt,
        prices,
        clockSkew,
        unpriced);
  }

  RuleSet ruleSet() {
    return new RuleSet(7, NOW, "operator", "test", rules);
  }

  Decision judge() {
    return ENGINE.decide(input(), ruleSet());
  }

  RuleResult.Verdict verdict(String code) {
    return result(code).verdict();
  }

  RuleResult result(String code) {
    return judge().results().stream()
        .filter(result -> result.code().equals(code))
        .findFirst()
        .orElseThrow();
  }
}
