package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static dev.signaltoorder.risk.RuleResult.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountHistory.PricePoint;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules about how senders, markets and the account have behaved; at, below and above each limit.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class ConductRulesTest {

  @ParameterizedTest
  @CsvSource(
      value = {
        "null, 7, PASS, false", // the first one
        "6, 7, PASS, false",
        "5, 7, PASS, true", // a gap: alarm
        "7, 7, DENY, true", // the same again
        "8, 7, DENY, true",
        "9, 1, PASS, false", // the count begins anew
        "9, 0, PASS, false",
        "9, 2, DENY, true",
        "9223372036854775807, 9223372036854775807, PASS, false",
        "6, null, PASS, false"
      },
      nullValues = "null")
  void aSequenceNumberMustFollowTheLast(
      Long last, Long number, RuleResult.Verdict verdict, boolean alarm) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.lastSequence = last;
    scenario.sequence = number;

    Decision decision = scenario.judge();

    assertThat(scenario.verdict(RuleCodes.SEQUENCE)).isEqualTo(verdict);
    assertThat(decision.alarms()).hasSize(alarm ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"trade, PASS, 0", "alarm, PASS, 1", "hold, DENY, 1"})
  void thePolicySaysWhatAGapAndALateSignalDo(
      String policy, RuleResult.Verdict verdict, int alarms) {
    RiskScenario gap = RiskScenario.buy().rule(RuleCodes.SEQUENCE, "gap", policy);
    gap.lastSequence = 1L;
    gap.sequence = 3L;
    RiskScenario late = RiskScenario.buy().rule(RuleCodes.SEQUENCE, "out-of-order", policy);
    late.lastSequence = 3L;
    late.sequence = 2L;

    assertThat(gap.result(RuleCodes.SEQUENCE).explanation())
        .isEqualTo("Signals are missing: 3 came after 1.");
    assertThat(gap.verdict(RuleCodes.SEQUENCE)).isEqualTo(verdict);
    assertThat(gap.judge().alarms()).hasSize(alarms);
    assertThat(late.result(RuleCodes.SEQUENCE).explanation())
        .isEqualTo("Out of order: 2 came after 3.");
    assertThat(late.verdict(RuleCodes.SEQUENCE)).isEqualTo(verdict);
    assertThat(late.judge().alarms()).hasSize(alarms);
  }

  @Test
  void aNumberCanBeMadeARequirement() {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.SEQUENCE, "missing", "deny");

    assertThat(scenario.verdict(RuleCodes.SEQUENCE)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"CLOSE", "CANCEL"})
  void leavingIsPossibleInAnyOrder(Action action) {
    RiskScenario scenario = RiskScenario.of(action);
    scenario.lastSequence = 9L;
    scenario.sequence = 2L;

    assertThat(scenario.verdict(RuleCodes.SEQUENCE)).isEqualTo(NOT_APPLICABLE);
  }

  @ParameterizedTest
  @CsvSource({"2, PASS", "-2, PASS", "2.001, DENY", "-2.001, DENY", "0, PASS"})
  void theClockMayBeTwoSecondsOff(String skew, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.clockSkew = new BigDecimal(skew);

    assertThat(scenario.verdict(RuleCodes.CLOCK_SKEW)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"allow, PASS", "deny, DENY"})
  void aClockThatIsNotMeasuredIsAnsweredByTheRuleSet(String missing, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.CLOCK_SKEW, "missing", missing);
    scenario.clockSkew = null;

    assertThat(scenario.verdict(RuleCodes.CLOCK_SKEW)).isEqualTo(verdict);
  }

  @Test
  void aClockThatIsOffIsNamedWithItsDirection() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.clockSkew = new BigDecimal("-3.5");

    assertThat(scenario.result(RuleCodes.CLOCK_SKEW).explanation())
        .isEqualTo("Our clock is 3.5 s behind Kraken; at most 2 s off is allowed.");
  }

  // mid 50 000, limit 5 % in 300 s; the share is of the earlier price
  @ParameterizedTest
  @CsvSource({
    "60, 47619.04761905, PASS", // 5 % of it is just enough
    "60, 47619.04761904, DENY",
    "60, 52631.57894736, PASS",
    "60, 52631.57894737, DENY",
    "300, 40000, DENY", // exactly at the start of the window
    "301, 40000, DENY" // the price when the window began
  })
  void thePriceMayNotHaveRunAway(long agoSeconds, String price, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.prices.add(
        new PricePoint(RiskScenario.NOW.minusSeconds(agoSeconds), new BigDecimal(price)));

    assertThat(scenario.verdict(RuleCodes.PRICE_MOVE)).isEqualTo(verdict);
  }

  @Test
  void aPriceFromLongBeforeTheWindowDoesNotCountWhenThereIsALaterOne() {
    RiskScenario scenario = RiskScenario.buy();
    price(scenario, 700, "10000");
    price(scenario, 301, "50000");
    price(scenario, 30, "50000");

    assertThat(scenario.verdict(RuleCodes.PRICE_MOVE)).isEqualTo(PASS);
  }

  @Test
  void aSpikeInTheMiddleOfTheWindowCounts() {
    RiskScenario scenario = RiskScenario.buy();
    price(scenario, 301, "50000");
    price(scenario, 120, "40000");
    price(scenario, 30, "50000");

    RuleResult result = scenario.result(RuleCodes.PRICE_MOVE);

    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.explanation())
        .isEqualTo(
            "The price has moved by 25 % from 40000 USD 120 s ago; at most 5 % in 300 s is"
                + " allowed.");
  }

  @ParameterizedTest
  @CsvSource({"299, DENY", "300, PASS", "301, PASS"})
  void aHistoryThatDoesNotReachBackCanBeRefused(long agoSeconds, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy().rule(RuleCodes.PRICE_MOVE, "missing-history", "deny");
    price(scenario, agoSeconds, "50000");

    assertThat(scenario.verdict(RuleCodes.PRICE_MOVE)).isEqualTo(verdict);
  }

  @Test
  void withoutAnyEarlierPriceTheRuleSetSaysWhatHappens() {
    RiskScenario allowed = RiskScenario.buy();
    RiskScenario denied = RiskScenario.buy().rule(RuleCodes.PRICE_MOVE, "missing-history", "deny");

    assertThat(allowed.verdict(RuleCodes.PRICE_MOVE)).isEqualTo(PASS);
    assertThat(denied.result(RuleCodes.PRICE_MOVE).explanation())
        .isEqualTo("No price is known from 300 s ago to compare with.");
  }

  @ParameterizedTest
  @CsvSource({"0, PASS", "2, PASS", "3, DENY"})
  void aPositionIsBuiltOfThreeBuysAtMost(int before, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.strategyEntries = before;

    assertThat(scenario.verdict(RuleCodes.PYRAMIDING)).isEqualTo(verdict);
  }

  @Test
  void aSellDoesNotAddToAPosition() {
    RiskScenario scenario = RiskScenario.sell();
    scenario.strategyEntries = 99;

    assertThat(scenario.verdict(RuleCodes.PYRAMIDING)).isEqualTo(NOT_APPLICABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "deny, 0.001, 0, PASS",
    "deny, 0.00099999, 0, DENY",
    "deny, 0.002, 0.001, PASS",
    "deny, 0.002, 0.00100001, DENY",
    "deny, 0, 0, DENY",
    "allow, 0, 0, PASS"
  })
  void aSellOfMoreThanTheStrategyHoldsIsAnsweredByTheRuleSet(
      String policy, String position, String openSells, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.sell().rule(RuleCodes.REVERSAL, "sell-beyond-position", policy);
    scenario.strategyPosition = new BigDecimal(position);
    scenario.strategyOpenSells = new BigDecimal(openSells);

    assertThat(scenario.verdict(RuleCodes.REVERSAL)).isEqualTo(verdict);
  }

  @Test
  void aBuyIsNoReversal() {
    assertThat(RiskScenario.buy().verdict(RuleCodes.REVERSAL)).isEqualTo(NOT_APPLICABLE);
    assertThat(RiskScenario.close().verdict(RuleCodes.REVERSAL)).isEqualTo(NOT_APPLICABLE);
  }

  // a buy at 50 000, or a sell at 50 000
  @ParameterizedTest
  @CsvSource(
      value = {
        "BUY, SELL, 50000, DENY",
        "BUY, SELL, 50000.1, PASS",
        "BUY, SELL, 49999.9, DENY",
        "BUY, SELL, null, DENY",
        "BUY, BUY, 50000, PASS",
        "SELL, BUY, 50000, DENY",
        "SELL, BUY, 49999.9, PASS",
        "SELL, BUY, 50000.1, DENY",
        "SELL, SELL, 50000, PASS"
      },
      nullValues = "null")
  void anOrderMayNotMeetOneOfOurs(
      Action action, Side other, BigDecimal price, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.of(action);
    scenario.openInPair = List.of(new OpenOrder(other, price));

    assertThat(scenario.verdict(RuleCodes.SELF_MATCH)).isEqualTo(verdict);
  }

  @Test
  void aMarketOrderMeetsEveryOrderOnTheOtherSide() {
    RiskScenario scenario =
        RiskScenario.buy().market().rule(RuleCodes.ORDER_DEFAULTS, "market-as-ioc-limit", "off");
    scenario.openInPair = List.of(new OpenOrder(Side.SELL, new BigDecimal("99000")));

    RuleResult result = scenario.result(RuleCodes.SELF_MATCH);

    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.actual()).isEqualTo("own SELL at 99000 USD");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 999999, DENY",
    "1, 1000000, PASS",
    "4, 59999999, PASS",
    "5, 59999999, DENY",
    "5, 60000000, PASS",
    "49, 36929999999, PASS", // today: it is 10:15:30, so 36 930 s since midnight
    "50, 36930000000, DENY",
    "50, 36930000001, PASS"
  })
  void oneStrategyHasItsOwnPace(int before, long agoMicros, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    for (int i = 0; i < before; i++) {
      scenario.approved(Duration.ofNanos(agoMicros * 1000));
      scenario.recentApprovals.add(
          new AccountView.RecentApproval(
              "other", "ETH/USD", Side.BUY, BigDecimal.ONE, RiskScenario.NOW.minusSeconds(1)));
    }
    scenario.recentApprovals.sort(
        java.util.Comparator.comparing(AccountView.RecentApproval::approvedAt));

    assertThat(scenario.verdict(RuleCodes.STRATEGY_THROTTLE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 599999999, PASS",
    "5, 599999999, DENY",
    "5, 600000000, PASS",
  })
  void afterFiveOrdersInTenMinutesAPersonMustLook(
      int before, long agoMicros, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    for (int i = 0; i < before; i++) {
      scenario.approved(Duration.ofNanos(agoMicros * 1000));
    }

    Decision decision = scenario.judge();

    assertThat(scenario.verdict(RuleCodes.REPEATED_EXECUTION)).isEqualTo(verdict);
    if (verdict == DENY) {
      assertThat(decision.haltRequest())
          .isEqualTo(
              new HaltRequest(
                  HaltRequest.Scope.ENTRIES,
                  RuleCodes.REPEATED_EXECUTION,
                  "There would be 6 orders in 600 s without a person's look; allowed are 5."));
    } else {
      assertThat(decision.haltRequest()).isNull();
    }
  }

  @Test
  void whatAPersonHasLookedAtDoesNotCountAgain() {
    RiskScenario scenario = RiskScenario.buy();
    for (int i = 0; i < 5; i++) {
      scenario.approved(Duration.ofSeconds(100));
    }
    scenario.approved(Duration.ofSeconds(50));
    scenario.resumedAfter = RiskScenario.NOW.minusSeconds(100);

    assertThat(scenario.result(RuleCodes.REPEATED_EXECUTION).actual())
        .isEqualTo("2 orders in 600 s");
  }

  @ParameterizedTest
  @CsvSource({"retail, 0, PASS", "retail, 1, DENY", "pro, 2, PASS", "pro, 3, DENY"})
  void unknownOrdersAreCapped(String set, int unknown, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    if (set.equals("pro")) {
      scenario.rule(RuleCodes.UNKNOWN_ORDERS, "count", "2");
    }
    scenario.unknownOrders = unknown;

    assertThat(scenario.verdict(RuleCodes.UNKNOWN_ORDERS)).isEqualTo(verdict);
    assertThat(scenario.judge().haltRequest() != null).isEqualTo(verdict == DENY);
  }

  // 20 % of 20 are 4
  @ParameterizedTest
  @CsvSource({"0, PASS", "4, PASS", "5, DENY", "20, DENY"})
  void atMostAFifthOfTheLastOrdersMayFail(int failures, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.recentFailures = failures;

    assertThat(scenario.verdict(RuleCodes.ERROR_RATE)).isEqualTo(verdict);
    assertThat(scenario.judge().haltRequest() != null).isEqualTo(verdict == DENY);
  }

  // equity 10 000: 2 % are 200
  @ParameterizedTest
  @CsvSource({"500, PASS", "0, PASS", "-200, PASS", "-200.01, DENY"})
  void aDayMayLoseTwoPercentOfTheEquity(String result, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.dayResult = new BigDecimal(result);

    assertThat(scenario.verdict(RuleCodes.DAILY_LOSS)).isEqualTo(verdict);
    assertThat(scenario.judge().haltRequest() != null).isEqualTo(verdict == DENY);
  }

  @ParameterizedTest
  @CsvSource({"-50, PASS", "-50.01, DENY"})
  void anAmountForTheQuoteAssetReplacesThePercentage(String result, RuleResult.Verdict verdict) {
    RiskScenario scenario =
        RiskScenario.buy()
            .rule(RuleCodes.DAILY_LOSS, "limit.USD", "50")
            .rule(RuleCodes.DAILY_LOSS, "limit.EUR", "1");
    scenario.dayResult = new BigDecimal(result);
    scenario.equity = null;

    assertThat(scenario.verdict(RuleCodes.DAILY_LOSS)).isEqualTo(verdict);
  }

  @Test
  void aLossOfAnUnknownShareIsRefused() {
    RiskScenario noEquity = RiskScenario.buy();
    noEquity.dayResult = new BigDecimal("-1");
    noEquity.drawdown = new BigDecimal("1");
    noEquity.equity = null;
    RiskScenario zeroEquity = RiskScenario.buy();
    zeroEquity.dayResult = new BigDecimal("-1");
    zeroEquity.equity = BigDecimal.ZERO;
    RiskScenario noResult = RiskScenario.buy();
    noResult.dayResult = null;
    noResult.drawdown = null;

    assertThat(noEquity.verdict(RuleCodes.DAILY_LOSS)).isEqualTo(DENY);
    assertThat(noEquity.verdict(RuleCodes.DRAWDOWN)).isEqualTo(DENY);
    assertThat(zeroEquity.verdict(RuleCodes.DAILY_LOSS)).isEqualTo(DENY);
    assertThat(noResult.verdict(RuleCodes.DAILY_LOSS)).isEqualTo(DENY);
    assertThat(noResult.verdict(RuleCodes.DRAWDOWN)).isEqualTo(DENY);
    assertThat(noResult.judge().haltRequest()).isNull();
  }

  @Test
  void whereAPriceIsMissingALimitThatHoldsAllTheSamePassesAndAnotherIsUnknownAndHaltsNothing() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.unpriced = List.of("ETH/USD", "SOL/USD");
    scenario.dayResult = new BigDecimal("-200");
    scenario.drawdown = new BigDecimal("1000");
    assertThat(scenario.judge().approved()).isTrue();

    scenario.dayResult = new BigDecimal("-200.01");
    scenario.drawdown = new BigDecimal("1000.01");

    assertThat(scenario.judge().reasons())
        .containsExactly(RuleCodes.DAILY_LOSS, RuleCodes.DRAWDOWN);
    assertThat(scenario.judge().haltRequest()).isNull();
    assertThat(scenario.result(RuleCodes.DAILY_LOSS).actual()).isEqualTo("unknown");
    scenario.unpriced = List.of();
    assertThat(scenario.judge().haltRequest()).isNotNull();
  }

  @Test
  void withoutALossTheEquityNeedNotBeKnown() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.equity = null;

    assertThat(scenario.verdict(RuleCodes.DAILY_LOSS)).isEqualTo(PASS);
    assertThat(scenario.verdict(RuleCodes.DRAWDOWN)).isEqualTo(PASS);
  }

  // equity 10 000: 10 % are 1 000
  @ParameterizedTest
  @CsvSource({"0, PASS", "1000, PASS", "1000.01, DENY"})
  void theResultMayLieTenPercentBelowItsHighestMark(String drawdown, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.drawdown = new BigDecimal(drawdown);

    assertThat(scenario.verdict(RuleCodes.DRAWDOWN)).isEqualTo(verdict);
    assertThat(scenario.judge().haltRequest() != null).isEqualTo(verdict == DENY);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, PASS", "3, 3599, DENY", "3, 3600, PASS", "9, 0, DENY"})
  void aPairRestsAfterThreeLossesInARow(int losses, long agoSeconds, RuleResult.Verdict verdict) {
    RiskScenario scenario = RiskScenario.buy();
    scenario.pairLosses = losses;
    scenario.pairLostAt = RiskScenario.NOW.minusSeconds(agoSeconds);

    assertThat(scenario.verdict(RuleCodes.LOSS_STREAK)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"no, ", "ENTRIES, ENTRIES", "ALL, ALL", "CANCEL_ALL, CANCEL_ALL"})
  void aStreakHaltsWhatTheRuleSetSays(String halt, HaltRequest.Scope scope) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.LOSS_STREAK, "halt", halt);
    scenario.pairLosses = 3;
    scenario.pairLostAt = RiskScenario.NOW;

    HaltRequest asked = scenario.judge().haltRequest();

    assertThat(asked == null ? null : asked.scope()).isEqualTo(scope);
  }

  @Test
  void aStreakWithoutATimeIsRefused() {
    RiskScenario scenario = RiskScenario.buy();
    scenario.pairLosses = 3;

    assertThat(scenario.verdict(RuleCodes.LOSS_STREAK)).isEqualTo(DENY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RuleCodes.PRICE_MOVE,
        RuleCodes.REPEATED_EXECUTION,
        RuleCodes.UNKNOWN_ORDERS,
        RuleCodes.ERROR_RATE,
        RuleCodes.DAILY_LOSS,
        RuleCodes.DRAWDOWN,
        RuleCodes.LOSS_STREAK
      })
  void noBreakerHoldsBackASellThatOnlyMakesThePositionSmaller(String code) {
    RiskScenario close = everythingBroken(RiskScenario.close());
    RiskScenario sell = everythingBroken(RiskScenario.sell());
    sell.strategyPosition = new BigDecimal("0.001");
    RiskScenario buy = everythingBroken(RiskScenario.buy());

    assertThat(close.verdict(code)).isEqualTo(NOT_APPLICABLE);
    assertThat(sell.verdict(code)).isEqualTo(NOT_APPLICABLE);
    assertThat(buy.verdict(code)).isEqualTo(DENY);
  }

  @Test
  void aSellOfMoreThanIsHeldIsHeldBackLikeABuy() {
    RiskScenario sell = everythingBroken(RiskScenario.sell());
    sell.strategyPosition = new BigDecimal("0.00099999");

    assertThat(sell.judge().reasons())
        .contains(
            RuleCodes.PRICE_MOVE,
            RuleCodes.REPEATED_EXECUTION,
            RuleCodes.UNKNOWN_ORDERS,
            RuleCodes.ERROR_RATE,
            RuleCodes.DAILY_LOSS,
            RuleCodes.DRAWDOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "-20, 0, 0, 0",
    "-20.01, 0, 0, 0",
    "0, 100, 0, 0",
    "0, 100.01, 0, 0",
    "0, 0, 3, 0",
    "0, 0, 3, 3600",
    "-5000, 5000, 9, 10",
    "5, 0, 2, 0"
  })
  void withoutASignalTheLossesAskForWhatTheyWouldAskForWithOne(
      BigDecimal dayResult, BigDecimal drawdown, int losses, long lostAgoSeconds) {
    RiskScenario scenario = RiskScenario.buy().rule(RuleCodes.LOSS_STREAK, "halt", "ENTRIES");
    scenario.dayResult = dayResult;
    scenario.drawdown = drawdown;
    scenario.pairLosses = losses;
    scenario.pairLostAt = RiskScenario.NOW.minusSeconds(lostAgoSeconds);
    Losses same =
        new Losses(
            "USD",
            RiskScenario.NOW,
            dayResult,
            drawdown,
            scenario.equity,
            losses,
            scenario.pairLostAt,
            List.of());
    List<String> codes = List.of(RuleCodes.DAILY_LOSS, RuleCodes.DRAWDOWN, RuleCodes.LOSS_STREAK);

    List<HaltRequest> halts = new RiskEngine().haltsFor(same, scenario.ruleSet());

    assertThat(halts)
        .isEqualTo(
            codes.stream()
                .map(scenario::result)
                .filter(result -> result.verdict() == DENY)
                .map(
                    result ->
                        new HaltRequest(
                            HaltRequest.Scope.ENTRIES, result.code(), result.explanation()))
                .toList());
  }

  @Test
  void withoutASignalWhatIsNotKnownHaltsNothing() {
    RiskEngine engine = new RiskEngine();
    RuleSet retail = new RuleSet(1, RiskScenario.NOW, "test", "test", ShippedRuleSets.retail());
    BigDecimal loss = new BigDecimal("-5000");

    assertThat(
            engine.haltsFor(
                Losses.inQuote("USD", RiskScenario.NOW, loss, loss.negate(), null), retail))
        .isEmpty();
    assertThat(engine.haltsFor(Losses.inPair("USD", RiskScenario.NOW, 9, null), retail)).isEmpty();
    assertThat(engine.limitsLosses(retail)).isTrue();
    RuleSet broken = new RuleSet(1, RiskScenario.NOW, "test", "test", new java.util.TreeMap<>());
    assertThat(
            engine.haltsFor(
                Losses.inQuote("USD", RiskScenario.NOW, loss, loss.negate(), BigDecimal.TEN),
                broken))
        .isEmpty();
    assertThat(engine.limitsLosses(broken)).isFalse();
  }

  @Test
  void theWidestHaltIsAskedForAndOfTwoAsWideTheFirst() {
    RiskScenario first = everythingBroken(RiskScenario.buy());
    RiskScenario wider =
        everythingBroken(RiskScenario.buy()).rule(RuleCodes.ERROR_RATE, "halt", "ALL");
    RiskScenario none = everythingBroken(RiskScenario.buy());
    for (String code :
        List.of(
            RuleCodes.REPEATED_EXECUTION,
            RuleCodes.UNKNOWN_ORDERS,
            RuleCodes.ERROR_RATE,
            RuleCodes.DAILY_LOSS,
            RuleCodes.DRAWDOWN)) {
      none.rule(code, "halt", "no");
    }

    assertThat(first.judge().haltRequest().rule()).isEqualTo(RuleCodes.REPEATED_EXECUTION);
    assertThat(wider.judge().haltRequest())
        .isEqualTo(
            new HaltRequest(
                HaltRequest.Scope.ALL,
                RuleCodes.ERROR_RATE,
                "Of the last 20 orders 20 were refused or left in doubt; at most 20 % may be."));
    assertThat(none.judge().haltRequest()).isNull();
    assertThat(none.judge().approved()).isFalse();
  }

  private static RiskScenario everythingBroken(RiskScenario scenario) {
    price(scenario, 60, "10000");
    for (int i = 0; i < 9; i++) {
      scenario.approved(Duration.ofSeconds(100), "other", "ETH/USD", Side.BUY, "1");
    }
    scenario.unknownOrders = 9;
    scenario.recentFailures = 20;
    scenario.dayResult = new BigDecimal("-5000");
    scenario.drawdown = new BigDecimal("5000");
    scenario.pairLosses = 9;
    scenario.pairLostAt = RiskScenario.NOW;
    return scenario;
  }

  private static void price(RiskScenario scenario, long agoSeconds, String price) {
    scenario.prices.add(
        new PricePoint(RiskScenario.NOW.minusSeconds(agoSeconds), new BigDecimal(price)));
  }
}
