package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signaltoorder.risk.AccountHistory.PricePoint;
import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.FieldProblem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exactly at a boundary, and one step beyond it. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RuleBoundariesTest {

  // Two were approved within the last second: this one is the third in every window.
  @ParameterizedTest
  @CsvSource({
    "per-second, 3, PASS", "per-second, 2, DENY",
    "per-minute, 3, PASS", "per-minute, 2, DENY",
    "per-hour, 3, PASS", "per-hour, 2, DENY",
    "per-day, 3, PASS", "per-day, 2, DENY"
  })
  void asManyOrdersAsAWindowAllowsMayBeApproved(
      String window, String most, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .approved(Duration.ofMillis(900), "other", "ETH/USD", Side.BUY, "1")
            .approved(Duration.ofMillis(500), "other", "ETH/USD", Side.BUY, "1");
    for (String each : List.of("per-second", "per-minute", "per-hour", "per-day")) {
      scenario.rule(RuleCodes.MESSAGE_THROTTLE, each, "100");
    }

    scenario.rule(RuleCodes.MESSAGE_THROTTLE, window, most);

    assertThat(scenario.verdict(RuleCodes.MESSAGE_THROTTLE)).isEqualTo(verdict);
  }

  // The strategy had two within the last second, another strategy one more.
  @ParameterizedTest
  @CsvSource({
    "per-second, 3, PASS", "per-second, 2, DENY",
    "per-minute, 3, PASS", "per-minute, 2, DENY",
    "per-day, 3, PASS", "per-day, 2, DENY"
  })
  void asManyOrdersAsAWindowAllowsMayBeApprovedForOneStrategy(
      String window, String most, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .approved(Duration.ofMillis(900), "breakout", "ETH/USD", Side.BUY, "1")
            .approved(Duration.ofMillis(700), "other", "ETH/USD", Side.BUY, "1")
            .approved(Duration.ofMillis(500), "breakout", "ETH/USD", Side.BUY, "1");
    for (String each : List.of("per-second", "per-minute", "per-day")) {
      scenario.rule(RuleCodes.STRATEGY_THROTTLE, each, "100");
    }

    scenario.rule(RuleCodes.STRATEGY_THROTTLE, window, most);

    assertThat(scenario.verdict(RuleCodes.STRATEGY_THROTTLE)).isEqualTo(verdict);
  }

  // From 40 000 to 50 000: exactly 25 %.
  @ParameterizedTest
  @CsvSource({"25, PASS", "24.9999, DENY"})
  void aPriceMayHaveMovedByTheLimit(String limit, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.PRICE_MOVE, "limit", limit);
    scenario.prices.add(
        new PricePoint(RiskScenario.NOW.minusSeconds(100), new BigDecimal("40000")));

    assertThat(scenario.verdict(RuleCodes.PRICE_MOVE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "default-size, value, 100, none",
        "default-size, value, 100.01, is more than 100 percent",
        "default-size, value, 0, is zero",
        "open-orders, count, 0, none",
        "open-orders, count, 10000, none",
        "open-orders, count, 10001, is out of range",
        "open-orders, count, 1.0, is not a whole number",
        "pyramiding, max-entries, 1, none",
        "pyramiding, max-entries, 0, is out of range",
        "spread, limit, 0.0000000000000000000000000001, none",
        "spread, limit, 0.00000000000000000000000000001, is not a plain decimal number",
        "reversal, sell-beyond-position, maybe, is not one of the allowed words"
      })
  void aParameterMayHaveItsBoundaryValues(String code, String name, String value, String problem) {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(RuleCodes.DEFAULT_SIZE).put("unit", "EQUITY_PERCENT");
    rules.get(RuleCodes.DEFAULT_SIZE).put("value", "1");
    rules.get(code).put(name, value);

    List<String> found =
        RuleSetValidation.problems(rules).stream().map(FieldProblem::problem).toList();

    assertThat(found).isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  @Test
  void aParameterSaysWhatIsAllowed() {
    assertThat(new ParameterType.Pairs().allowed()).contains("BTC/USD");
    assertThat(new ParameterType.Choice(List.of("on", "off")).allowed()).isEqualTo("on or off");
    assertThat(new ParameterType.Whole("buys", 1, 9, null).allowed()).isEqualTo("1 to 9 (buys)");
  }

  @Test
  void everyRuleHasAScopeAndWhatIsNoRuleHasNone() {
    assertThat(RuleCatalog.rules()).allSatisfy(rule -> assertThat(rule.scope()).isNotBlank());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleScopes.of("no-rule"))
        .withMessageContaining("no-rule");
  }

  @Test
  void aRuleThatIsLeftOutIsOffAndAMandatoryOneDeniesWithAnUnknownLimit() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.rules.remove(RuleCodes.SIZE_SCALING);
    scenario.rules.remove(RuleCodes.SPREAD);

    RuleResult off = scenario.result(RuleCodes.SIZE_SCALING);
    RuleResult missing = scenario.result(RuleCodes.SPREAD);

    assertThat(off.verdict()).isEqualTo(NOT_APPLICABLE);
    assertThat(off.limit()).isEqualTo("off");
    assertThat(missing.verdict()).isEqualTo(DENY);
    assertThat(missing.limit()).isEqualTo(Wording.UNKNOWN);
  }

  @Test
  void aLimitThatCannotBeNamedIsUnknown() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.pairKnown = false;

    assertThat(scenario.result(RuleCodes.POSITION_LIMIT).limit()).isEqualTo(Wording.UNKNOWN);
  }

  @Test
  void aSellThatCannotBePlannedIsNotJudgedByAHaltOfEntries() {
    RiskScenario scenario = RiskScenario.sell();
    scenario.tradingState = TradingState.ENTRIES_HALTED;
    scenario.snapshotKnown = false;
    scenario.market();

    RuleResult result = scenario.result(RuleCodes.TRADING_STATE);

    assertThat(result.verdict()).isEqualTo(NOT_APPLICABLE);
    assertThat(result.explanation()).isEqualTo("There is no sell order to judge.");
  }

  @Test
  void anOrderIsSizedDownToTheLargestVolumeOfOneOrder() {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on")
            .rule(RuleCodes.MAX_ORDER_QUANTITY, "limit.BTC/USD", "0.0004");

    assertThat(scenario.judge().plan().volume()).isEqualByComparingTo("0.0004");
  }

  @Test
  void whatIsDeniedAlsoIsDenied() {
    Decision approved = RiskScenario.buy().judge();
    RuleResult reason = new RuleResult("market-thin", DENY, "1", "2", "The market is thin.");

    Decision denied = approved.deniedAlso(reason);

    assertThat(approved.approved()).isTrue();
    assertThat(denied.approved()).isFalse();
    assertThat(denied.reasons()).containsExactly("market-thin");
    assertThat(denied.plan()).isEqualTo(approved.plan());
    assertThat(denied.results()).hasSize(approved.results().size() + 1);
  }

  @Test
  void aStoredInputLeavesOnlyTheApprovalsOut() {
    RiskInput input = RiskScenario.buy().approved(Duration.ofHours(2)).input();

    RiskInput stored = input.withAccount(input.account().withApprovals(List.of()));

    assertThat(stored.account().recentApprovals()).isEmpty();
    assertThat(stored.account().withApprovals(input.account().recentApprovals()))
        .isEqualTo(input.account());
    assertThat(stored.signal()).isEqualTo(input.signal());
  }
}
