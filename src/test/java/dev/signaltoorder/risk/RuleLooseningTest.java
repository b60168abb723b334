package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes need a second operator. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RuleLooseningTest {

  private final SortedMap<String, SortedMap<String, String>> before = ShippedRuleSets.retail();
  private final SortedMap<String, SortedMap<String, String>> after = ShippedRuleSets.retail();

  @Test
  void theSameRulesLoosenNothing() {
    assertThat(RuleLoosening.of(before, after)).isEmpty();
  }

  @Test
  void proIsLooserThanRetailAndSaysWhere() {
    assertThat(RuleLoosening.of(before, ShippedRuleSets.pro()))
        .contains(
            "max-order-notional.limit: 100 to 10000",
            "unknown-orders.count: 0 to 2",
            "free-balance.reserve: 5 to 2")
        .noneMatch(line -> line.startsWith("spread"))
        .noneMatch(line -> line.startsWith("reversal.x"));
  }

  @ParameterizedTest
  @CsvSource({
    "max-order-notional, limit, 99.9, false",
    "max-order-notional, limit, 100.00, false",
    "max-order-notional, limit, 100.01, true",
    "free-balance, reserve, 6, false",
    "free-balance, reserve, 4.9, true",
    "open-orders, count, 4, false",
    "open-orders, count, 6, true",
    "allowed-pair, pairs, BTC/USD, false",
    "allowed-pair, pairs, 'eth/usd, btc/usd', false",
    "allowed-pair, pairs, 'BTC/USD,SOL/USD', true",
    "allowed-side, sides, SELL, false",
    "allowed-type, types, 'LIMIT_IOC,MARKET', true",
    "order-defaults, market-collar, 0.1, true", // no direction is known
    "order-defaults, post-only, on, true",
    "daily-loss, halt, ALL, true",
    // a narrower value is compared with what counted before
    "max-order-notional, limit.EUR, 100, false",
    "max-order-notional, limit.EUR, 101, true",
    "max-order-notional, limit.BTC/USD, 50, false",
    "max-order-notional, limit.BTC, 0.001, true", // was denied: no value for BTC
    "max-order-notional, limit.ETH/BTC, 0.001, true",
    "daily-loss, limit.USD, 1, true" // instead of a percentage
  })
  void aChangeIsLooserUnlessItCanOnlyRefuseMore(
      String rule, String parameter, String value, boolean looser) {
    after.get(rule).put(parameter, value);

    assertThat(RuleLoosening.of(before, after)).hasSize(looser ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"50, true", "100, false", "200, false"})
  void takingANarrowerValueAwayLeavesTheWiderOne(String narrower, boolean looser) {
    before.get("max-order-notional").put("limit.BTC/USD", narrower);

    assertThat(RuleLoosening.of(before, after)).hasSize(looser ? 1 : 0);
  }

  @Test
  void forAPairItsQuoteAssetsValueCountsBeforeThePlainOne() {
    before.get("max-order-notional").put("limit.USD", "40");
    after.get("max-order-notional").put("limit.USD", "40");
    after.get("max-order-notional").put("limit.BTC/USD", "50");

    assertThat(RuleLoosening.of(before, after))
        .containsExactly("max-order-notional.limit.BTC/USD: null to 50");
  }

  @Test
  void leavingAnOptionalRuleOutOrPuttingItInMayLoosen() {
    after.remove("required-stop");
    assertThat(RuleLoosening.of(before, after)).containsExactly("required-stop is left out");
    assertThat(RuleLoosening.of(after, before)).containsExactly("required-stop is added");
  }

  @Test
  void aSetFromBeforeAParameterCanBeCompared() {
    before.put("message-throttle", new TreeMap<>(before.get("message-throttle")));
    before.get("message-throttle").remove("per-day");

    assertThat(RuleLoosening.of(before, after))
        .containsExactly("message-throttle.per-day: null to 50");
  }
}
