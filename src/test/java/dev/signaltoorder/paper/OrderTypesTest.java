package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** BTC/USD stands at 50 000.0 / 50 001.0; the last trade was at the bid. */
class OrderTypesTest extends PaperExchangeFixture {

  private void price(String bid) {
    exchange.setPrice("BTC/USD", bid, new BigDecimal(bid).add(BigDecimal.ONE).toString());
  }

  private static String[] sell(String type, String... more) {
    String[] all = java.util.Arrays.copyOf(more, more.length + 3);
    all[more.length] = "pair=XBTUSD";
    all[more.length + 1] = "type=sell";
    all[more.length + 2] = "ordertype=" + type;
    return all;
  }

  private String status(String txid) throws Exception {
    return trader.order(txid).path("status").asText();
  }

  @Test
  void aStopLossSellsAtTheMarketHoweverFarThePriceFell() throws Exception {
    String txid = trader.place(sell("stop-loss", "price=49000", "volume=0.1"));
    price("49000.1");
    assertThat(status(txid)).isEqualTo("open");

    price("45000.0");

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("closed");
    assertThat(order.path("price").asText()).startsWith("45000.0");
    assertThat(order.path("stopprice").asText()).startsWith("49000.0");
    assertThat(order.path("misc").asText()).isEqualTo("stopped");
    assertThat(order.path("descr").path("order").asText())
        .isEqualTo("sell 0.10000000 XBTUSD @ stop loss 49000.0");
  }

  @Test
  void aRestingStopReservesItsCoins() throws Exception {
    trader.place(sell("stop-loss", "price=49000", "volume=1"));

    assertThat(trader.error("AddOrder", market("sell", "0.1")))
        .isEqualTo("EOrder:Insufficient funds");
  }

  @Test
  void aStopLossLimitThatTheMarketJumpsOverRestsAtItsLimit() throws Exception {
    String txid =
        trader.place(sell("stop-loss-limit", "price=49000", "price2=48900", "volume=0.1"));

    price("45000.0");

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("open");
    assertThat(order.path("limitprice").asText()).startsWith("48900.0");
    price("48900.0");
    assertThat(status(txid)).isEqualTo("closed");
    assertThat(trader.order(txid).path("price").asText()).startsWith("48900.0");
  }

  @Test
  void aTakeProfitSellsWhenThePriceHasRisen() throws Exception {
    String txid = trader.place(sell("take-profit", "price=52000", "volume=0.1"));
    price("51999.0");
    assertThat(status(txid)).isEqualTo("open");

    price("52000.0");

    assertThat(status(txid)).isEqualTo("closed");
    assertThat(trader.order(txid).path("misc").asText()).isEqualTo("touched");
  }

  @Test
  void aTrailingStopFollowsThePriceUpAndNeverDown() throws Exception {
    String txid = trader.place(sell("trailing-stop", "price=+1000", "volume=0.1"));
    assertThat(trader.order(txid).path("stopprice").asText()).startsWith("49000.0");

    price("53000.0");
    price("52500.0");
    assertThat(trader.order(txid).path("stopprice").asText()).startsWith("52000.0");
    price("51900.0");

    assertThat(status(txid)).isEqualTo("closed");
    assertThat(trader.order(txid).path("price").asText()).startsWith("51900.0");
  }

  @Test
  void aTrailingStopLimitGetsItsLimitWhenItTriggers() throws Exception {
    String txid =
        trader.place(sell("trailing-stop-limit", "price=+2%", "price2=-100", "volume=0.1"));

    price("40000.0");

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("open");
    assertThat(order.path("limitprice").asText()).startsWith("48900.0");
  }

  @Test
  void relativePricesCountFromTheLastTradeAndTheSidePicksTheSignOfAHash() throws Exception {
    String above = trader.place(sell("limit", "price=#1%", "volume=0.01"));
    String below = trader.place(limitBuy("-500.5", "0.01"));

    assertThat(trader.order(above).path("descr").path("price").asText()).isEqualTo("50500.0");
    assertThat(trader.order(below).path("descr").path("price").asText()).isEqualTo("49499.5");
  }

  @Test
  void eachFillBringsTheOrderOfItsConditionalClose() throws Exception {
    String txid =
        trader.place(
            market("buy", "0.1", "userref=7", "close[ordertype]=stop-loss", "close[price]=-5%"));

    JsonNode open = trader.result("OpenOrders").path("open");
    assertThat(open.size()).isEqualTo(1);
    JsonNode stop = open.iterator().next();
    assertThat(stop.path("refid").asText()).isEqualTo(txid);
    assertThat(stop.path("userref").asInt()).isEqualTo(7);
    assertThat(stop.path("vol").asText()).isEqualTo("0.10000000");
    assertThat(stop.path("descr").path("type").asText()).isEqualTo("sell");
    assertThat(stop.path("descr").path("ordertype").asText()).isEqualTo("stop-loss");
    assertThat(stop.path("descr").path("price").asText()).isEqualTo("47501.0");
    assertThat(trader.order(txid).path("descr").path("close").asText())
        .isEqualTo("close position @ stop loss -5%");
  }

  @Test
  void aFillOrKillOrderIsFilledCompletelyOrNotAtAll() throws Exception {
    exchange.setBook("BTC/USD", "50000.0", "10", "50001.0", "0.05");

    String killed = trader.place(limitBuy("50001", "0.1", "timeinforce=FOK"));
    String filled = trader.place(limitBuy("50001", "0.05", "timeinforce=FOK"));

    assertThat(status(killed)).isEqualTo("canceled");
    assertThat(trader.order(killed).path("vol_exec").asText()).isEqualTo("0.00000000");
    assertThat(status(filled)).isEqualTo("closed");
  }

  @Test
  void anOrderExpiresAtItsTimeAndWithoutGtdTheTimeIsIgnored() throws Exception {
    String dated = trader.place(limitBuy("40000", "0.01", "timeinforce=GTD", "expiretm=+10"));
    String ignored = trader.place(limitBuy("40000", "0.01", "expiretm=+10"));

    clock.advance(Duration.ofSeconds(10));

    assertThat(status(dated)).isEqualTo("expired");
    assertThat(status(ignored)).isEqualTo("open");
  }

  @Test
  void aScheduledOrderIsPendingUntilItsStart() throws Exception {
    String txid = trader.place(market("buy", "0.01", "starttm=+30"));
    assertThat(status(txid)).isEqualTo("pending");

    clock.advance(Duration.ofSeconds(30));

    assertThat(status(txid)).isEqualTo("closed");
  }

  @Test
  void aMarketBuyByMoneySpendsNoMoreThanThat() throws Exception {
    String txid = trader.place(market("buy", "100", "oflags=viqc"));

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("closed");
    assertThat(new BigDecimal(order.path("cost").asText()))
        .isLessThanOrEqualTo(new BigDecimal("100"));
    assertThat(order.path("vol_exec").asText()).isEqualTo("0.00199996");
    assertThat(order.path("oflags").asText()).isEqualTo("viqc,fciq");
  }

  @Test
  void anIcebergShowsAndFillsAPartAtATime() throws Exception {
    String txid =
        trader.place(
            "pair=XBTUSD",
            "type=buy",
            "ordertype=iceberg",
            "price=49000",
            "volume=0.1",
            "displayvol=0.02");

    price("48000.0");

    assertThat(new BigDecimal(trader.order(txid).path("vol_exec").asText()))
        .isGreaterThanOrEqualTo(new BigDecimal("0.02"));
  }

  @Test
  void ownOrdersDoNotTradeWithEachOther() throws Exception {
    trader.place(limitSell("50000.5", "0.01"));

    String newest = trader.place(limitBuy("50000.5", "0.01"));
    assertThat(trader.order(newest).path("reason").asText()).isEqualTo("Self trade prevention");
    String second = trader.place(limitBuy("50000.5", "0.01", "stptype=cancel-oldest"));

    assertThat(status(second)).isEqualTo("open");
    assertThat(trader.result("OpenOrders").path("open").size()).isEqualTo(1);
  }

  @Test
  void twoAccountsTradeWithEachOtherInsideTheSpread() throws Exception {
    String resting = trader.place(limitSell("50000.5", "0.02"));
    try (TestTrader bob = new TestTrader(url, server.createAccount("bob"))) {
      String taker = bob.place(market("buy", "0.01"));

      assertThat(bob.order(taker).path("price").asText()).startsWith("50000.5");
      assertThat(trader.order(resting).path("vol_exec").asText()).isEqualTo("0.01000000");
    }
  }

  @Test
  void anAmendedOrderKeepsItsIdAndItsFills() throws Exception {
    String txid = trader.place(limitBuy("40000", "0.1"));

    JsonNode result =
        trader.result("AmendOrder", "txid=" + txid, "limit_price=50001", "order_qty=0.05");

    assertThat(result.path("amend_id").asText()).isNotEmpty();
    assertThat(status(txid)).isEqualTo("closed");
    assertThat(trader.order(txid).path("amended").asBoolean()).isTrue();
    assertThat(trader.error("AmendOrder", "txid=" + txid, "order_qty=1"))
        .isEqualTo("EOrder:Unknown order");
    String withClose =
        trader.place(limitBuy("40000", "0.01", "close[ordertype]=limit", "close[price]=+10%"));
    assertThat(trader.error("AmendOrder", "txid=" + withClose, "order_qty=0.02")).isNotEmpty();
  }

  @Test
  void whoFallsSilentLosesHisOpenOrders() throws Exception {
    String txid = trader.place(limitBuy("40000", "0.1"));
    JsonNode armed = trader.result("CancelAllOrdersAfter", "timeout=60");
    assertThat(armed.path("currentTime").asText()).isEqualTo("2026-11-22T10:15:30Z");
    assertThat(armed.path("triggerTime").asText()).isEqualTo("2026-11-22T10:16:30Z");

    clock.advance(Duration.ofSeconds(59));
    assertThat(status(txid)).isEqualTo("open");
    clock.advance(Duration.ofSeconds(1));

    assertThat(status(txid)).isEqualTo("canceled");
    assertThat(trader.result("CancelAllOrdersAfter", "timeout=0").path("triggerTime").asText())
        .isEqualTo("0");
    assertThat(trader.error("CancelAllOrdersAfter", "timeout=86401"))
        .isEqualTo("Invalid timeout argument");
  }
}
