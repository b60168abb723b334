package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.signal.SignalSize.Unit;
import java.math.BigDecimal;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // a null where none is expected fails the test, which is what it is for
class SizingTest {

  // equity 10000, price 50000 (sell: 50000), stop 1000 away
  @ParameterizedTest
  @CsvSource({
    "BASE, 0.00123456, 0.00123456",
    "BASE, 0.001234569, 0.00123456",
    "QUOTE, 50, 0.001",
    "QUOTE, 49.9999, 0.00099999",
    "EQUITY_PERCENT, 1, 0.002",
    "EQUITY_PERCENT, 0.33333, 0.00066666",
    "RISK_PERCENT, 0.1, 0.01",
    "RISK_PERCENT, 0.12345678, 0.01234567"
  })
  void everyUnitBecomesAVolumeRoundedDown(Unit unit, String value, String volume) {
    RiskScenario buy = RiskScenario.buy().size(unit, value);
    buy.stopLoss = new BigDecimal("49000");
    RiskScenario sell = RiskScenario.sell().size(unit, value);
    sell.stopLoss = new BigDecimal("51000");

    Decision bought = buy.judge();
    Decision sold = sell.judge();

    assertThat(bought.plan().volume()).isEqualTo(new BigDecimal(volume).setScale(8));
    assertThat(sold.plan().volume()).isEqualTo(new BigDecimal(volume).setScale(8));
    assertThat(bought.sizing().unit()).isEqualTo(unit.name());
    assertThat(bought.sizing().requested()).isEqualByComparingTo(value);
    assertThat(bought.sizing().fromDefault()).isFalse();
  }

  @Test
  void aSizingHoldsEverythingToComputeItAgain() {
    RiskScenario scenario = RiskScenario.buy().size(Unit.RISK_PERCENT, "0.1");
    scenario.stopLoss = new BigDecimal("49000");

    Sizing sizing = scenario.judge().sizing();

    assertThat(sizing.price()).isEqualByComparingTo("50000");
    assertThat(sizing.equity()).isEqualByComparingTo("10000");
    assertThat(sizing.stopDistance()).isEqualByComparingTo("1000");
    assertThat(sizing.exactVolume()).isEqualByComparingTo("0.01");
    assertThat(sizing.problem()).isNull();
  }

  @Test
  void aSignalWithoutASizeTakesTheDefaultOne() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.size = null;

    Sizing sizing = scenario.judge().sizing();

    assertThat(sizing.fromDefault()).isTrue();
    assertThat(sizing.unit()).isEqualTo("QUOTE");
    assertThat(sizing.requested()).isEqualByComparingTo("50");
    assertThat(sizing.volume()).isEqualByComparingTo("0.001");
  }

  @Test
  void aMarketBuyOfAQuoteAmountCannotCostMoreThanTheAmount() {
    Decision decision = RiskScenario.buy().market().size(Unit.QUOTE, "50").judge();

    assertThat(decision.approved()).isTrue();
    assertThat(decision.plan().notional()).isLessThanOrEqualTo(new BigDecimal("50"));
  }

  @ParameterizedTest
  @CsvSource({"BUY, 50000", "BUY, 50001", "SELL, 50000", "SELL, 49999"})
  void aStopOnTheWrongSideOfThePriceIsRefused(Side side, String stop) {
    RiskScenario scenario =
        (side == Side.BUY ? RiskScenario.buy() : RiskScenario.sell()).size(Unit.RISK_PERCENT, "1");
    scenario.stopLoss = new BigDecimal(stop);

    Decision decision = scenario.judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.sizing().problem()).contains("not on the losing side");
    assertThat(decision.reasons()).containsExactly(RuleCodes.DEFAULT_SIZE);
  }

  @Test
  void riskPercentWithoutAStopIsRefused() {
    Decision decision = RiskScenario.buy().size(Unit.RISK_PERCENT, "1").judge();

    assertThat(decision.sizing().problem()).contains("needs a stop-loss");
    assertThat(decision.reasons()).containsExactly(RuleCodes.DEFAULT_SIZE);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"null", "0", "-1"},
      nullValues = "null")
  void aPercentOfAnUnknownEquityIsRefused(String equity) {
    RiskScenario scenario = RiskScenario.buy().size(Unit.EQUITY_PERCENT, "1");
    scenario.equity = equity == null ? null : new BigDecimal(equity);

    Decision decision = scenario.judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.reasons()).containsExactly(RuleCodes.DEFAULT_SIZE);
  }

  @Test
  void aHundredPercentIsTheMost() {
    Sizing at = RiskScenario.buy().size(Unit.EQUITY_PERCENT, "100").judge().sizing();
    Sizing over = RiskScenario.buy().size(Unit.EQUITY_PERCENT, "100.01").judge().sizing();

    assertThat(at.volume()).isEqualByComparingTo("0.2");
    assertThat(over.volume()).isNull();
    assertThat(over.problem()).contains("more than 100 percent");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1E+999999999", "1E-999999999"})
  void aSizeThatIsNoUsableNumberIsRefused(String value) {
    Decision decision = RiskScenario.buy().size(Unit.QUOTE, value).judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.reasons()).containsExactly(RuleCodes.DEFAULT_SIZE);
  }

  @Test
  void aVolumeThatRoundsDownToNothingIsBelowTheMinimumEvenWhereKrakenNamesNone() {
    RiskScenario scenario = RiskScenario.buy().base("0.000000001");
    scenario.orderMin = BigDecimal.ZERO;
    scenario.costMin = BigDecimal.ZERO;

    Decision decision = scenario.judge();

    assertThat(decision.plan().volume()).isEqualByComparingTo("0");
    assertThat(decision.approved()).isFalse();
    assertThat(decision.reasons()).containsExactly(RuleCodes.PAIR_MINIMUM);
  }
}
