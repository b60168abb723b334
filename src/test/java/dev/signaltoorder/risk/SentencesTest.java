package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.RuleResult.Verdict.DENY;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A denial explains itself to a trader who has never seen the code: what it is, and what may be.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class SentencesTest {

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void aDenialTellsBothNumbersInOneSentence(
      String code, String sentence, Consumer<RiskScenario> change) {
    RiskScenario scenario = RiskScenario.buy();
    change.accept(scenario);

    RuleResult result = scenario.result(code);

    assertThat(result.verdict()).isEqualTo(DENY);
    assertThat(result.explanation()).isEqualTo(sentence);
  }

  static Stream<Arguments> aDenialTellsBothNumbersInOneSentence() {
    return Stream.of(
        denial(
            RuleCodes.STALE_SIGNAL,
            "The signal is 61 s old; at most 60 s is allowed.",
            s -> s.eventTime = RiskScenario.NOW.minusSeconds(61)),
        denial(
            RuleCodes.STALE_SIGNAL,
            "The signal is 6 s ahead of our clock; at most 5 s is allowed.",
            s -> s.eventTime = RiskScenario.NOW.plusSeconds(6)),
        denial(
            RuleCodes.STALE_SIGNAL,
            "The sender wanted it traded until 2026-11-22T10:15:29Z; it is 2026-11-22T10:15:30Z.",
            s -> s.expiresAt = RiskScenario.NOW.minusSeconds(1)),
        denial(
            RuleCodes.STALE_PRICE,
            "The market price is 5.5 s old; at most 5 s is allowed.",
            s -> s.takenAt = RiskScenario.NOW.minusMillis(5500)),
        denial(
            RuleCodes.STALE_PRICE,
            "The market price is 1.5 s ahead of our clock; at most 1 s is allowed.",
            s -> s.takenAt = RiskScenario.NOW.plusMillis(1500)),
        denial(
            RuleCodes.ALLOWED_PAIR,
            "SOL/USD is not on the list of allowed pairs: BTC/USD, ETH/USD.",
            s -> s.symbol = "SOL/USD"),
        denial(
            RuleCodes.ALLOWED_SIDE,
            "BUY is not on the list of allowed sides: SELL.",
            s -> s.rule(RuleCodes.ALLOWED_SIDE, "sides", "SELL")),
        denial(
            RuleCodes.ALLOWED_TYPE,
            "LIMIT_IOC is not on the list of allowed order types: LIMIT_GTC, MARKET.",
            s -> s.rule(RuleCodes.ALLOWED_TYPE, "types", "MARKET,LIMIT_GTC")),
        denial(
            RuleCodes.PAIR_STATUS,
            "Kraken does not take this order in the pair now: pair cancel_only, system online.",
            s -> s.pairStatus = "cancel_only"),
        denial(
            RuleCodes.PAIR_STATUS,
            "Kraken as a whole does not take this order now: pair online, system maintenance.",
            s -> s.systemStatus = "maintenance"),
        denial(
            RuleCodes.PAIR_PRECISION,
            "The price has more than the 1 decimals that Kraken takes.",
            s -> s.limit("50000.01")),
        denial(
            RuleCodes.PAIR_PRECISION,
            "The price is not a multiple of the pair's tick, 0.5.",
            s -> {
              s.tick = new BigDecimal("0.5");
              s.limit("50000.1");
            }),
        denial(
            RuleCodes.PAIR_MINIMUM,
            "The order is for 0.00004 BTC; Kraken takes no less than 0.00005 BTC.",
            s -> s.base("0.00004")),
        denial(
            RuleCodes.PAIR_MINIMUM,
            "The order is worth 50 USD; Kraken takes no less than 51 USD.",
            s -> s.costMin = new BigDecimal("51")),
        denial(
            RuleCodes.MAX_ORDER_NOTIONAL,
            "The order is worth 105 USD; one order may be worth at most 100 USD.",
            s -> s.base("0.0021")),
        denial(
            RuleCodes.MAX_ORDER_QUANTITY,
            "The order is for 0.0025 BTC; one order may be for at most 0.0024 BTC.",
            s -> s.base("0.0025")),
        denial(
            RuleCodes.PRICE_COLLAR,
            "The price lies 2 % above 50000 USD, the market's mid price; at most 1 % is allowed.",
            s -> s.limit("51000.0")),
        denial(
            RuleCodes.PRICE_COLLAR,
            "The price lies 2 % below 50000 USD, the market's mid price; at most 1 % is allowed.",
            s -> s.limit("49000.0")),
        denial(
            RuleCodes.SPREAD,
            "Bid and ask lie 0.6 % apart; at most 0.5 % is allowed.",
            s -> s.halfSpread("150")),
        denial(
            RuleCodes.DEPTH,
            "The book is too thin: there are 49 USD for an order of 50 USD, and 1 times its value"
                + " is asked for.",
            s -> s.askDepth = new BigDecimal("49")),
        denial(
            RuleCodes.OPEN_ORDERS,
            "With this one 6 orders would be open; at most 5 may be.",
            s -> s.openOrders = 5),
        denial(
            RuleCodes.OPEN_ORDERS,
            "With this one the open orders would be worth 501 USD; at most 500 USD is allowed.",
            s -> s.openNotional = new BigDecimal("451")),
        denial(
            RuleCodes.POSITION_LIMIT,
            "The position in the pair would be worth 550 USD; at most 500 USD is allowed.",
            s -> s.pairPosition = new BigDecimal("0.01")),
        denial(
            RuleCodes.DAILY_NOTIONAL,
            "With this one, today's orders would be worth 1010 USD; at most 1000 USD a day is"
                + " allowed.",
            s -> s.dailyNotional = new BigDecimal("960")),
        denial(
            RuleCodes.FREE_BALANCE,
            "The free balance of 52 USD does not cover the order and its fees: 52.5 USD needed.",
            s -> s.freeQuote = new BigDecimal("52")),
        denial(
            RuleCodes.DUPLICATE_ORDER,
            "The strategy had the same order 12 s ago; it may come again after 30 s.",
            s -> s.approved(Duration.ofSeconds(12))),
        denial(
            RuleCodes.MESSAGE_THROTTLE,
            "With this one the account would have 2 orders in 1 s; at most 1 may be.",
            s -> s.approved(Duration.ofMillis(500))),
        denial(
            RuleCodes.STRATEGY_THROTTLE,
            "With this one the strategy would have 2 orders in 1 s; at most 1 may be.",
            s -> s.approved(Duration.ofMillis(500))),
        denial(
            RuleCodes.REQUIRED_STOP,
            "The stop-loss at 50001 USD is not below the price of 50000 USD.",
            s -> {
              s.rule(RuleCodes.REQUIRED_STOP, "enabled", "on");
              s.stopLoss = new BigDecimal("50001");
            }),
        denial(
            RuleCodes.PYRAMIDING,
            "This would be buy number 4 of the strategy's position; at most 3 are allowed.",
            s -> s.strategyEntries = 3),
        denial(
            RuleCodes.UNKNOWN_ORDERS,
            "It is not known whether 1 order reached Kraken; at most 0 may be so.",
            s -> s.unknownOrders = 1),
        denial(
            RuleCodes.DAILY_LOSS,
            "Today is a loss of 201 USD; at most 200 USD is allowed.",
            s -> s.dayResult = new BigDecimal("-201")),
        denial(
            RuleCodes.DAILY_LOSS,
            "The loss of today is not known: there is no price from the last seconds of ETH/USD, and"
                + " the limit would not hold were that worth nothing.",
            s -> {
              s.dayResult = new BigDecimal("-201");
              s.unpriced = List.of("ETH/USD");
            }),
        denial(
            RuleCodes.DRAWDOWN,
            "The distance from the highest mark is not known: there is no price from the last seconds"
                + " of A/USD, B/USD, C/USD, D/USD, E/USD, ..., and the limit would not hold were that"
                + " worth nothing.",
            s -> {
              s.drawdown = new BigDecimal("1001");
              s.unpriced = List.of("A/USD", "B/USD", "C/USD", "D/USD", "E/USD", "F/USD");
            }),
        denial(
            RuleCodes.DRAWDOWN,
            "The result lies 1001 USD below its highest mark; at most 1000 USD is allowed.",
            s -> s.drawdown = new BigDecimal("1001")),
        denial(
            RuleCodes.LOSS_STREAK,
            "The pair has had 4 losses in a row, the last 60 s ago; it rests for 3600 s.",
            s -> {
              s.pairLosses = 4;
              s.pairLostAt = RiskScenario.NOW.minusSeconds(60);
            }));
  }

  private static Arguments denial(String code, String sentence, Consumer<RiskScenario> change) {
    return Arguments.of(code, sentence, change);
  }
}
