package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.signal.SignalSize.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes that follow the sender's confidence, and sizes that follow the limits. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class SizeScalingTest {

  // least 25, absent 50: 25 + 75 x confidence percent of 0.001
  @ParameterizedTest
  @CsvSource(
      value = {
        "1, 100, 0.00100000",
        "0, 25, 0.00025000",
        "0.8, 85, 0.00085000",
        "0.33333, 49.99975, 0.00049999",
        "null, 50, 0.00050000"
      },
      nullValues = "null")
  void aBuyIsScaledByItsConfidence(BigDecimal confidence, String percent, String volume) {
    RiskScenario scenario = scaled(RiskScenario.buy());
    scenario.confidence = confidence;

    Decision decision = scenario.judge();

    assertThat(decision.plan().volume()).isEqualTo(new BigDecimal(volume));
    assertThat(decision.sizing().scalePercent()).isEqualByComparingTo(percent);
    assertThat(decision.sizing().exactVolume()).isEqualByComparingTo("0.001");
    assertThat(scenario.result(RuleCodes.SIZE_SCALING).explanation())
        .isEqualTo("The order has " + percent + " % of the size.");
  }

  @ParameterizedTest
  @CsvSource({"1.01", "-0.01"})
  void aConfidenceThatIsNoneIsRefused(BigDecimal confidence) {
    RiskScenario scenario = scaled(RiskScenario.buy());
    scenario.confidence = confidence;

    assertThat(scenario.judge().reasons()).contains(RuleCodes.DEFAULT_SIZE);
  }

  @Test
  void aSellAndACloseAreNeverScaled() {
    RiskScenario sell = scaled(RiskScenario.sell());
    sell.confidence = new BigDecimal("0.1");
    RiskScenario close = scaled(RiskScenario.close());
    close.confidence = new BigDecimal("0.1");

    assertThat(sell.judge().plan().volume()).isEqualByComparingTo("0.001");
    assertThat(close.judge().plan().volume()).isEqualByComparingTo("0.001");
  }

  @Test
  void withoutTheRuleNothingIsScaledOrSizedDown() {
    RiskScenario scenario = RiskScenario.buy().base("0.01");
    scenario.rules.remove(RuleCodes.SIZE_SCALING);
    scenario.confidence = new BigDecimal("0.1");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("0.01");
  }

  // a buy of 1 BTC at 50 000, sized down by one limit; the others leave more room
  @ParameterizedTest
  @CsvSource({
    "max-order-notional, 0.00200000", // 100 USD
    "max-order-quantity, 0.00150000",
    "open-orders, 0.00190000", // 500 - 405
    "position-limit, 0.00180000", // (0.01 - 0.0082) BTC
    "daily-notional, 0.00170000", // 1000 - 915
    "free-balance, 0.00160000", // 84 / 1.05
    "depth, 0.00140000" // 70 USD
  })
  void aBuyIsSizedDownToTheNarrowestLimit(String code, String volume) {
    RiskScenario scenario = capped(RiskScenario.buy().base("1"));
    switch (code) {
      case "max-order-notional" -> {}
      case "max-order-quantity" -> scenario.rule(code, "limit.BTC/USD", "0.0015");
      case "open-orders" -> scenario.openNotional = new BigDecimal("405");
      case "position-limit" -> scenario.pairPosition = new BigDecimal("0.0082");
      case "daily-notional" -> scenario.dailyNotional = new BigDecimal("915");
      case "free-balance" -> scenario.freeQuote = new BigDecimal("84");
      default -> scenario.askDepth = new BigDecimal("70");
    }

    Decision decision = scenario.judge();

    assertThat(decision.reasons()).isEmpty();
    assertThat(decision.plan().volume()).isEqualTo(new BigDecimal(volume));
    assertThat(decision.sizing().cappedBy()).isEqualTo(code);
    assertThat(decision.sizing().volume()).isEqualTo(new BigDecimal(volume));
    assertThat(decision.sizing().sizedVolume()).isEqualByComparingTo("1");
    assertThat(scenario.result(RuleCodes.SIZE_SCALING).explanation())
        .isEqualTo("Sized down from 1 BTC to what " + code + " allows.");
  }

  @Test
  void aSellIsSizedDownToTheFreeCoins() {
    RiskScenario scenario = capped(RiskScenario.sell().base("1"));
    scenario.freeBase = new BigDecimal("0.001999999");

    Decision decision = scenario.judge();

    assertThat(decision.approved()).isTrue();
    assertThat(decision.plan().volume()).isEqualByComparingTo("0.00199999");
    assertThat(decision.sizing().cappedBy()).isEqualTo(RuleCodes.FREE_BALANCE);
  }

  @Test
  void anOrderWithinTheLimitsIsLeftAsItIs() {
    Decision decision = capped(RiskScenario.buy()).judge();

    assertThat(decision.plan().volume()).isEqualByComparingTo("0.001");
    assertThat(decision.sizing().cappedBy()).isNull();
  }

  // order-min 0.00005 BTC = 2.5 USD
  @ParameterizedTest
  @CsvSource({"2.5, true, 0.00005", "2.49, false, 1", "0, false, 1", "-5, false, 1"})
  void anOrderIsNeverSizedDownBelowThePairsMinimum(String room, boolean approved, String volume) {
    RiskScenario scenario = capped(RiskScenario.buy().base("1"));
    scenario.dailyNotional = new BigDecimal("1000").subtract(new BigDecimal(room));

    Decision decision = scenario.judge();

    assertThat(decision.approved()).isEqualTo(approved);
    assertThat(decision.plan().volume()).isEqualByComparingTo(volume);
  }

  @Test
  void anOrderIsNeverSizedDownBelowThePairsMinimumCost() {
    RiskScenario scenario = capped(RiskScenario.buy().base("1"));
    scenario.costMin = new BigDecimal("50.01");
    scenario.dailyNotional = new BigDecimal("950");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("1");
  }

  @Test
  void aLimitThatIsNotKnownSizesNothingDownAndDenies() {
    RiskScenario scenario = capped(RiskScenario.buy().base("1"));
    scenario.freeQuote = null;

    Decision decision = scenario.judge();

    assertThat(decision.plan().volume()).isEqualByComparingTo("0.002");
    assertThat(decision.reasons()).containsExactly(RuleCodes.FREE_BALANCE);
  }

  @Test
  void aCloseIsNeverSizedDown() {
    RiskScenario scenario = capped(RiskScenario.close());
    scenario.strategyPosition = new BigDecimal("1");
    scenario.bidDepth = new BigDecimal("100");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("1");
  }

  @Test
  void theOrderMustBeSentWhileItsPriceAndItsSignalAreFresh() {
    RiskScenario byPrice = RiskScenario.buy();
    byPrice.takenAt = RiskScenario.NOW.minusSeconds(2);
    RiskScenario bySignal = RiskScenario.buy();
    bySignal.eventTime = RiskScenario.NOW.minusSeconds(59);
    RiskScenario byExpiry = RiskScenario.buy();
    byExpiry.expiresAt = RiskScenario.NOW.plusMillis(1500);
    RiskScenario denied = RiskScenario.buy().base("1");

    assertThat(byPrice.judge().sendBefore()).isEqualTo(in(3000));
    assertThat(bySignal.judge().sendBefore()).isEqualTo(in(1000));
    assertThat(byExpiry.judge().sendBefore()).isEqualTo(in(1500));
    assertThat(denied.judge().sendBefore()).isNull();
    assertThat(RiskScenario.of(dev.signaltoorder.signal.Action.CANCEL).judge().sendBefore())
        .isNull();
  }

  private static Instant in(long millis) {
    return RiskScenario.NOW.plusMillis(millis);
  }

  private static RiskScenario scaled(RiskScenario scenario) {
    return scenario.rule(RuleCodes.SIZE_SCALING, "by-confidence", "on");
  }

  private static RiskScenario capped(RiskScenario scenario) {
    return scenario.rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on");
  }

  @Test
  void everyUnitIsScaledAlike() {
    RiskScenario scenario = scaled(RiskScenario.buy().size(Unit.QUOTE, "100"));
    scenario.confidence = new BigDecimal("0.2");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("0.0008");
  }
}
