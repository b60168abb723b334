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

/** Rules about what the account holds, has open and has just done. This order: 50 USD. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class AccountRulesTest {

  @ParameterizedTest
  @CsvSource({"3, PASS", "4, PASS", "5, DENY", "2147483647, DENY"})
  void fiveOrdersMayBeOpenThisOneIncluded(int openOrders, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.openOrders = openOrders;

    assertThat(scenario.verdict(RuleCodes.OPEN_ORDERS)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"449.99, PASS", "450, PASS", "450.01, DENY"})
  void openOrdersMayBeWorthFiveHundredThisOneIncluded(
      String openNotional, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.openNotional = new BigDecimal(openNotional);

    assertThat(scenario.verdict(RuleCodes.OPEN_ORDERS)).isEqualTo(verdict);
  }

  // limit 500 USD = 0.01 BTC; this order 0.001
  @ParameterizedTest
  @CsvSource({
    "0.009, 0, PASS",
    "0.00900001, 0, DENY",
    "0.004, 0.005, PASS",
    "0.004, 0.00500001, DENY",
    "0, 0.009, PASS",
    "-5, 0.009, PASS",
    "-5, 0.00900001, DENY"
  })
  void positionOpenBuysAndThisOrderTogetherHaveALimit(
      String position, String openBuys, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.pairPosition = new BigDecimal(position);
    scenario.pairOpenBuys = new BigDecimal(openBuys);

    assertThat(scenario.verdict(RuleCodes.POSITION_LIMIT)).isEqualTo(verdict);
  }

  @Test
  void aLimitPriceBelowMidDoesNotMakeAPositionLookSmaller() {
    RiskScenario scenario = RiskScenario.buy().limit("49900.0");
    scenario.pairPosition = new BigDecimal("0.00900001");

    assertThat(scenario.verdict(RuleCodes.POSITION_LIMIT)).isEqualTo(DENY);
  }

  @Test
  void aSellIsNotHeldBackByThePosition() {
    RiskScenario scenario = RiskScenario.sell();
    scenario.pairPosition = new BigDecimal("99");

    assertThat(scenario.verdict(RuleCodes.POSITION_LIMIT)).isEqualTo(NOT_APPLICABLE);
  }

  @ParameterizedTest
  @CsvSource({"949.99, PASS", "950, PASS", "950.01, DENY"})
  void theOrdersOfADayMayBeWorthAThousandThisOneIncluded(
      String before, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.dailyNotional = new BigDecimal(before);

    assertThat(scenario.verdict(RuleCodes.DAILY_NOTIONAL)).isEqualTo(verdict);
  }

  // 50 USD + 5 % = 52.5
  @ParameterizedTest
  @CsvSource(
      value = {"52.51, PASS", "52.5, PASS", "52.49, DENY", "0, DENY", "-1, DENY", "null, DENY"},
      nullValues = "null")
  void aBuyNeedsItsValueAndTheReserveInFreeQuote(String free, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.freeQuote = free == null ? null : new BigDecimal(free);
    scenario.freeBase = null;

    assertThat(scenario.verdict(RuleCodes.FREE_BALANCE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"0.00100001, PASS", "0.001, PASS", "0.00099999, DENY", "null, DENY"},
      nullValues = "null")
  void aSellNeedsItsVolumeInFreeBase(String free, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.sell();
    scenario.freeBase = free == null ? null : new BigDecimal(free);
    scenario.freeQuote = null;

    assertThat(scenario.verdict(RuleCodes.FREE_BALANCE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0, DENY", "29999999, DENY", "30000000, PASS", "30000001, PASS", "-60000000, DENY"})
  void theSameOrderMayNotComeAgainWithinThirtySeconds(long agoMicros, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().approved(Duration.ofNanos(agoMicros * 1000));

    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "breakout, BTC/USD, BUY, 0.001, DENY",
    "breakout, BTC/USD, BUY, 0.0010000, DENY",
    "other, BTC/USD, BUY, 0.001, PASS",
    "breakout, ETH/USD, BUY, 0.001, PASS",
    "breakout, BTC/USD, SELL, 0.001, PASS",
    "breakout, BTC/USD, BUY, 0.00100001, PASS"
  })
  void onlyTheSameStrategyPairSideAndVolumeAreTheSameOrder(
      String strategy, String pair, Side side, String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .approved(Duration.ofSeconds(20), "other", "SOL/USD", Side.BUY, "1")
            .approved(Duration.ofSeconds(10), strategy, pair, side, volume)
            .approved(Duration.ofSeconds(5), "other", "SOL/USD", Side.SELL, "1");

    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    // approvals before, evenly within the window; 1 / 5 / 30 allowed with this one
    "0, 1000000, PASS",
    "1, 1000000, PASS",
    "1, 999999, DENY",
    "4, 59999999, PASS",
    "5, 59999999, DENY",
    "5, 60000000, PASS",
    "29, 3599999999, PASS",
    "30, 3599999999, DENY",
    "30, 3600000000, PASS"
  })
  void ordersPerSecondMinuteAndHourAreCounted(
      int before, long agoMicros, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    for (int i = 0; i < before; i++) {
      scenario.approved(Duration.ofNanos(agoMicros * 1000));
    }

    assertThat(scenario.verdict(RuleCodes.MESSAGE_THROTTLE)).isEqualTo(verdict);
  }

  @Test
  void approvalsFromTheFutureCountBecauseAClockHasJumped() {
    RiskScenario scenario = RiskScenario.buy().approved(Duration.ofHours(-2));

    assertThat(scenario.verdict(RuleCodes.MESSAGE_THROTTLE)).isEqualTo(DENY);
  }

  @Test
  void theThrottleSaysHowManyInEachWindow() {
    RiskScenario scenario =
        RiskScenario.buy()
            .approved(Duration.ofMinutes(30))
            .approved(Duration.ofSeconds(30))
            .approved(Duration.ofMillis(500));

    RuleResult result = scenario.result(RuleCodes.MESSAGE_THROTTLE);

    assertThat(result.limit()).isEqualTo("1 in 1 s, 5 in 60 s, 30 in 3600 s, 50 today");
    assertThat(result.actual()).isEqualTo("2 in 1 s, 3 in 60 s, 4 in 3600 s, 4 today");
  }

  @Test
  void anOrderThatIsDifferentInVolumeOnlyPassesAsNew() {
    RiskScenario scenario = RiskScenario.buy().base("0.0011").approved(Duration.ofSeconds(10));

    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(PASS);
  }
}
