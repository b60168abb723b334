package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountHistory.PricePoint;
import dev.signaltoorder.signal.EntryZone;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single number of an input, when it is not usable, and when it just is. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class PlausibilityTest {

  private static final BigDecimal TOO_LARGE = new BigDecimal("1E+30");
  private static final BigDecimal TOO_FINE = new BigDecimal("1E-31");
  private static final BigDecimal MINUS = new BigDecimal("-0.01");

  @ParameterizedTest
  @CsvSource({
    "1E+29, true",
    "1E+30, false", // 31 digits
    "1E-30, true",
    "1E-31, false",
    "123456789012345678901234567890, true",
    "1234567890123456789012345678901, false",
    "-1E+29, true",
    "-1E+30, false",
    "0, true",
    "0E+30, false",
    "0E+29, true",
    "0E+31, false",
    "0E+40, false",
    "0E-31, false"
  })
  void thirtyDigitsBeforeAndAfterThePointAreEnoughForAnyMarket(BigDecimal value, boolean usable) {
    assertThat(Plausibility.plausible(value)).isEqualTo(usable);
  }

  @ParameterizedTest
  @MethodSource
  void anUnusableNumberOfTheSignalIsNamed(String problem, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.buy();
    change.accept(scenario);

    assertThat(Plausibility.problemOfPrices(scenario.input().signal())).isEqualTo(problem);
  }

  static Stream<Arguments> anUnusableNumberOfTheSignalIsNamed() {
    String zone = "the signal's entry zone has no usable prices";
    return Stream.of(
        change(null, s -> {}),
        change(null, s -> s.limitPrice = null),
        change(null, s -> s.stopLoss = BigDecimal.ONE),
        change(null, s -> s.entryZone = zone("1", "1")),
        change(null, s -> s.entryZone = zone("1", "2")),
        change(
            "the signal's limit price is not a usable price", s -> s.limitPrice = BigDecimal.ZERO),
        change("the signal's limit price is not a usable price", s -> s.limitPrice = TOO_LARGE),
        change("the signal's stop-loss is not a usable price", s -> s.stopLoss = BigDecimal.ZERO),
        change("the signal's stop-loss is not a usable price", s -> s.stopLoss = TOO_FINE),
        change(zone, s -> s.entryZone = zone("0", "2")),
        change(zone, s -> s.entryZone = zone("1", "0")),
        change(zone, s -> s.entryZone = zone("1", "1E+30")),
        change(
            "the signal's entry zone ends below its start",
            s -> s.entryZone = zone("1.00000001", "1")));
  }

  @Test
  void aSizeIsMoreThanNothingOrNotNamed() {
    RiskScenario named = RiskScenario.buy();
    RiskScenario absent = RiskScenario.buy();
    absent.size = null;

    assertThat(Plausibility.problemOfSize(named.input().signal())).isNull();
    assertThat(Plausibility.problemOfSize(absent.input().signal())).isNull();
    for (String size : List.of("0", "-1", "1E+30", "1E-31")) {
      assertThat(Plausibility.problemOfSize(RiskScenario.buy().base(size).input().signal()))
          .isEqualTo("the signal's size is not a usable number");
    }
  }

  @ParameterizedTest
  @MethodSource
  void anUnusableNumberOfThePairIsNamed(String problem, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.buy();
    change.accept(scenario);

    assertThat(Plausibility.problemOf(scenario.input().pair())).isEqualTo(problem);
  }

  static Stream<Arguments> anUnusableNumberOfThePairIsNamed() {
    String decimals = "the pair's decimals are outside 0 to 18";
    String minimums = "the pair's minimums are not usable";
    return Stream.of(
        change(null, s -> {}),
        change(null, s -> s.priceDecimals = 0),
        change(null, s -> s.priceDecimals = 18),
        change(decimals, s -> s.priceDecimals = -1),
        change(decimals, s -> s.priceDecimals = 19),
        change(null, s -> s.lotDecimals = 0),
        change(null, s -> s.lotDecimals = 18),
        change(decimals, s -> s.lotDecimals = -1),
        change(decimals, s -> s.lotDecimals = 19),
        change("the pair's tick size is not usable", s -> s.tick = BigDecimal.ZERO),
        change("the pair's tick size is not usable", s -> s.tick = TOO_FINE),
        change(null, s -> s.orderMin = BigDecimal.ZERO),
        change(minimums, s -> s.orderMin = MINUS),
        change(minimums, s -> s.orderMin = TOO_LARGE),
        change(null, s -> s.costMin = BigDecimal.ZERO),
        change(minimums, s -> s.costMin = MINUS),
        change(minimums, s -> s.costMin = TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource
  void anUnusableNumberOfTheMarketIsNamed(String problem, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.buy();
    change.accept(scenario);
    RiskInput input = scenario.input();

    assertThat(Plausibility.problemOf(input.snapshot(), input.pair())).isEqualTo(problem);
  }

  static Stream<Arguments> anUnusableNumberOfTheMarketIsNamed() {
    String depth = "the snapshot's depth is not usable";
    return Stream.of(
        change(null, s -> {}),
        change(null, s -> s.bidDepth = BigDecimal.ZERO),
        change(null, s -> s.askDepth = BigDecimal.ZERO),
        change(depth, s -> s.bidDepth = MINUS),
        change(depth, s -> s.askDepth = MINUS),
        change(depth, s -> s.bidDepth = TOO_LARGE),
        change(depth, s -> s.askDepth = TOO_LARGE));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "1, 1, 1, null",
        "1, 2, 3, null",
        "1, 1, 2, null",
        "1, 2, 2, null",
        "2, 1, 3, order",
        "1, 3, 2, order",
        "0, 2, 3, usable",
        "-1, 2, 3, usable",
        "1, 0, 3, usable",
        "1, 2, 0, usable",
        "1E+30, 2, 3, usable",
        "1, 1E+30, 3, usable",
        "1, 2, 1E+30, usable"
      })
  void bidMidAndAskAreAboveZeroAndInOrder(
      BigDecimal bid, BigDecimal mid, BigDecimal ask, String problem) {
    String expected =
        problem == null
            ? null
            : problem.equals("order")
                ? "the snapshot's bid, mid and ask are not in order"
                : "the snapshot's prices are not usable";

    assertThat(Plausibility.problemOf(snapshot(bid, mid, ask), null)).isEqualTo(expected);
  }

  @Test
  void aSnapshotOfAnotherPairIsNotUsedAndOneOfAnUnknownPairIsNotCompared() {
    RiskInput input = RiskScenario.buy().input();
    RiskScenario other = RiskScenario.buy();
    other.symbol = "ETH/USD";

    assertThat(Plausibility.problemOf(other.input().snapshot(), input.pair()))
        .isEqualTo("the snapshot is of another pair");
    assertThat(Plausibility.problemOf(other.input().snapshot(), null)).isNull();
  }

  @ParameterizedTest
  @MethodSource
  void anUnusableNumberOfTheAccountIsNamed(String problem, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.buy();
    change.accept(scenario);

    assertThat(Plausibility.problemOf(scenario.input().account())).isEqualTo(problem);
  }

  static Stream<Arguments> anUnusableNumberOfTheAccountIsNamed() {
    String sums = "the account's sums are not usable";
    String position = "the account's position is not usable";
    String balance = "the account's balance is not usable";
    String counts = "the account's counts are not usable";
    String results = "the account's results are not usable";
    String prices = "the earlier prices are not usable";
    String open = "the open orders are not usable";
    return Stream.of(
        change(null, s -> {}),
        change(sums, s -> s.openOrders = -1),
        change(sums, s -> s.openNotional = MINUS),
        change(sums, s -> s.openNotional = TOO_LARGE),
        change(sums, s -> s.dailyNotional = MINUS),
        change(sums, s -> s.dailyNotional = TOO_LARGE),
        change(sums, s -> s.strategyOpenSells = MINUS),
        change(sums, s -> s.strategyOpenSells = TOO_LARGE),
        change(sums, s -> s.pairOpenBuys = MINUS),
        change(sums, s -> s.pairOpenBuys = TOO_LARGE),
        change(null, s -> s.pairPosition = MINUS),
        change(position, s -> s.pairPosition = TOO_LARGE),
        change(null, s -> s.strategyPosition = MINUS),
        change(position, s -> s.strategyPosition = TOO_LARGE),
        change(null, s -> s.freeBase = null),
        change(balance, s -> s.freeBase = TOO_LARGE),
        change(null, s -> s.freeQuote = null),
        change(balance, s -> s.freeQuote = TOO_LARGE),
        change(null, s -> s.equity = null),
        change(balance, s -> s.equity = TOO_LARGE),
        change(counts, s -> s.unknownOrders = -1),
        change(counts, s -> s.strategyEntries = -1),
        change(counts, s -> s.recentFailures = -1),
        change(counts, s -> s.pairLosses = -1),
        change(null, s -> s.dayResult = null),
        change(results, s -> s.dayResult = TOO_LARGE),
        change(null, s -> s.drawdown = null),
        change(results, s -> s.drawdown = TOO_LARGE),
        change(null, s -> s.clockSkew = null),
        change(results, s -> s.clockSkew = TOO_FINE),
        change(null, s -> s.prices.add(price("1"))),
        change(prices, s -> s.prices.add(price("0"))),
        change(prices, s -> s.prices.addAll(List.of(price("1"), price("1E+30")))),
        change(null, s -> s.openInPair = List.of(new OpenOrder(Side.BUY, null))),
        change(null, s -> s.openInPair = List.of(new OpenOrder(Side.BUY, BigDecimal.ONE))),
        change(open, s -> s.openInPair = List.of(new OpenOrder(Side.BUY, BigDecimal.ZERO))),
        change(open, s -> s.openInPair = List.of(new OpenOrder(Side.BUY, TOO_LARGE))));
  }

  private static Arguments change(String problem, Consumer<RiskScenario> change) {
    return Arguments.of(problem, change);
  }

  private static EntryZone zone(String low, String high) {
    return new EntryZone(new BigDecimal(low), new BigDecimal(high));
  }

  private static PricePoint price(String mid) {
    return new PricePoint(RiskScenario.NOW, new BigDecimal(mid));
  }

  private static MarketSnapshot snapshot(BigDecimal bid, BigDecimal mid, BigDecimal ask) {
    return new MarketSnapshot(
        new UUID(0, 1),
        "BTC/USD",
        bid,
        ask,
        bid,
        mid,
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.TEN,
        bid,
        "online",
        RiskScenario.NOW,
        "kraken");
  }
}
