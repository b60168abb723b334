package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static dev.signaltoorder.risk.RuleResult.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of one strategy, source or pair. This order: 50 USD, of "breakout", from "demo". */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class SenderLimitsTest {

  @ParameterizedTest
  @CsvSource({
    "strategy-limit.breakout, 50, PASS",
    "strategy-limit.breakout, 49.99, DENY",
    "strategy-limit.BreakOut, 49.99, DENY",
    "strategy-limit.other, 1, PASS",
    "source-limit.demo, 50, PASS",
    "source-limit.demo, 49.99, DENY",
    "source-limit.DEMO, 49.99, DENY",
    "source-limit.breakout, 1, PASS"
  })
  void anOrderMayBeWorthWhatItsStrategyAndItsSourceMay(
      String name, String value, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.MAX_ORDER_NOTIONAL, name, value);

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(verdict);
  }

  @Test
  void aStrategyMayNotExceedThePairsLimitEvenIfItsOwnIsHigher() {
    RiskScenario scenario =
        RiskScenario.buy()
            .base("0.003")
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "strategy-limit.breakout", "1000")
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "source-limit.demo", "1000");

    RuleResult result = scenario.result(RuleCodes.MAX_ORDER_NOTIONAL);

    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.limit()).isEqualTo("100 USD");
  }

  @Test
  void theStrictestLimitIsTheOneThatIsNamed() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "strategy-limit.breakout", "45")
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "source-limit.demo", "40");

    assertThat(scenario.result(RuleCodes.MAX_ORDER_NOTIONAL).explanation())
        .isEqualTo("The order is worth 50 USD; one order may be worth at most 40 USD.");
  }

  @ParameterizedTest
  @CsvSource({
    "strategy-limit.breakout, 200, 150, 999, PASS",
    "strategy-limit.breakout, 200, 150.01, 0, DENY",
    "source-limit.demo, 200, 999, 150, PASS",
    "source-limit.demo, 200, 0, 150.01, DENY",
    "strategy-limit.other, 1, 150, 150, PASS"
  })
  void theOrdersOfADayCountForTheStrategyAndForTheSource(
      String name, String limit, String ofStrategy, String ofSource, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.DAILY_NOTIONAL, name, limit);
    scenario.strategyDailyNotional = new BigDecimal(ofStrategy);
    scenario.sourceDailyNotional = new BigDecimal(ofSource);

    assertThat(scenario.verdict(RuleCodes.DAILY_NOTIONAL)).isEqualTo(verdict);
  }

  @Test
  void aDenialOfTheDayNamesWhoseLimitItIs() {
    RiskScenario strategy =
        RiskScenario.buy().rule(RuleCodes.DAILY_NOTIONAL, "strategy-limit.breakout", "200");
    strategy.strategyDailyNotional = new BigDecimal("180");
    RiskScenario source =
        RiskScenario.buy().rule(RuleCodes.DAILY_NOTIONAL, "source-limit.demo", "210");
    source.sourceDailyNotional = new BigDecimal("170");

    RuleResult ofStrategy = strategy.result(RuleCodes.DAILY_NOTIONAL);
    RuleResult ofSource = source.result(RuleCodes.DAILY_NOTIONAL);

    assertThat(ofStrategy.limit()).isEqualTo("1000 USD, strategy 200 USD");
    assertThat(ofStrategy.actual()).isEqualTo("230 USD");
    assertThat(ofStrategy.explanation())
        .isEqualTo(
            "With this one, today's orders of the strategy breakout would be worth 230 USD; at"
                + " most 200 USD a day is allowed.");
    assertThat(ofSource.limit()).isEqualTo("1000 USD, source 210 USD");
    assertThat(ofSource.explanation())
        .isEqualTo(
            "With this one, today's orders of the source demo would be worth 220 USD; at most 210"
                + " USD a day is allowed.");
  }

  @ParameterizedTest
  @CsvSource({"strategy-limit.breakout, strategy", "source-limit.demo, source"})
  void whatWasNotCountedIsDeniedWhereItHasALimit(String name, String who) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.strategyDailyNotional = null;
    scenario.sourceDailyNotional = null;
    assertThat(scenario.verdict(RuleCodes.DAILY_NOTIONAL)).isEqualTo(PASS);

    scenario.rule(RuleCodes.DAILY_NOTIONAL, name, "1000");

    RuleResult result = scenario.result(RuleCodes.DAILY_NOTIONAL);
    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.explanation()).contains("Today's orders of the " + who, "not counted");
  }

  @Test
  void aCloseIsExemptFromTheLimitsOfStrategyAndSource() {
    RiskScenario scenario =
        RiskScenario.close()
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "strategy-limit.breakout", "1")
            .rule(RuleCodes.DAILY_NOTIONAL, "source-limit.demo", "1");

    assertThat(scenario.verdict(RuleCodes.MAX_ORDER_NOTIONAL)).isEqualTo(NOT_APPLICABLE);
    assertThat(scenario.verdict(RuleCodes.DAILY_NOTIONAL)).isEqualTo(NOT_APPLICABLE);
  }

  @Test
  void anOrderIsSizedDownToWhatStrategyAndSourceHaveLeft() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on")
            .rule(RuleCodes.DAILY_NOTIONAL, "strategy-limit.breakout", "200")
            .rule(RuleCodes.DAILY_NOTIONAL, "source-limit.demo", "200");
    scenario.strategyDailyNotional = new BigDecimal("160");
    scenario.sourceDailyNotional = new BigDecimal("170");

    Decision decision = scenario.judge();

    assertThat(decision.sizing().cappedBy()).isEqualTo(RuleCodes.DAILY_NOTIONAL);
    assertThat(decision.plan().volume()).isEqualByComparingTo("0.0006");
    assertThat(decision.approved()).isTrue();
  }

  @Test
  void anOrderIsSizedDownToTheStrategysLargestOrder() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on")
            .rule(RuleCodes.MAX_ORDER_NOTIONAL, "strategy-limit.breakout", "20");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("0.0004");
  }

  // Spread 0.04 %; the price is the mid price.
  @ParameterizedTest
  @CsvSource({
    "spread, limit.BTC/USD, 0.04, PASS",
    "spread, limit.BTC/USD, 0.0399, DENY",
    "spread, limit.btc/usd, 0.0399, DENY",
    "spread, limit.ETH/USD, 0, PASS",
    "price-collar, limit.ETH/USD, 0, PASS"
  })
  void aPairMayHaveALimitOfItsOwn(
      String code, String name, String value, RuleResult.Verdict verdict) {
    assertThat(RiskScenario.buy().rule(code, name, value).verdict(code)).isEqualTo(verdict);
  }

  @Test
  void aPairsOwnLimitCountsAlsoWhereItIsWider() {
    RiskScenario scenario = RiskScenario.buy().limit("50600.0");
    assertThat(scenario.verdict(RuleCodes.PRICE_COLLAR)).isEqualTo(DENY);

    scenario.rule(RuleCodes.PRICE_COLLAR, "limit.BTC/USD", "1.2");

    RuleResult result = scenario.result(RuleCodes.PRICE_COLLAR);
    assertThat(result.verdict()).isEqualTo(PASS);
    assertThat(result.limit()).isEqualTo("1.2 % from mid");
  }

  @ParameterizedTest
  @CsvSource({
    "max-order-notional, strategy-limit.breakout, -1",
    "max-order-notional, strategy-limit., 1",
    "daily-notional, source-limit.demo, many",
    "spread, limit.USD, 1",
    "spread, limit.BTC/USD, 101",
    "max-order-notional, strategy-limit, 1",
    "position-limit, strategy-limit.breakout, 1"
  })
  void aWrongNameOrValueIsAProblemOfTheRuleSet(String code, String name, String value) {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(code).put(name, value);

    assertThat(RuleSetValidation.problems(rules))
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("rules." + code + "." + name));
  }

  @Test
  void aNameOfUpToSixtyFourCharactersIsAStrategys() {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(RuleCodes.MAX_ORDER_NOTIONAL).put("strategy-limit." + "x".repeat(64), "1");
    assertThat(RuleSetValidation.problems(rules)).isEmpty();

    rules.get(RuleCodes.MAX_ORDER_NOTIONAL).put("strategy-limit." + "x".repeat(65), "1");

    assertThat(RuleSetValidation.problems(rules)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "daily-notional, strategy-limit.breakout, , 5, false",
    "daily-notional, strategy-limit.breakout, 5, , true",
    "daily-notional, strategy-limit.breakout, 5, 4, false",
    "daily-notional, strategy-limit.breakout, 5, 6, true",
    "max-order-notional, source-limit.demo, , 5, false",
    "max-order-notional, source-limit.demo, 5, , true",
    "spread, limit.BTC/USD, , 0.5, false",
    "spread, limit.BTC/USD, , 0.4, false",
    "spread, limit.BTC/USD, , 0.6, true",
    "spread, limit.BTC/USD, 0.4, , true",
    "spread, limit.BTC/BTC, 0.6, , false"
  })
  void onlyALimitThatGrowsOrGoesMayLetMoreThrough(
      String code, String name, String before, String after, boolean looser) {
    assertThat(RuleLoosening.of(with(code, name, before), with(code, name, after)).isEmpty())
        .isEqualTo(!looser);
  }

  private static Map<String, SortedMap<String, String>> with(
      String code, String name, String value) {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    TreeMap<String, String> changed = new TreeMap<>(rules.get(code));
    if (value != null) {
      changed.put(name, value);
    }
    rules.put(code, changed);
    return rules;
  }

  // A buy of 50 USD; the reserve is 0.1 %.
  @ParameterizedTest
  @CsvSource({
    "0.26, 50.13, PASS",
    "0.26, 50.12, DENY",
    "0.05, 50.05, PASS",
    "0.05, 50.04, DENY",
    ", 50.40, PASS",
    ", 50.39, DENY"
  })
  void aBuyNeedsAtLeastTheAccountsOwnFeeAndTheHighestOneWhileItIsNotKnown(
      String fee, String free, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.FREE_BALANCE, "reserve", "0.1");
    scenario.feePercent = fee == null ? null : new BigDecimal(fee);
    scenario.freeQuote = new BigDecimal(free);

    assertThat(scenario.verdict(RuleCodes.FREE_BALANCE)).isEqualTo(verdict);
  }

  @Test
  void anOrderThatIsSizedDownLeavesRoomForItsFee() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on")
            .rule(RuleCodes.FREE_BALANCE, "reserve", "0");
    scenario.feePercent = new BigDecimal("0.25");
    scenario.freeQuote = new BigDecimal("40.1");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("0.0008");
  }

  @ParameterizedTest
  @CsvSource({"-0.01", "1E+40"})
  void aFeeThatMakesNoSenseIsNotCountedWith(String fee) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.feePercent = new BigDecimal(fee);

    assertThat(scenario.result(RuleCodes.FREE_BALANCE).explanation())
        .contains("the account's fee is not usable");
  }
}
