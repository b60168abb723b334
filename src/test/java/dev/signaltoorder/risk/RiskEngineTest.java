package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RiskEngineTest {

  @Test
  void aGoodSignalIsApprovedWithItsOrderAndTheRuleSetsVersion() {
    Decision decision = RiskScenario.buy().judge();

    assertThat(decision.reasons()).isEmpty();
    assertThat(decision.approved()).isTrue();
    assertThat(decision.ruleSetVersion()).isEqualTo(7);
    assertThat(decision.plan().volume()).isEqualByComparingTo("0.001");
    assertThat(decision.plan().notional()).isEqualByComparingTo("50");
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void allRulesAnswerEverySignalInTheCataloguesOrderWithBothNumbers(Action action) {
    Decision decision = RiskScenario.of(action).judge();

    assertThat(decision.results()).extracting(RuleResult::code).isEqualTo(codes());
    assertThat(decision.results())
        .allSatisfy(
            result -> {
              assertThat(result.limit()).isNotBlank();
              assertThat(result.actual()).isNotBlank();
              assertThat(result.explanation()).endsWith(".");
            });
  }

  @ParameterizedTest
  @MethodSource("mandatoryCodes")
  void aMandatoryRuleThatIsMissingDenies(String code) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.rules.remove(code);

    Decision decision = scenario.judge();

    assertThat(decision.approved()).isFalse();
    assertThat(decision.reasons()).contains(code);
    assertThat(decision.results()).extracting(RuleResult::code).isEqualTo(codes());
  }

  @ParameterizedTest
  @MethodSource("requiredParameters")
  void aParameterThatIsMissingOrUnreadableDenies(String code, String parameter) {
    RiskScenario missing = RiskScenario.buy();
    missing.rules.get(code).remove(parameter);
    RiskScenario unreadable = RiskScenario.buy().rule(code, parameter, "a lot");

    List<String> reasonsWhenMissing = missing.judge().reasons();
    List<String> reasonsWhenUnreadable = unreadable.judge().reasons();

    assertThat(reasonsWhenMissing).contains(code);
    assertThat(reasonsWhenUnreadable).contains(code);
  }

  @Test
  void theReasonOfAnUnreadableParameterNamesItsField() {
    RuleResult result =
        RiskScenario.buy().rule(RuleCodes.SPREAD, "limit", "-1").result(RuleCodes.SPREAD);

    assertThat(result.explanation())
        .isEqualTo("The rule set is wrong: rules.spread.limit is not a plain decimal number.");
  }

  @Test
  void aRuleThatThisVersionDoesNotKnowDenies() {
    Decision decision = RiskScenario.buy().rule("moon-phase", "limit", "full").judge();

    assertThat(decision.reasons()).containsExactly("moon-phase");
    assertThat(decision.approved()).isFalse();
  }

  @Test
  void anOptionalRuleThatIsMissingIsOff() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.rules.remove(RuleCodes.REQUIRED_STOP);

    Decision decision = scenario.judge();

    assertThat(decision.approved()).isTrue();
    assertThat(scenario.verdict(RuleCodes.REQUIRED_STOP)).isEqualTo(NOT_APPLICABLE);
  }

  @Test
  void aCancelIsApprovedWithoutAnOrderAndWithoutAMarket() {
    RiskScenario scenario = RiskScenario.of(Action.CANCEL);
    scenario.snapshotKnown = false;
    scenario.freeBase = null;
    scenario.freeQuote = null;

    Decision decision = scenario.judge();

    assertThat(decision.reasons()).isEmpty();
    assertThat(decision.approved()).isTrue();
    assertThat(decision.plan()).isNull();
    assertThat(decision.sizing()).isNull();
    assertThat(scenario.verdict(RuleCodes.SPREAD)).isEqualTo(NOT_APPLICABLE);
    assertThat(scenario.verdict(RuleCodes.STALE_PRICE)).isEqualTo(NOT_APPLICABLE);
  }

  @Test
  void aShortIsDeniedByOneRuleAndNeverBecomesAnOrder() {
    Decision decision = RiskScenario.of(Action.SHORT).judge();

    assertThat(decision.reasons()).containsExactly(RuleCodes.SHORT_ENTRY);
    assertThat(decision.plan()).isNull();
  }

  @Test
  void anUnknownPairIsDeniedWithoutAnOrder() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.pairKnown = false;
    scenario.pairAsSent = "FOO/BAR";

    Decision decision = scenario.judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.reasons())
        .contains(RuleCodes.PAIR_STATUS, RuleCodes.ALLOWED_PAIR)
        .doesNotContain(RuleCodes.ORDER_DEFAULTS, RuleCodes.DEFAULT_SIZE);
    assertThat(scenario.result(RuleCodes.PAIR_STATUS).explanation()).contains("unknown pair");
  }

  @Test
  void withoutASnapshotEveryRuleThatNeedsTheMarketDenies() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.snapshotKnown = false;

    Decision decision = scenario.judge();

    assertThat(decision.reasons())
        .containsExactly(
            RuleCodes.PAIR_STATUS,
            RuleCodes.MAX_ORDER_QUANTITY,
            RuleCodes.STALE_PRICE,
            RuleCodes.PRICE_COLLAR,
            RuleCodes.SPREAD,
            RuleCodes.DEPTH,
            RuleCodes.POSITION_LIMIT,
            RuleCodes.PRICE_MOVE);
    assertThat(scenario.result(RuleCodes.STALE_PRICE).explanation())
        .contains("Kraken did not answer");
  }

  @Test
  void aSnapshotOfAnotherPairIsNoSnapshot() {
    RiskScenario scenario = RiskScenario.buy();
    RiskInput input = scenario.input();
    RiskScenario other = RiskScenario.buy();
    other.symbol = "ETH/USD";
    RiskInput mixed =
        new RiskInput(
            input.signal(),
            input.receivedAt(),
            input.now(),
            input.pair(),
            null,
            other.input().snapshot(),
            null,
            input.account());

    Decision decision = new RiskEngine().decide(mixed, scenario.ruleSet());

    assertThat(decision.reasons()).contains(RuleCodes.STALE_PRICE);
  }

  @Test
  void aMarketOrderWithoutASnapshotIsDeniedForThePriceNotForTheDefaults() {
    RiskScenario scenario = RiskScenario.buy().market();
    scenario.snapshotKnown = false;

    Decision decision = scenario.judge();

    assertThat(decision.plan()).isNull();
    assertThat(decision.reasons()).containsExactly(RuleCodes.PAIR_STATUS, RuleCodes.STALE_PRICE);
  }

  @Test
  void accountSumsThatMakeNoSenseDeny() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.dailyNotional = new BigDecimal("-5000");

    Decision decision = scenario.judge();

    assertThat(decision.reasons()).contains(RuleCodes.DAILY_NOTIONAL, RuleCodes.FREE_BALANCE);
  }

  @Test
  void severalReasonsAreAllGiven() {
    RiskScenario scenario = RiskScenario.buy().base("1");
    scenario.tradingState = TradingState.HALTED;
    scenario.eventTime = RiskScenario.NOW.minusSeconds(3600);
    scenario.freeQuote = null;

    Decision decision = scenario.judge();

    assertThat(decision.reasons())
        .contains(
            RuleCodes.TRADING_STATE,
            RuleCodes.STALE_SIGNAL,
            RuleCodes.MAX_ORDER_NOTIONAL,
            RuleCodes.FREE_BALANCE);
  }

  @Test
  void anotherRuleSetInTheSameEngineCountsAtOnce() {
    RiskEngine engine = new RiskEngine();
    RiskInput input = RiskScenario.buy().input();
    RuleSet loose = RiskScenario.buy().ruleSet();
    RuleSet strict = RiskScenario.buy().rule(RuleCodes.MAX_ORDER_NOTIONAL, "limit", "1").ruleSet();

    List<Boolean> approved =
        List.of(
            engine.decide(input, loose).approved(),
            engine.decide(input, strict).approved(),
            engine.decide(input, loose).approved());

    assertThat(approved).containsExactly(true, false, true);
  }

  @Test
  void aRuleSetCannotBeChangedAfterItWasMade() {
    RiskScenario scenario = RiskScenario.buy();
    RuleSet ruleSet = scenario.ruleSet();

    scenario.rule(RuleCodes.SPREAD, "limit", "99");

    assertThat(ruleSet.rules().get(RuleCodes.SPREAD)).containsEntry("limit", "0.5");
    assertThat(ruleSet.rules()).isUnmodifiable();
  }

  @Test
  void aDeniedRuleSaysUnknownWhereItCouldNotCompute() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.snapshotKnown = false;

    RuleResult result = scenario.result(RuleCodes.SPREAD);

    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.limit()).isEqualTo("0.5 % of mid");
    assertThat(result.actual()).isEqualTo("unknown");
  }

  static List<String> codes() {
    return RuleCatalog.rules().stream().map(RuleDescription::code).toList();
  }

  static List<String> mandatoryCodes() {
    return RuleCatalog.rules().stream()
        .filter(RuleDescription::mandatory)
        .map(RuleDescription::code)
        .toList();
  }

  static List<org.junit.jupiter.params.provider.Arguments> requiredParameters() {
    return RuleCatalog.rules().stream()
        .flatMap(
            rule ->
                rule.parameters().stream()
                    .filter(ParameterDescription::required)
                    .map(
                        parameter ->
                            org.junit.jupiter.params.provider.Arguments.of(
                                rule.code(), parameter.name())))
        .toList();
  }
}
