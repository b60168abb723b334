package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.OrderPlan.TimeInForce;
import dev.signaltoorder.signal.EntryZone;
import dev.signaltoorder.signal.OrderType;
import java.math.BigDecimal;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // a null where none is expected fails the test, which is what it is for
class OrderPlanTest {

  private static final String DEFAULTS = RuleCodes.ORDER_DEFAULTS;

  @Test
  void aLimitSignalKeepsItsPriceAndTakesTheDefaultTimeInForce() {
    OrderPlan plan = RiskScenario.buy().limit("49999.9").judge().plan();

    assertThat(plan)
        .extracting(OrderPlan::side, OrderPlan::type, OrderPlan::timeInForce, OrderPlan::postOnly)
        .containsExactly(Side.BUY, OrderType.LIMIT, TimeInForce.IOC, false);
    assertThat(plan.limitPrice()).isEqualByComparingTo("49999.9");
    assertThat(plan.referencePrice()).isEqualByComparingTo("49999.9");
  }

  @Test
  void aPriceThatIsOffTheTickIsLeftAsItIsAndRefused() {
    Decision decision = RiskScenario.buy().limit("50000.05").judge();

    assertThat(decision.plan().limitPrice()).isEqualByComparingTo("50000.05");
    assertThat(decision.reasons()).containsExactly(RuleCodes.PAIR_PRECISION);
  }

  // ask 50010 x 1.005 = 50260.05; bid 49990 x 0.995 = 49740.05
  @ParameterizedTest
  @CsvSource({"BUY, 0.1, 50260.0", "SELL, 0.1, 49740.1", "BUY, 25, 50250", "SELL, 25, 49750"})
  void aMarketSignalBecomesAnIocLimitAtTheCollarRoundedTowardsTheMarket(
      Side side, String tick, String price) {
    RiskScenario scenario = (side == Side.BUY ? RiskScenario.buy() : RiskScenario.sell()).market();
    scenario.tick = new BigDecimal(tick);

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.type()).isEqualTo(OrderType.LIMIT);
    assertThat(plan.timeInForce()).isEqualTo(TimeInForce.IOC);
    assertThat(plan.limitPrice()).isEqualByComparingTo(price);
  }

  @Test
  void anIocLimitMadeOfAMarketSignalIsNeverPostOnlyAndNeverRests() {
    OrderPlan plan =
        RiskScenario.buy()
            .market()
            .rule(DEFAULTS, "time-in-force", "GTC")
            .rule(DEFAULTS, "post-only", "on")
            .judge()
            .plan();

    assertThat(plan.timeInForce()).isEqualTo(TimeInForce.IOC);
    assertThat(plan.postOnly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"BUY, 50010", "SELL, 49990"})
  void aMarketOrderThatStaysOneIsValuedAtTheFarSideOfTheSpread(Side side, String reference) {
    RiskScenario scenario =
        (side == Side.BUY ? RiskScenario.buy() : RiskScenario.sell())
            .market()
            .rule(DEFAULTS, "market-as-ioc-limit", "off");

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.type()).isEqualTo(OrderType.MARKET);
    assertThat(plan.limitPrice()).isNull();
    assertThat(plan.timeInForce()).isEqualTo(TimeInForce.IOC);
    assertThat(plan.referencePrice()).isEqualByComparingTo(reference);
    assertThat(plan.notional()).isEqualByComparingTo(new BigDecimal(reference).movePointLeft(3));
  }

  @ParameterizedTest
  @CsvSource({"BUY, 50100", "SELL, 49900"})
  void anEntryZoneMeansALimitAtItsFarEdge(Side side, String price) {
    RiskScenario scenario =
        (side == Side.BUY ? RiskScenario.buy() : RiskScenario.sell()).limit(null);
    scenario.orderType = null;
    scenario.entryZone = new EntryZone(new BigDecimal("49900"), new BigDecimal("50100"));

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.type()).isEqualTo(OrderType.LIMIT);
    assertThat(plan.limitPrice()).isEqualByComparingTo(price);
  }

  @Test
  void aLimitPriceGoesBeforeAnEntryZone() {
    RiskScenario scenario = RiskScenario.buy().limit("49950");
    scenario.entryZone = new EntryZone(new BigDecimal("49900"), new BigDecimal("50100"));

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.limitPrice()).isEqualByComparingTo("49950");
  }

  @Test
  void aSignalThatNamesAPriceButNoTypeIsALimitEvenWhereTheDefaultIsMarket() {
    RiskScenario scenario = RiskScenario.buy().rule(DEFAULTS, "type", "MARKET");
    scenario.orderType = null;

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.limitPrice()).isEqualByComparingTo("50000");
  }

  @Test
  void aSignalWithNeitherTypeNorPriceTakesTheDefaultType() {
    RiskScenario scenario =
        RiskScenario.buy()
            .limit(null)
            .rule(DEFAULTS, "type", "MARKET")
            .rule(DEFAULTS, "market-as-ioc-limit", "off");
    scenario.orderType = null;

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.type()).isEqualTo(OrderType.MARKET);
  }

  @ParameterizedTest
  @CsvSource({
    "BUY, touch, 50010",
    "SELL, touch, 49990",
    "BUY, own-side, 49990",
    "SELL, own-side, 50010"
  })
  void aLimitWithoutAPriceTakesItFromTheSpread(Side side, String from, String price) {
    RiskScenario scenario =
        (side == Side.BUY ? RiskScenario.buy() : RiskScenario.sell())
            .limit(null)
            .rule(DEFAULTS, "limit-from", from);

    OrderPlan plan = scenario.judge().plan();

    assertThat(plan.limitPrice()).isEqualByComparingTo(price);
  }

  @Test
  void aLimitWithoutAPriceIsRefusedWhereTheRuleSetSaysSo() {
    Decision decision =
        RiskScenario.buy().limit(null).rule(DEFAULTS, "limit-from", "refuse").judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.reasons()).containsExactly(DEFAULTS);
  }

  @Test
  void postOnlyIsForRestingLimitOrders() {
    OrderPlan plan =
        RiskScenario.buy()
            .rule(DEFAULTS, "time-in-force", "GTC")
            .rule(DEFAULTS, "post-only", "on")
            .judge()
            .plan();

    assertThat(plan.postOnly()).isTrue();
    assertThat(plan.timeInForce()).isEqualTo(TimeInForce.GTC);
  }

  @Test
  void aCloseSellsWhatTheStrategyHoldsLessItsOpenSells() {
    RiskScenario scenario = RiskScenario.close();
    scenario.strategyPosition = new BigDecimal("0.003000000019");
    scenario.strategyOpenSells = new BigDecimal("0.001");

    Decision decision = scenario.judge();

    assertThat(decision.plan().side()).isEqualTo(Side.SELL);
    assertThat(decision.plan().volume()).isEqualByComparingTo("0.00200000");
    assertThat(decision.sizing().unit()).isEqualTo("POSITION");
    assertThat(decision.sizing().exactVolume()).isEqualByComparingTo("0.002000000019");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.001, 0.001", "0.001, 0.002", "0.000000001, 0", "-1, 0"})
  void aCloseWithNothingToCloseHasNoOrder(String position, String openSells) {
    RiskScenario scenario = RiskScenario.close();
    scenario.strategyPosition = new BigDecimal(position);
    scenario.strategyOpenSells = new BigDecimal(openSells);

    Decision decision = scenario.judge();

    assertThat(decision.approved()).isFalse();
    assertThat(decision.plan()).isNull();
    assertThat(decision.sizing().problem()).isEqualTo("There is nothing to close.");
    assertThat(decision.reasons()).containsExactly(RuleCodes.DEFAULT_SIZE);
  }

  @ParameterizedTest
  @CsvSource({"0", "-50000", "1E+999999999", "1E-999999999"})
  void aPriceThatNoMarketCanHaveIsRefused(String price) {
    Decision decision = RiskScenario.buy().limit(price).judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.reasons()).containsExactly(DEFAULTS);
  }

  @Test
  void anEntryZoneThatIsUpsideDownIsRefused() {
    RiskScenario scenario = RiskScenario.buy().limit(null);
    scenario.entryZone = new EntryZone(new BigDecimal("50100"), new BigDecimal("49900"));

    Decision decision = scenario.judge();

    assertThat(decision.reasons()).containsExactly(DEFAULTS);
  }
}
