package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static dev.signaltoorder.risk.RuleResult.Verdict.NOT_APPLICABLE;
import static dev.signaltoorder.risk.RuleResult.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountHistory.PricePoint;
import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rule says word by word where nothing is wrong, where it is not asked, or is unsure. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RuleAnswersTest {

  @ParameterizedTest
  @MethodSource
  void aRuleSaysWhatIsAllowedAndWhatTheSignalWouldBe(
      Action action, RuleResult expected, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.of(action);
    change.accept(scenario);

    assertThat(scenario.result(expected.code())).isEqualTo(expected);
  }

  static Stream<Arguments> aRuleSaysWhatIsAllowedAndWhatTheSignalWouldBe() {
    return Stream.of(
        answer(
            Action.BUY,
            RuleCodes.CLOCK_SKEW,
            PASS,
            "at most 2 s off",
            "0 s ahead of Kraken",
            "Our clock agrees with Kraken's.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.PRICE_COLLAR,
            PASS,
            "1 % from mid",
            "0 % above 50000 USD",
            "The price is near the market.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.FREE_BALANCE,
            DENY,
            "free: USD unknown, BTC unknown",
            "52.5 USD needed",
            "The free balance is not known.",
            s -> {
              s.freeBase = null;
              s.freeQuote = null;
            }),
        answer(
            Action.SELL,
            RuleCodes.FREE_BALANCE,
            PASS,
            "free: 1000000 USD, 100 BTC",
            "0.001 BTC needed",
            "The free balance covers the order and its fees.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.ORDER_DEFAULTS,
            PASS,
            "limit orders IOC, market orders as limit IOC, LIMIT unless the signal says",
            "LIMIT IOC at 50000 USD",
            "Type and price of the order are clear.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.ORDER_DEFAULTS,
            PASS,
            "limit orders GTC, market orders, LIMIT unless the signal says",
            "LIMIT GTC post-only at 50000 USD",
            "Type and price of the order are clear.",
            s ->
                s.rule(RuleCodes.ORDER_DEFAULTS, "time-in-force", "GTC")
                    .rule(RuleCodes.ORDER_DEFAULTS, "post-only", "on")
                    .rule(RuleCodes.ORDER_DEFAULTS, "market-as-ioc-limit", "off")),
        answer(
            Action.BUY,
            RuleCodes.ORDER_DEFAULTS,
            PASS,
            "limit orders IOC, market orders, LIMIT unless the signal says",
            "MARKET IOC",
            "Type and price of the order are clear.",
            s -> s.market().rule(RuleCodes.ORDER_DEFAULTS, "market-as-ioc-limit", "off")),
        answer(
            Action.CANCEL,
            RuleCodes.ORDER_DEFAULTS,
            NOT_APPLICABLE,
            "limit orders IOC, market orders as limit IOC, LIMIT unless the signal says",
            "no order",
            "A cancel places no order.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.DEFAULT_SIZE,
            PASS,
            "50 USD unless the signal says",
            "0.001 BTC from 0.001 BTC of the signal",
            "The size of the order is clear.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.DEFAULT_SIZE,
            PASS,
            "50 USD unless the signal says",
            "0.001 BTC from 50 USD by default",
            "The size of the order is clear.",
            s -> s.size = null),
        answer(
            Action.CLOSE,
            RuleCodes.DEFAULT_SIZE,
            PASS,
            "50 USD unless the signal says",
            "0.001 BTC from the position",
            "The size of the order is clear.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.DEFAULT_SIZE,
            NOT_APPLICABLE,
            "50 USD unless the signal says",
            "no order",
            "No order is planned: see order-defaults.",
            s -> s.limit("0")),
        answer(
            Action.BUY,
            RuleCodes.PAIR_PRECISION,
            PASS,
            "tick 0.1, 1 price and 8 volume decimals",
            "price 50000 USD, volume 0.001 BTC",
            "Price and volume fit the pair.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.PAIR_PRECISION,
            PASS,
            "tick 0.1, 1 price and 8 volume decimals",
            "volume 0.001 BTC",
            "Price and volume fit the pair.",
            s -> s.market().rule(RuleCodes.ORDER_DEFAULTS, "market-as-ioc-limit", "off")),
        answer(
            Action.BUY,
            RuleCodes.PAIR_MINIMUM,
            PASS,
            "at least 0.00005 BTC and 0.5 USD",
            "0.001 BTC, 50 USD",
            "The order is large enough for Kraken.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.REQUIRED_STOP,
            DENY,
            "a stop-loss below the price",
            "none",
            "The signal names no stop-loss.",
            s -> s.rule(RuleCodes.REQUIRED_STOP, "enabled", "on")),
        answer(
            Action.BUY,
            RuleCodes.REQUIRED_STOP,
            NOT_APPLICABLE,
            "off",
            "40000 USD",
            "The rule set does not ask for a stop-loss.",
            s -> s.stopLoss = new BigDecimal("40000")),
        answer(
            Action.SELL,
            RuleCodes.REVERSAL,
            DENY,
            "at most 0 BTC",
            "a sell of 0.001 BTC",
            "The strategy can sell only 0 BTC, and this is a sell of 0.001 BTC.",
            s -> s.rule(RuleCodes.REVERSAL, "sell-beyond-position", "deny")),
        answer(
            Action.SELL,
            RuleCodes.REVERSAL,
            PASS,
            "a sell may exceed the position",
            "a sell of 0.001 BTC",
            "The strategy holds only 0 BTC; it may sell more.",
            s -> s.rule(RuleCodes.REVERSAL, "sell-beyond-position", "allow")),
        answer(
            Action.BUY,
            RuleCodes.SELF_MATCH,
            DENY,
            "no own order that it would trade with",
            "own SELL at the market price",
            "The order would trade with an order of this account.",
            s -> s.openInPair = List.of(new OpenOrder(Side.SELL, null))),
        answer(
            Action.BUY,
            RuleCodes.SEQUENCE,
            PASS,
            "number 7",
            "number 7",
            "The signal follows number 6.",
            s -> {
              s.lastSequence = 6L;
              s.sequence = 7L;
            }),
        answer(
            Action.BUY,
            RuleCodes.SEQUENCE,
            DENY,
            "any first number",
            "no number",
            "The signal has no sequence number.",
            s -> s.rule(RuleCodes.SEQUENCE, "missing", "deny")),
        answer(
            Action.BUY,
            RuleCodes.SEQUENCE,
            PASS,
            "number 10",
            "number 0",
            "The sender's count begins with this signal.",
            s -> {
              s.lastSequence = 9L;
              s.sequence = 0L;
            }),
        answer(
            Action.CLOSE,
            RuleCodes.DAILY_LOSS,
            NOT_APPLICABLE,
            "at most 2 % of equity",
            "unknown",
            "This sell only makes the position smaller.",
            s -> s.dayResult = null),
        answer(
            Action.CLOSE,
            RuleCodes.DRAWDOWN,
            NOT_APPLICABLE,
            "at most 10 % of equity",
            "12.5 USD",
            "This sell only makes the position smaller.",
            s -> s.drawdown = new BigDecimal("12.5")),
        answer(
            Action.BUY,
            RuleCodes.DAILY_LOSS,
            PASS,
            "at most 75 USD",
            "74 USD",
            "The loss of this day is within the limit.",
            s -> {
              s.rule(RuleCodes.DAILY_LOSS, "limit.USD", "75");
              s.dayResult = new BigDecimal("-74");
            }),
        answer(
            Action.BUY,
            RuleCodes.DAILY_LOSS,
            PASS,
            "at most 2 % of equity",
            "0 USD",
            "There is no loss.",
            s -> s.dayResult = new BigDecimal("74")),
        answer(
            Action.BUY,
            RuleCodes.DAILY_LOSS,
            DENY,
            "at most 2 % of equity",
            "unknown",
            "The account's equity is not known yet, so its limit of a loss cannot be checked.",
            s -> {
              s.dayResult = new BigDecimal("-1");
              s.equity = BigDecimal.ZERO;
            }),
        answer(
            Action.BUY,
            RuleCodes.DRAWDOWN,
            PASS,
            "at most 10 % of equity",
            "0 USD",
            "There is no loss.",
            s -> s.drawdown = new BigDecimal("-1")),
        answer(
            Action.BUY,
            RuleCodes.ERROR_RATE,
            PASS,
            "20 % of the last 20 orders",
            "15 % (3 of 20)",
            "Kraken takes the orders.",
            s -> s.recentFailures = 3),
        answer(
            Action.BUY,
            RuleCodes.PRICE_MOVE,
            PASS,
            "5 % in 300 s",
            "0.01 % from 50005.0005 USD 60 s ago",
            "The price has not run away.",
            s -> {
              s.prices.add(price(100, "50001"));
              s.prices.add(price(60, "50005.0005"));
              s.prices.add(price(10, "50002"));
            }),
        answer(
            Action.BUY,
            RuleCodes.PRICE_MOVE,
            PASS,
            "5 % in 300 s",
            "0.01 % from 50005.0005 USD 10 s ago", // of two as far the later one
            "The price has not run away.",
            s -> {
              s.prices.add(price(100, "50005.0005"));
              s.prices.add(price(10, "50005.0005"));
            }),
        answer(
            Action.SELL,
            RuleCodes.TRADING_STATE,
            DENY,
            "ACTIVE, or a sell that shrinks the position, or a cancel",
            "ENTRIES_HALTED, sell of 0.001 with 0 BTC held",
            "Entries are halted, and the strategy holds less than this sell.",
            s -> s.tradingState = TradingState.ENTRIES_HALTED),
        answer(
            Action.BUY,
            RuleCodes.TRADING_STATE,
            DENY,
            "ACTIVE",
            "NOT_ARMED",
            "The account is not armed: a person said so.",
            s -> s.tradingState = TradingState.NOT_ARMED),
        answer(
            Action.BUY,
            RuleCodes.TRADING_STATE,
            DENY,
            "ACTIVE, or a cancel",
            "HALTED",
            "Trading is halted: a person said so.",
            s -> s.tradingState = TradingState.HALTED),
        answer(
            Action.CANCEL,
            RuleCodes.SIZE_SCALING,
            NOT_APPLICABLE,
            "not scaled, not sized down",
            "no order",
            "There is no size to change.",
            s -> {}),
        answer(
            Action.BUY,
            RuleCodes.SIZE_SCALING,
            PASS,
            "buys scaled by confidence, sized down to the limits",
            "0.0005 BTC",
            "The order has 50 % of the size.",
            s ->
                s.rule(RuleCodes.SIZE_SCALING, "by-confidence", "on")
                    .rule(RuleCodes.SIZE_SCALING, "cap-to-limits", "on")),
        answer(
            Action.CANCEL,
            RuleCodes.SPREAD,
            NOT_APPLICABLE,
            "0.5 % of mid",
            "no order",
            "A cancel places no order.",
            s -> {}));
  }

  private static Arguments answer(
      Action action,
      String code,
      RuleResult.Verdict verdict,
      String limit,
      String actual,
      String explanation,
      Consumer<RiskScenario> change) {
    return Arguments.of(action, new RuleResult(code, verdict, limit, actual, explanation), change);
  }

  private static PricePoint price(long agoSeconds, String mid) {
    return new PricePoint(RiskScenario.NOW.minusSeconds(agoSeconds), new BigDecimal(mid));
  }
}
