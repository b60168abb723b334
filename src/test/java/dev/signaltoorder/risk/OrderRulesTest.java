package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static dev.signaltoorder.risk.RuleResult.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about one order: its size, its precision, its price in the market. At 50 000 USD. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class OrderRulesTest {

  @ParameterizedTest
  @CsvSource({"50000.0, 8, PASS", "50000.1, 8, PASS", "50000.15, 8, DENY", "50000.10, 8, PASS"})
  void thePriceMustFitTheTickAndTheDecimals(
      String price, int lotDecimals, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().limit(price);
    scenario.lotDecimals = lotDecimals;

    assertThat(scenario.verdict(RuleCodes.PAIR_PRECISION)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"50000, PASS", "50002.5, PASS", "50001, DENY"})
  void aTickMayBeCoarserThanTheDecimals(String price, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().limit(price);
    scenario.tick = new BigDecimal("2.5");

    assertThat(scenario.verdict(RuleCodes.PAIR_PRECISION)).isEqualTo(verdict);
  }

  @Test
  void aTickMayBeFinerThanTheDecimalsThatKrakenTakes() {
    RiskScenario scenario = RiskScenario.buy().limit("50000.01");
    scenario.tick = new BigDecimal("0.01");

    assertThat(scenario.verdict(RuleCodes.PAIR_PRECISION)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @CsvSource({"0.00099999, DENY", "0.001, PASS", "0.00100001, PASS"})
  void theVolumeMustReachTheMinimum(String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().base(volume);
    scenario.orderMin = new BigDecimal("0.001");

    assertThat(scenario.verdict(RuleCodes.PAIR_MINIMUM)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0.00099999, DENY", "0.001, PASS", "0.00100001, PASS"})
  void theValueMustReachTheMinimum(String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().base(volume);
    scenario.costMin = new BigDecimal("50");

    assertThat(scenario.verdict(RuleCodes.PAIR_MINIMUM)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0.00199999, PASS", "0.002, PASS", "0.00200001, DENY"})
  void anOrderMayBeWorthTheLimitAndNoMore(String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().base(volume);

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(verdict);
  }

  @Test
  void aDenialSaysBothNumbersWithTheirUnit() {
    RuleResult result = RiskScenario.buy().base("0.00501").result(RuleCodes.MAX_ORDER_NOTIONAL);

    assertThat(result)
        .isEqualTo(
            new RuleResult(
                "max-order-notional",
                DENY,
                "100 USD",
                "250.5 USD",
                "The order is worth 250.5 USD; one order may be worth at most 100 USD."));
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 49.99, DENY",
    "limit.USD, 49.99, DENY",
    "limit.BTC/USD, 49.99, DENY",
    "limit.btc/usd, 49.99, DENY",
    "limit.EUR, 49.99, PASS",
    "limit.BTC/EUR, 49.99, PASS"
  })
  void aLimitMayBeGivenPerQuoteAssetAndPerPair(
      String parameter, String value, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.MAX_ORDER_NOTIONAL, parameter, value);

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(verdict);
  }

  @Test
  void theNarrowestLimitCounts() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "limit", "1")
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "limit.USD", "2")
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "limit.BTC/USD", "50");

    assertThat(scenario.result(RuleCodes.MAX_ORDER_NOTIONAL).limit()).isEqualTo("50 USD");
    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(PASS);
  }

  @Test
  void aPlainLimitIsNotUsedForAQuoteAssetThatIsWorthFarMoreThanADollar() {
    RiskScenario without = RiskScenario.buy();
    without.symbol = "ETH/BTC";
    RiskScenario with = RiskScenario.buy().rule(RuleCodes.MAX_ORDER_NOTIONAL, "limit.BTC", "60");
    with.symbol = "ETH/BTC";

    RuleResult denied = without.result(RuleCodes.MAX_ORDER_NOTIONAL);

    assertThat(denied.verdict()).isEqualTo(DENY);
    assertThat(denied.explanation())
        .isEqualTo("The rule set has no limit.BTC for this quote asset.");
    assertThat(with.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(PASS);
  }

  // 100 USD / 50000 x 1.2 = 0.0024
  @ParameterizedTest
  @CsvSource({"0.00239999, PASS", "0.0024, PASS", "0.00240001, DENY"})
  void theVolumeIsBoundToTheLargestNotionalAtMid(String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().base(volume);

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_QUANTITY)).isEqualTo(verdict);
  }

  @Test
  void aWrongPriceDoesNotMakeAWrongVolumeLookRight() {
    RiskScenario scenario = RiskScenario.buy().base("1").limit("50.0");

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(PASS);
    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_QUANTITY)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @CsvSource({"0.00099999, PASS", "0.001, PASS", "0.00100001, DENY"})
  void aPairMayHaveItsOwnLargestVolume(String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .base(volume)
            .rule(RuleCodes.MAX_ORDER_QUANTITY, "limit.BTC/USD", "0.001");

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_QUANTITY)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"on, NOT_APPLICABLE", "off, DENY"})
  void aGrownPositionMayBeClosedInOneOrderWhereTheRuleSetSaysSo(
      String exempt, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.close()
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "exempt-close", exempt)
            .rule(RuleCodes.MAX_ORDER_QUANTITY, "exempt-close", exempt)
            .rule(RuleCodes.DAILY_NOTIONAL, "exempt-close", exempt);
    scenario.strategyPosition = new BigDecimal("0.01");
    scenario.dailyNotional = new BigDecimal("1000");

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(verdict);
    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_QUANTITY)).isEqualTo(verdict);
    assertThat(scenario.verdict(RuleCodes.DAILY_NOTIONAL)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "4999999, PASS", "5000000, PASS", "5000001, DENY",
    "-999999, PASS", "-1000000, PASS", "-1000001, DENY"
  })
  void aSnapshotMayBeFiveSecondsOldAndOneAhead(long ageMicros, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.takenAt = RiskScenario.NOW.minus(Duration.ofNanos(ageMicros * 1000));

    assertThat(scenario.verdict(RuleCodes.STALE_PRICE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "50499.9, PASS", "50500.0, PASS", "50500.1, DENY",
    "49500.1, PASS", "49500.0, PASS", "49499.9, DENY"
  })
  void aPriceMayBeOnePercentFromMidEitherWay(String price, RuleResult.Verdict verdict) {
    RiskScenario buy = RiskScenario.buy().limit(price);
    RiskScenario sell = RiskScenario.sell().limit(price);

    assertThat(buy.verdict(RuleCodes.PRICE_COLLAR)).isEqualTo(verdict);
    assertThat(sell.verdict(RuleCodes.PRICE_COLLAR)).isEqualTo(verdict);
  }

  @Test
  void aPriceJustBeyondTheCollarDoesNotReadAsIfItWereAtIt() {
    RuleResult result = RiskScenario.buy().limit("50500.001").result(RuleCodes.PRICE_COLLAR);

    assertThat(result.limit()).isEqualTo("1 % from mid");
    assertThat(result.actual()).isEqualTo("1.0001 % above 50000 USD");
  }

  @ParameterizedTest
  @CsvSource({"124.9, PASS", "125, PASS", "125.1, DENY"})
  void theSpreadMayBeHalfAPercent(String halfSpread, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().halfSpread(halfSpread);

    assertThat(scenario.verdict(RuleCodes.SPREAD)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"150.01, PASS", "150, PASS", "149.99, DENY"})
  void theBookMustHoldAMultipleOfTheOrderOnTheSideItTakes(
      String depth, RuleResult.Verdict verdict) {
    RiskScenario buy = RiskScenario.buy().rule(RuleCodes.DEPTH, "multiple", "3");
    buy.askDepth = new BigDecimal(depth);
    RiskScenario sell = RiskScenario.sell().rule(RuleCodes.DEPTH, "multiple", "3");
    sell.bidDepth = new BigDecimal(depth);

    assertThat(buy.verdict(RuleCodes.DEPTH)).isEqualTo(verdict);
    assertThat(sell.verdict(RuleCodes.DEPTH)).isEqualTo(verdict);
  }

  @Test
  void anOrderWithoutPlanIsNotMeasured() {
    RiskScenario scenario = RiskScenario.buy().limit("0");

    assertThat(scenario.verdict(RuleCodes.DEPTH)).isEqualTo(NOT_APPLICABLE);
    assertThat(scenario.result(RuleCodes.DEPTH).explanation()).contains(RuleCodes.ORDER_DEFAULTS);
  }
}
