package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest extends PaperExchangeFixture {

  @Test
  void withoutEnforcementNothingIsCounted() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertThat(trader.error("Balance")).isEmpty();
    }
  }

  @Test
  void aStarterMakesFifteenCallsAtOnceAndOneMoreEveryThreeSeconds() throws Exception {
    exchange.enforceLimits(TradingTier.STARTER);
    for (int i = 0; i < 15; i++) {
      assertThat(trader.error("Balance")).isEmpty();
    }
    assertThat(trader.error("Balance")).isEqualTo("EAPI:Rate limit exceeded");
    assertThat(trader.error("AddOrder", limitBuy("40000", "0.001"))).isEmpty();

    clock.advance(Duration.ofMillis(3_100));

    assertThat(trader.error("Balance")).isEmpty();
    assertThat(trader.error("Balance")).isEqualTo("EAPI:Rate limit exceeded");
  }

  @Test
  void aTradesHistoryCostsTwo() throws Exception {
    exchange.enforceLimits(TradingTier.STARTER);
    for (int i = 0; i < 7; i++) {
      assertThat(trader.error("TradesHistory")).isEmpty();
    }
    assertThat(trader.error("TradesHistory")).isEqualTo("EAPI:Rate limit exceeded");
    assertThat(trader.error("Balance")).isEmpty();
  }

  @Test
  void cancellingAtOnceCostsEightOfSixtyAndLaterLess() throws Exception {
    exchange.enforceLimits(TradingTier.STARTER);
    for (int i = 0; i < 6; i++) {
      String txid = trader.place(limitBuy("40000", "0.001"));
      assertThat(trader.error("CancelOrder", "txid=" + txid)).isEmpty();
    }
    String txid = trader.place(limitBuy("40000", "0.001"));
    assertThat(trader.error("CancelOrder", "txid=" + txid)).isEqualTo("EOrder:Rate limit exceeded");
    assertThat(
            trader.error("AddOrder", "pair=ETHUSD", "type=buy", "ordertype=market", "volume=0.01"))
        .as("another pair has a counter of its own")
        .isEmpty();

    clock.advance(Duration.ofMinutes(6));

    assertThat(trader.error("CancelOrder", "txid=" + txid)).isEmpty();
  }

  @Test
  void aStarterHasSixtyOpenOrdersInAPairAtMost() throws Exception {
    exchange.enforceLimits(TradingTier.STARTER);
    for (int i = 0; i < 60; i++) {
      trader.place(limitBuy("10000", "0.0001"));
      clock.advance(Duration.ofSeconds(2));
    }
    assertThat(trader.error("AddOrder", limitBuy("10000", "0.0001")))
        .isEqualTo("EOrder:Orders limit exceeded");
  }

  @Test
  void moreThanAHundredAndFiftyConnectionsInTenMinutesAreRefused() {
    exchange.enforceLimits(TradingTier.STARTER);
    for (int i = 0; i < ExchangeEngine.CONNECTIONS_MAX; i++) {
      assertThat(exchange.mayConnect()).isTrue();
    }
    assertThatThrownBy(() -> new TestSocket(PaperExchangeServer.publicSocket(url)))
        .hasStackTraceContaining("429");

    clock.advance(Duration.ofMinutes(11));

    assertThat(exchange.mayConnect()).isTrue();
  }

  @Test
  void whoCallsWronglyAgainAndAgainIsLockedOut() throws Exception {
    exchange.enforceLimits(TradingTier.STARTER);
    trader.nonceFrom(5);
    for (int i = 0; i <= CallCounters.BAD_CALLS_MAX + 1; i++) {
      trader.error("Balance");
      trader.nonceFrom(0);
    }
    trader.nonceFrom(1_800_000_000_000_000_000L);
    assertThat(trader.error("Balance")).isEqualTo("EGeneral:Temporary lockout");

    clock.advance(CallCounters.LOCKOUT.plusSeconds(1));

    assertThat(trader.error("Balance")).isEmpty();
  }
}
