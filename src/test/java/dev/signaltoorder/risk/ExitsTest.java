package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.SignalSize.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What limits entries lets an order pass that only makes a position smaller: 0.001 BTC here. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class ExitsTest {

  private static final String SELLS = "An exit: it sells 0.001 BTC of the 0.001 BTC that ";

  private static Arguments limit(
      String code, String actual, String because, Consumer<RiskScenario> change) {
    return Arguments.of(
        code, actual, SELLS + "the strategy can still sell, " + because + ".", change);
  }

  /** Beyond which an entry is denied. */
  static Stream<Arguments> limits() {
    String open = "however many orders are open";
    String pace = "whatever the pace, and counts for the orders after it";
    return Stream.of(
        limit(RuleCodes.OPEN_ORDERS, "6 orders, 50 USD", open, s -> s.openOrders = 5),
        limit(
            RuleCodes.OPEN_ORDERS,
            "1 order, 501 USD",
            open,
            s -> s.openNotional = new BigDecimal("451")),
        limit(
            RuleCodes.SPREAD,
            "0.6 %",
            "however far bid and ask lie apart",
            s -> s.halfSpread("150")),
        limit(
            RuleCodes.DEPTH,
            "49 USD for an order of 50 USD",
            "and takes what the book has",
            s -> {
              s.bidDepth = new BigDecimal("49");
              s.askDepth = new BigDecimal("49");
            }),
        limit(
            RuleCodes.MESSAGE_THROTTLE,
            "2 in 1 s, 2 in 60 s, 2 in 3600 s, 2 today",
            pace,
            s -> s.approved(Duration.ofMillis(500), "other", "ETH/USD", Side.SELL, "1")),
        limit(
            RuleCodes.MESSAGE_THROTTLE,
            "1 in 1 s, 1 in 60 s, 1 in 3600 s, 51 today",
            pace,
            s -> approvals(s, 50, Duration.ofHours(2))),
        limit(
            RuleCodes.STRATEGY_THROTTLE,
            "1 in 1 s, 6 in 60 s, 6 today",
            pace,
            s -> approvals(s, 5, Duration.ofSeconds(10))));
  }

  private static void approvals(RiskScenario scenario, int count, Duration ago) {
    for (int i = 0; i < count; i++) {
      scenario.approved(ago, "breakout", "ETH/USD", Side.SELL, "1");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("limits")
  void aCloseOfAllThatIsHeldPassesAndSaysWhy(
      String code, String actual, String explanation, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.close();
    change.accept(scenario);

    RuleResult result = scenario.result(code);

    assertThat(result.verdict()).isEqualTo(NOT_APPLICABLE);
    assertThat(result.actual()).isEqualTo(actual);
    assertThat(result.explanation()).isEqualTo(explanation);
    assertThat(scenario.judge().reasons()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("limits")
  void anEntryIsDeniedThere(
      String code, String actual, String explanation, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.buy();
    change.accept(scenario);

    assertThat(scenario.verdict(code)).isEqualTo(DENY);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("limits")
  void aSellPassesUpToWhatIsHeldLessWhatOtherSellsHaveReserved(
      String code, String actual, String explanation, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.sell();
    change.accept(scenario);
    scenario.strategyPosition = new BigDecimal("0.003");

    scenario.strategyOpenSells = new BigDecimal("0.002");
    assertThat(scenario.verdict(code)).isEqualTo(NOT_APPLICABLE);
    scenario.strategyOpenSells = new BigDecimal("0.00200001");
    assertThat(scenario.verdict(code)).isEqualTo(DENY);
  }

  @Test
  void aPositionAtTheLimitThatHasGainedCanBeClosedWhole() {
    RiskScenario scenario = RiskScenario.close();
    scenario.rules.putAll(ShippedRuleSets.pro());
    scenario.limit(null);
    // 49 990 USD were bought at 49 500; at a bid of 49 995 they are worth 50 490.
    scenario.halfSpread("5");
    scenario.strategyPosition = new BigDecimal("1.0099");
    scenario.pairPosition = scenario.strategyPosition;
    scenario.equity = new BigDecimal("1000000");

    Decision decision = scenario.judge();

    assertThat(decision.reasons()).isEmpty();
    assertThat(decision.plan().volume()).isEqualByComparingTo("1.0099");
    assertThat(decision.plan().notional()).isGreaterThan(new BigDecimal("50000"));
  }

  @Test
  void whatMustHoldForExitsToo() {
    assertDenied(RuleCodes.STALE_PRICE, s -> s.takenAt = RiskScenario.NOW.minusSeconds(6));
    assertDenied(RuleCodes.PRICE_COLLAR, s -> s.limit("49000.0"));
    assertDenied(RuleCodes.PAIR_PRECISION, s -> s.limit("50000.01"));
    assertDenied(RuleCodes.PAIR_MINIMUM, s -> s.orderMin = new BigDecimal("0.0011"));
    assertDenied(RuleCodes.FREE_BALANCE, s -> s.freeBase = new BigDecimal("0.00099999"));
    assertDenied(RuleCodes.TRADING_STATE, s -> s.tradingState = TradingState.HALTED);
    assertDenied(RuleCodes.PAIR_STATUS, s -> s.systemStatus = "maintenance");
    assertDenied(RuleCodes.DEPTH, s -> s.snapshotKnown = false);
  }

  private static void assertDenied(String code, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.close();
    change.accept(scenario);

    assertThat(scenario.judge().reasons()).as(code).contains(code);
  }

  @Test
  void anExitIsNotSizedDownByWhatDoesNotHoldItBack() {
    RiskScenario scenario = capped(RiskScenario.sell());
    scenario.strategyPosition = new BigDecimal("0.001");
    scenario.openNotional = new BigDecimal("490");
    scenario.bidDepth = new BigDecimal("10");

    Decision decision = scenario.judge();

    assertThat(decision.plan().volume()).isEqualByComparingTo("0.001");
    assertThat(decision.sizing().cappedBy()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"spread, of mid", "reversal, sells", "trading-state, halted", "price-move, moves"})
  void whatALimitLeavesOfASellOfMoreThanIsHeldIsNoExit(String code, String what) {
    RiskScenario scenario = capped(RiskScenario.sell().base("0.0015"));
    scenario.strategyPosition = new BigDecimal("0.001");
    scenario.dailyNotional = new BigDecimal("960"); // 40 USD are left: 0.0008 BTC
    switch (code) {
      case "spread" -> scenario.halfSpread("150");
      case "reversal" -> scenario.rule(code, "sell-beyond-position", "deny");
      case "price-move" -> scenario.rule(code, "missing-history", "deny");
      default -> scenario.tradingState = TradingState.ENTRIES_HALTED;
    }

    Decision decision = scenario.judge();

    assertThat(decision.plan().volume()).as(what).isEqualByComparingTo("0.0008");
    assertThat(decision.reasons()).containsExactly(code);
  }

  @Test
  void aSellWithinWhatIsHeldIsAnExitAlsoWhereALimitMakesItSmaller() {
    RiskScenario scenario = capped(RiskScenario.sell().size(Unit.QUOTE, "50").halfSpread("150"));
    scenario.strategyPosition = new BigDecimal("0.001");
    scenario.dailyNotional = new BigDecimal("960");

    Decision decision = scenario.judge();

    assertThat(decision.reasons()).isEmpty();
    assertThat(decision.plan().volume()).isEqualByComparingTo("0.0008");
  }

  private static RiskScenario capped(RiskScenario scenario) {
    return scenario.rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on");
  }
}
