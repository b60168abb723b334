package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The figures of a rule set that a page shows: the same ones that the rules go by. */
class RuleLimitsTest {
  private static final String NOTIONAL = RuleCodes.MAX_ORDER_NOTIONAL;
  private static final String LOSS = RuleCodes.DAILY_LOSS;

  private final SortedMap<String, SortedMap<String, String>> rules = new TreeMap<>();

  private RuleLimits limits() {
    return new RuleLimits(new RuleSet(1, RiskScenario.NOW, "anna", "a test", rules));
  }

  private void set(String code, String parameter, String value) {
    rules.computeIfAbsent(code, missing -> new TreeMap<>()).put(parameter, value);
  }

  @Test
  void aNumberStandsForItselfAndWhatIsNotThereOrCannotBeReadIsNull() {
    set(RuleCodes.OPEN_ORDERS, "count", "12");
    set(RuleCodes.OPEN_ORDERS, "notional", "a lot");

    assertThat(limits().number(RuleCodes.OPEN_ORDERS, "count")).isEqualByComparingTo("12");
    assertThat(limits().number(RuleCodes.OPEN_ORDERS, "notional")).isNull();
    assertThat(limits().number(RuleCodes.OPEN_ORDERS, "other")).isNull();
    assertThat(limits().number("no-such-rule", "count")).isNull();
  }

  @Test
  void theNarrowestAmountCounts() {
    set(NOTIONAL, "limit", "100");
    set(NOTIONAL, "limit.eur", "90");
    set(NOTIONAL, "limit.BTC/EUR", "80");
    set(NOTIONAL, "limit.ETH", "2");

    assertThat(limits().amount(NOTIONAL, "limit", "EUR", "BTC/EUR")).isEqualByComparingTo("80");
    assertThat(limits().amount(NOTIONAL, "limit", "EUR", "ETH/EUR")).isEqualByComparingTo("90");
    assertThat(limits().amount(NOTIONAL, "limit", "EUR", null)).isEqualByComparingTo("90");
    assertThat(limits().amount(NOTIONAL, "limit", "USD", "BTC/USD")).isEqualByComparingTo("100");
    assertThat(limits().amount(NOTIONAL, "limit", "ETH", "SOL/ETH")).isEqualByComparingTo("2");
    assertThat(limits().amount(NOTIONAL, "limit", "BTC", "ETH/BTC"))
        .as("a plain limit is no number of bitcoins")
        .isNull();
    assertThat(limits().amount("no-such-rule", "limit", "USD", "BTC/USD")).isNull();
  }

  @Test
  void aLossIsAnAmountOrElseAShareOfAnEquityThatIsKnown() {
    set(LOSS, "percent", "2");
    set(LOSS, "limit.EUR", "50");

    assertThat(limits().loss(LOSS, "USD", new BigDecimal("10000"))).isEqualByComparingTo("200");
    assertThat(limits().loss(LOSS, "EUR", new BigDecimal("10000"))).isEqualByComparingTo("50");
    assertThat(limits().loss(LOSS, "EUR", null)).isEqualByComparingTo("50");
    assertThat(limits().loss(LOSS, "USD", null)).isNull();
    assertThat(limits().loss(LOSS, "USD", BigDecimal.ZERO)).isNull();
    assertThat(limits().loss(LOSS, "USD", new BigDecimal("-1"))).isNull();
    assertThat(limits().loss(RuleCodes.DRAWDOWN, "USD", BigDecimal.TEN)).isNull();
  }

  @Test
  void thePairsAreThoseThatArePairs() {
    set(RuleCodes.ALLOWED_PAIR, "pairs", "btc/usd, ETH/USD, nonsense");

    assertThat(limits().pairs()).isEqualTo(List.of("BTC/USD", "ETH/USD"));
    rules.clear();
    assertThat(limits().pairs()).isEmpty();
    set(RuleCodes.ALLOWED_PAIR, "other", "BTC/USD");
    assertThat(limits().pairs()).isEmpty();
  }
}
