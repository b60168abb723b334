package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static dev.signaltoorder.risk.RuleResult.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.signal.SignalSize.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One idea under two ids is recognised by what was asked for, however the market has moved. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class DuplicateOrderRuleTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void theSameDollarsAtAnotherPriceAreTheSameOrder() {
    RiskScenario scenario =
        RiskScenario.buy()
            .size(Unit.QUOTE, "50")
            .limit("50000.1")
            .approvedFor(TEN_SECONDS, "QUOTE", "50.00", "0.00074626", "0.00074626");

    RuleResult result = scenario.result(RuleCodes.DUPLICATE_ORDER);

    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.actual()).isEqualTo("same order for 50 USD 10 s ago");
    assertThat(result.explanation())
        .isEqualTo(
            "The strategy had the same order for 50 USD 10 s ago; it may come again after 30 s.");
  }

  @Test
  void theDefaultSizeIsASizeLikeAnyOther() {
    RiskScenario scenario =
        RiskScenario.buy()
            .limit("50000.1")
            .approvedFor(TEN_SECONDS, "QUOTE", "50", "0.00099", "0.00099");
    scenario.size = null;

    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "QUOTE, 50.01, 0.0009, 0.0009, PASS",
        "QUOTE, 50, 0.0009, 0.0009, DENY",
        "BASE, 50, 50, 0.0009, PASS",
        "BASE, 0.001, 0.001, 0.001, DENY", // as many coins, otherwise asked for
        "BASE, 1, 1, 0.001, DENY", // it was sized down to as many coins
        "BASE, 0.001, 0.001, 0.0005, DENY", // as many coins were asked for
        "EQUITY_PERCENT, 50, 0.0009, 0.0009, PASS",
        "POSITION, null, 0.0009, 0.0009, PASS",
        "POSITION, null, 0.001, 0.001, DENY"
      },
      nullValues = "null")
  void unitAndNumberOrTheVolumeMakeTheSameOrder(
      String unit, String value, String sized, String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .size(Unit.QUOTE, "50")
            .approvedFor(TEN_SECONDS, unit, value, sized, volume);

    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "BASE, 0.00042 BTC",
    "EQUITY_PERCENT, 0.00042 % of equity",
    "RISK_PERCENT, 0.00042 % of equity at risk"
  })
  void theDenialTellsTheSizeAsItWasAskedFor(Unit unit, String text) {
    RiskScenario scenario =
        RiskScenario.buy()
            .size(unit, "0.00042")
            .approvedFor(TEN_SECONDS, unit.name(), "0.000420", "7", "7");
    scenario.stopLoss = new BigDecimal("49000");

    assertThat(scenario.result(RuleCodes.DUPLICATE_ORDER).actual())
        .isEqualTo("same order for " + text + " 10 s ago");
  }

  @Test
  void anotherStrategyPairOrSideMayAskForTheSame() {
    RiskScenario scenario = RiskScenario.sell().size(Unit.QUOTE, "50");
    scenario.approvedFor(TEN_SECONDS, "QUOTE", "50", "0.0009", "0.0009");
    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(DENY);

    scenario.strategy = "other";
    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(PASS);
    scenario.strategy = "breakout";
    scenario.symbol = "ETH/USD";
    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(PASS);
    scenario.symbol = "BTC/USD";
    scenario.action = dev.signaltoorder.signal.Action.BUY;
    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(PASS);
  }

  @Test
  void aSecondCopyThatALimitMakesSmallerIsStillTheSameOrder() {
    RiskScenario scenario =
        RiskScenario.buy()
            .base("0.0018")
            .rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on")
            .approvedFor(TEN_SECONDS, "BASE", "0.0018", "0.0018", "0.0018");
    scenario.dailyNotional = new BigDecimal("960"); // 40 USD are left: 0.0008 BTC

    Decision decision = scenario.judge();

    assertThat(decision.plan().volume()).isEqualByComparingTo("0.0008");
    assertThat(decision.reasons()).containsExactly(RuleCodes.DUPLICATE_ORDER);
  }

  @ParameterizedTest
  @CsvSource({"0.001, DENY", "0.00099999, PASS"})
  void ofAnApprovalOfAnOlderVersionOnlyTheVolumeIsKnown(String volume, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .size(Unit.QUOTE, "50")
            .approved(TEN_SECONDS, "breakout", "BTC/USD", Side.BUY, volume);

    assertThat(scenario.verdict(RuleCodes.DUPLICATE_ORDER)).isEqualTo(verdict);
  }

  @Test
  void aCloseWhoseOrderDidNotFillMayComeAgainAtOnce() {
    RiskScenario scenario =
        RiskScenario.close().approvedFor(TEN_SECONDS, "POSITION", null, "0.001", "0.001");

    RuleResult result = scenario.result(RuleCodes.DUPLICATE_ORDER);

    assertThat(result.verdict()).isEqualTo(NOT_APPLICABLE);
    assertThat(result.explanation())
        .isEqualTo(
            "An exit: it sells 0.001 BTC of the 0.001 BTC that the strategy can still sell, "
                + "and may be sent again until nothing is left.");
    assertThat(scenario.judge().approved()).isTrue();
  }

  @Test
  void aPartialSellIsNotRepeatedThoughItOnlyMakesThePositionSmaller() {
    RiskScenario scenario =
        RiskScenario.sell().approvedFor(TEN_SECONDS, "BASE", "0.001", "0.001", "0.001");
    scenario.strategyPosition = new BigDecimal("0.01");

    assertThat(scenario.judge().reasons()).containsExactly(RuleCodes.DUPLICATE_ORDER);
  }
}
