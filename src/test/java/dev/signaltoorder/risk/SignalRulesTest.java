package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static dev.signaltoorder.risk.RuleResult.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about the signal itself, the pair, the kind of order and the account's state. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class SignalRulesTest {

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, BUY, PASS",
    "ACTIVE, SELL, PASS",
    "ACTIVE, CLOSE, PASS",
    "ACTIVE, CANCEL, PASS",
    "ENTRIES_HALTED, BUY, DENY",
    "ENTRIES_HALTED, SELL, DENY",
    "ENTRIES_HALTED, CLOSE, PASS",
    "ENTRIES_HALTED, CANCEL, PASS",
    "ENTRIES_HALTED, SHORT, DENY",
    "HALTED, BUY, DENY",
    "HALTED, SELL, DENY",
    "HALTED, CLOSE, DENY",
    "HALTED, CANCEL, PASS",
    "NOT_ARMED, BUY, DENY",
    "NOT_ARMED, CLOSE, DENY",
    "NOT_ARMED, CANCEL, DENY"
  })
  void theTradingStateDecidesWhatMayPass(
      TradingState state, Action action, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.of(action);
    scenario.tradingState = state;

    RuleResult result = scenario.result(RuleCodes.TRADING_STATE);

    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.actual()).startsWith(state.name());
  }

  @ParameterizedTest
  @CsvSource({"0.001, PASS", "0.00100001, PASS", "0.00099999, DENY"})
  void whileEntriesAreHaltedASellMustBeCoveredByTheStrategysPosition(
      String position, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.sell().base("0.001");
    scenario.tradingState = TradingState.ENTRIES_HALTED;
    scenario.strategyPosition = new BigDecimal(position).add(BigDecimal.ONE);
    scenario.strategyOpenSells = BigDecimal.ONE;

    assertThat(scenario.verdict(RuleCodes.TRADING_STATE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "59999999, PASS", "60000000, PASS", "60000001, DENY",
    "-4999999, PASS", "-5000000, PASS", "-5000001, DENY"
  })
  void aSignalMayBeSixtySecondsOldAndFiveAhead(long ageMicros, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.eventTime = RiskScenario.NOW.minus(Duration.ofNanos(ageMicros * 1000));

    assertThat(scenario.verdict(RuleCodes.STALE_SIGNAL)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"1, PASS", "0, PASS", "-1, DENY"})
  void aSignalMayBeTradedUpToItsExpiryButNotAfter(long microsLeft, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.expiresAt = RiskScenario.NOW.plusNanos(microsLeft * 1000);

    assertThat(scenario.verdict(RuleCodes.STALE_SIGNAL)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"CANCEL", "CLOSE", "SHORT"})
  void staleSignalsAreRefusedWhateverTheyAskFor(Action action) {
    RiskScenario scenario = RiskScenario.of(action);
    scenario.eventTime = Instant.MIN;

    assertThat(scenario.verdict(RuleCodes.STALE_SIGNAL)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @CsvSource({"BTC/USD, PASS", "btc/usd, PASS", "ETH/USD, PASS", "SOL/USD, DENY", "BTC/USDT, DENY"})
  void onlyListedPairsMayBeTraded(String symbol, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.symbol = symbol;

    assertThat(scenario.verdict(RuleCodes.ALLOWED_PAIR)).isEqualTo(verdict);
  }

  @Test
  void anOrderInAPairThatWasTakenOffTheListCanStillBeCancelled() {
    RiskScenario scenario = RiskScenario.of(Action.CANCEL);
    scenario.symbol = "SOL/USD";

    assertThat(scenario.judge().approved()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "online, online, PASS",
        "limit_only, online, PASS",
        "online, limit_only, PASS",
        "post_only, online, DENY",
        "online, post_only, DENY",
        "cancel_only, online, DENY",
        "online, cancel_only, DENY",
        "online, maintenance, DENY",
        "reduce_only, online, DENY",
        "delisted, online, DENY",
        "online, ONLINE, DENY",
        "null, online, DENY"
      },
      nullValues = "null")
  void theStatusesOfPairAndSystemDecideForALimitOrder(
      String pair, String system, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.pairStatus = pair;
    scenario.systemStatus = system;

    assertThat(scenario.verdict(RuleCodes.PAIR_STATUS)).isEqualTo(verdict);
  }

  @Test
  void aPostOnlyOrderMayGoWhereOnlySuchAreTaken() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.ORDER_DEFAULTS, "time-in-force", "GTC")
            .rule(RuleCodes.ORDER_DEFAULTS, "post-only", "on");
    scenario.systemStatus = "post_only";

    assertThat(scenario.verdict(RuleCodes.PAIR_STATUS)).isEqualTo(PASS);
  }

  @Test
  void aMarketOrderMayNotGoWhereOnlyLimitOrdersAreTaken() {
    RiskScenario scenario =
        RiskScenario.buy().market().rule(RuleCodes.ORDER_DEFAULTS, "market-as-ioc-limit", "off");
    scenario.pairStatus = "limit_only";

    assertThat(scenario.verdict(RuleCodes.PAIR_STATUS)).isEqualTo(DENY);
  }

  @Test
  void aPairWithoutStatusPassesOnlyWhereTheRuleSetSaysSo() {
    RiskScenario scenario =
        RiskScenario.buy().rule(RuleCodes.PAIR_STATUS, "missing-status", "allow");
    scenario.pairStatus = null;

    assertThat(scenario.verdict(RuleCodes.PAIR_STATUS)).isEqualTo(PASS);
  }

  @Test
  void aCancelOfAnUnknownPairIsDenied() {
    RiskScenario scenario = RiskScenario.of(Action.CANCEL);
    scenario.pairKnown = false;

    assertThat(scenario.judge().reasons()).containsExactly(RuleCodes.PAIR_STATUS);
  }

  @ParameterizedTest
  @CsvSource({"BUY, BUY, PASS", "BUY, SELL, DENY", "BUY, CLOSE, DENY", "SELL, CLOSE, PASS"})
  void onlyListedSidesMayBeTraded(String sides, Action action, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.of(action).rule(RuleCodes.ALLOWED_SIDE, "sides", sides);

    assertThat(scenario.verdict(RuleCodes.ALLOWED_SIDE)).isEqualTo(verdict);
  }

  @Test
  void theOrderTypeIsJudgedByWhatWouldReallyBeSent() {
    RiskScenario limited = RiskScenario.buy().market();
    RiskScenario real =
        RiskScenario.buy().market().rule(RuleCodes.ORDER_DEFAULTS, "market-as-ioc-limit", "off");
    RiskScenario resting =
        RiskScenario.buy().rule(RuleCodes.ORDER_DEFAULTS, "time-in-force", "GTC");

    assertThat(limited.verdict(RuleCodes.ALLOWED_TYPE)).isEqualTo(PASS);
    assertThat(real.verdict(RuleCodes.ALLOWED_TYPE)).isEqualTo(DENY);
    assertThat(resting.verdict(RuleCodes.ALLOWED_TYPE)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "on, BUY, null, DENY",
        "on, BUY, 49999.9, PASS",
        "on, BUY, 50000, DENY",
        "on, SELL, null, NOT_APPLICABLE",
        "off, BUY, null, NOT_APPLICABLE"
      },
      nullValues = "null")
  void aStopIsRequiredOfBuysWhereTheRuleIsOn(
      String enabled, Action action, String stop, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.of(action).rule(RuleCodes.REQUIRED_STOP, "enabled", enabled);
    scenario.stopLoss = stop == null ? null : new BigDecimal(stop);

    assertThat(scenario.verdict(RuleCodes.REQUIRED_STOP)).isEqualTo(verdict);
  }

  @Test
  void aSellDoesNotAskForTheSpreadOfACancel() {
    assertThat(RiskScenario.of(Action.CANCEL).verdict(RuleCodes.FREE_BALANCE))
        .isEqualTo(NOT_APPLICABLE);
  }
}
