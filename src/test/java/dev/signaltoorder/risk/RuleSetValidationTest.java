package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.signal.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RuleSetValidationTest {

  @ParameterizedTest
  @ValueSource(strings = {"retail", "pro"})
  void theShippedRuleSetsAreCompleteAndValid(String name) {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.byName().get(name);

    assertThat(RuleSetValidation.problems(rules)).isEmpty();
    assertThat(rules.keySet()).containsExactlyInAnyOrderElementsOf(RiskEngineTest.codes());
  }

  @Test
  void theRetailRuleSetIsSmall() {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();

    assertThat(rules.get(RuleCodes.ALLOWED_PAIR)).containsEntry("pairs", "BTC/USD,ETH/USD");
    assertThat(rules.get(RuleCodes.MAX_ORDER_NOTIONAL)).containsEntry("limit", "100");
  }

  @Test
  void anEmptyRuleSetLacksEveryMandatoryRule() {
    List<FieldProblem> problems = RuleSetValidation.problems(Map.of());

    assertThat(problems)
        .extracting(FieldProblem::field)
        .containsExactlyElementsOf(
            RiskEngineTest.mandatoryCodes().stream().map(code -> "rules." + code).toList());
  }

  @Test
  void allProblemsAreListedByField() {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(RuleCodes.MAX_ORDER_NOTIONAL).put("limit", "lots");
    rules.get(RuleCodes.MAX_ORDER_NOTIONAL).put("limit.E-R", "1");
    rules.get(RuleCodes.SPREAD).remove("limit");
    rules.get(RuleCodes.OPEN_ORDERS).put("count", "1.5");
    rules.get(RuleCodes.OPEN_ORDERS).put("notional.BTC/USD", "1");
    rules.get(RuleCodes.ALLOWED_SIDE).put("sides", "BUY,HOLD");
    rules.get(RuleCodes.ORDER_DEFAULTS).put("post-only", "on");
    rules.get(RuleCodes.TRADING_STATE).put("off", "on");
    rules.remove(RuleCodes.DEPTH);
    rules.put("moon-phase", rules.get(RuleCodes.SPREAD));

    List<FieldProblem> problems = RuleSetValidation.problems(rules);

    assertThat(problems)
        .extracting(FieldProblem::field)
        .containsExactly(
            "rules.trading-state.off",
            "rules.order-defaults.post-only",
            "rules.allowed-side.sides",
            "rules.max-order-notional.limit",
            "rules.max-order-notional.limit.E-R",
            "rules.spread.limit",
            "rules.depth",
            "rules.open-orders.count",
            "rules.open-orders.notional.BTC/USD",
            "rules.moon-phase");
    assertThat(problems).allSatisfy(problem -> assertThat(problem.allowed()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "spread, limit, 0, true",
        "spread, limit, 100, true",
        "spread, limit, 100.1, false",
        "spread, limit, -1, false",
        "spread, limit, +1, false",
        "spread, limit, 1e2, false",
        "spread, limit, '', false",
        "spread, limit, ., false",
        "spread, limit, 1.2.3, false",
        "spread, limit, '1 ', false",
        "spread, limit, '1,5', false",
        "spread, limit, ١, false",
        "spread, limit, 0.000000000000000000000000000001, false",
        "open-orders, count, 10000, true",
        "open-orders, count, 10001, false",
        "open-orders, count, 5.0, false",
        "stale-signal, max-age, 0.5, true",
        "stale-signal, max-age, 86401, false",
        "required-stop, enabled, yes, false",
        "allowed-pair, pairs, 'BTC/USD, ETH/EUR', true",
        "allowed-pair, pairs, '', false",
        "allowed-pair, pairs, 'BTC/USD,', false",
        "allowed-pair, pairs, *, false",
        "allowed-pair, pairs, XBTUSD, false",
        "allowed-type, types, 'LIMIT_IOC,MARKET', true",
        "allowed-type, types, limit, false",
        "default-size, value, 0, false",
        "default-size, value, 0.5, true",
        "max-order-quantity, limit, 1, false",
        "max-order-quantity, limit.BTC/USD, 1, true",
        "max-order-quantity, limit.USD, 1, false"
      })
  void aValueIsJudgedByItsType(String code, String parameter, String value, boolean good) {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(code).put(parameter, value);

    assertThat(RuleSetValidation.problems(rules).isEmpty()).isEqualTo(good);
  }

  @Test
  void aDefaultSizeInPercentIsAtMostAHundred() {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(RuleCodes.DEFAULT_SIZE).put("unit", "EQUITY_PERCENT");
    rules.get(RuleCodes.DEFAULT_SIZE).put("value", "101");

    assertThat(RuleSetValidation.problems(rules))
        .extracting(FieldProblem::field)
        .containsExactly("rules.default-size.value");
  }

  @Test
  void aValueThatIsNullIsMissing() {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    rules.get(RuleCodes.SPREAD).put("limit", null);

    assertThat(RuleSetValidation.problems(rules))
        .containsExactly(new FieldProblem("rules.spread.limit", "is missing", "0 to 100 (%)"));
  }

  @Test
  void whatValidationAcceptsTheEngineCanRead() {
    Decision decision = RiskScenario.buy().judge();

    assertThat(decision.results())
        .extracting(RuleResult::explanation)
        .noneMatch(explanation -> explanation.startsWith("The rule cannot be read"));
  }
}
