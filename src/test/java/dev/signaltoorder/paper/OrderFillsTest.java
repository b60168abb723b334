package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderFillsTest extends PaperExchangeFixture {

  @Test
  void aMarketBuyIsFilledAtTheAskWithTheTakersFee() throws Exception {
    String txid = trader.place(market("buy", "0.01"));

    JsonNode order = trader.order(txid);
    assertThat(txid).matches("O[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{6}");
    assertThat(order.path("status").asText()).isEqualTo("closed");
    assertThat(order.path("vol_exec").asText()).isEqualTo("0.01000000");
    assertThat(order.path("cost").asText()).isEqualTo("500.01000");
    assertThat(order.path("fee").asText()).isEqualTo("2.00000");
    assertThat(order.path("price").asText()).isEqualTo("50001.00000");
    assertThat(order.path("descr").path("price").asText()).isEqualTo("0");
    assertThat(exchange.balance("alice", "ZUSD")).isEqualByComparingTo("9497.99");
    assertThat(exchange.balance("alice", "XXBT")).isEqualByComparingTo("1.01");
  }

  @Test
  void aMarketSellIsFilledAtTheBid() throws Exception {
    String txid = trader.place(market("sell", "0.01"));

    assertThat(trader.order(txid).path("price").asText()).isEqualTo("50000.00000");
    assertThat(exchange.balance("alice", "ZUSD")).isEqualByComparingTo("10498");
    assertThat(exchange.balance("alice", "XXBT")).isEqualByComparingTo("0.99");
  }

  @Test
  void aLargeMarketOrderPaysWorseLevels() throws Exception {
    String txid = trader.place(market("sell", "1"));

    // 0.5 at 50000.0, the rest of 0.5 at 49997.5
    assertThat(trader.order(txid).path("price").asText()).isEqualTo("49998.75000");
    assertThat(trader.order(txid).path("trades")).hasSize(2);
  }

  @Test
  void anOrderObjectHasKrakensFieldsAndTypes() throws Exception {
    String txid = trader.place(limitBuy("49000", "0.01", "cl_ord_id=abc-1"));

    JsonNode order = trader.result("OpenOrders").path("open").path(txid);

    assertThat(order.toString())
        .isEqualTo(
            "{\"refid\":null,\"userref\":0,\"cl_ord_id\":\"abc-1\",\"status\":\"open\","
                + "\"opentm\":1795342530.123456,\"starttm\":0,\"expiretm\":0,"
                + "\"descr\":{\"pair\":\"XBTUSD\",\"aclass\":\"forex\",\"type\":\"buy\","
                + "\"ordertype\":\"limit\",\"price\":\"49000.0\",\"price2\":\"0\","
                + "\"leverage\":\"none\",\"order\":\"buy 0.01000000 XBTUSD @ limit 49000.0\","
                + "\"close\":\"\"},\"vol\":\"0.01000000\",\"vol_exec\":\"0.00000000\","
                + "\"cost\":\"0.00000\",\"fee\":\"0.00000\",\"price\":\"0.00000\","
                + "\"stopprice\":\"0.00000\",\"limitprice\":\"0.00000\",\"misc\":\"\","
                + "\"oflags\":\"fciq\",\"reason\":null}");
  }

  @Test
  void aRestingBuyHoldsItsCostAndTheMakersFee() throws Exception {
    trader.place(limitBuy("40000", "0.1"));

    JsonNode usd = trader.result("BalanceEx").path("ZUSD");

    assertThat(usd.path("balance").asText()).isEqualTo("10000.0000");
    assertThat(usd.path("hold_trade").asText()).isEqualTo("4010.0000");
  }

  @Test
  void heldMoneyCannotBeSpentTwice() throws Exception {
    trader.place(limitBuy("40000", "0.2"));

    String error = trader.error("AddOrder", limitBuy("40000", "0.05"));

    assertThat(error).isEqualTo("EOrder:Insufficient funds");
  }

  @Test
  void aRestingSellHoldsItsVolume() throws Exception {
    trader.place(limitSell("60000", "0.7"));

    assertThat(trader.result("BalanceEx").path("XXBT").path("hold_trade").asText())
        .isEqualTo("0.7000000000");
    assertThat(trader.error("AddOrder", market("sell", "0.4")))
        .isEqualTo("EOrder:Insufficient funds");
  }

  @Test
  void aCancelledOrderGivesItsHoldBack() throws Exception {
    String txid = trader.place(limitBuy("40000", "0.1"));

    JsonNode result = trader.result("CancelOrder", "txid=" + txid);

    assertThat(result.toString()).isEqualTo("{\"count\":1}");
    assertThat(exchange.held("alice", "ZUSD")).isZero();
    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("canceled");
    assertThat(order.path("reason").asText()).isEqualTo("User requested");
    assertThat(order.path("closetm").decimalValue())
        .isEqualByComparingTo(new BigDecimal("1795342530.123456"));
  }

  @Test
  void anOrderIsCancelledByItsClientOrderIdToo() throws Exception {
    trader.place(limitBuy("40000", "0.1", "cl_ord_id=abc-1"));

    assertThat(trader.result("CancelOrder", "cl_ord_id=abc-1").path("count").asInt()).isEqualTo(1);
    assertThat(trader.result("OpenOrders").path("open")).isEmpty();
  }

  @Test
  void cancelAllCancelsOnesOwnOrders() throws Exception {
    trader.place(limitBuy("40000", "0.01"));
    trader.place(limitBuy("41000", "0.01"));
    try (TestTrader bob = new TestTrader(url, server.createAccount("bob"))) {
      bob.place(limitBuy("42000", "0.01"));

      assertThat(trader.result("CancelAll").path("count").asInt()).isEqualTo(2);
      assertThat(bob.result("OpenOrders").path("open")).hasSize(1);
    }
  }

  @Test
  void aRestingBuyIsFilledAtItsOwnPriceAsMakerWhenTheAskReachesIt() throws Exception {
    String txid = trader.place(limitBuy("49000", "0.1"));
    clock.advance(Duration.ofSeconds(5));

    exchange.setPrice("BTC/USD", "48990.0", "48991.0");

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("closed");
    assertThat(order.path("price").asText()).isEqualTo("49000.00000");
    assertThat(order.path("fee").asText()).isEqualTo("12.25000");
    assertThat(order.path("closetm").asText()).isEqualTo("1795342535.123456");
    assertThat(exchange.balance("alice", "ZUSD")).isEqualByComparingTo("5087.75");
    assertThat(exchange.held("alice", "ZUSD")).isZero();
    assertThat(exchange.trades().getFirst().maker()).isTrue();
  }

  @Test
  void aRestingOrderThatTheMarketDoesNotReachStaysOpen() throws Exception {
    String txid = trader.place(limitSell("50100", "0.1"));

    exchange.setPrice("BTC/USD", "50099.9", "50101.0");

    assertThat(trader.order(txid).path("status").asText()).isEqualTo("open");
  }

  @Test
  void aLimitBuyAboveTheAskIsFilledAtTheAsk() throws Exception {
    String txid = trader.place(limitBuy("51000", "0.01"));

    assertThat(trader.order(txid).path("price").asText()).isEqualTo("50001.00000");
  }

  @Test
  void aLimitOrderTakesWhatIsThereAndRestsWithTheRemainder() throws Exception {
    exchange.setBook("BTC/USD", "50000.0", "0.05", "50001.0", "0.03");

    String txid = trader.place(limitBuy("50001", "0.1"));

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("open");
    assertThat(order.path("vol_exec").asText()).isEqualTo("0.03000000");
    assertThat(order.path("misc").asText()).isEqualTo("partial");
    assertThat(trader.result("BalanceEx").path("ZUSD").path("hold_trade").asText())
        .isEqualTo("3508.8202");
  }

  @Test
  void anImmediateOrCancelOrderIsCancelledWithItsPartialFill() throws Exception {
    exchange.setBook("BTC/USD", "50000.0", "0.05", "50001.0", "0.03");

    String txid = trader.place(limitBuy("50001", "0.1", "timeinforce=IOC"));

    JsonNode order = trader.order(txid);
    assertThat(order.path("status").asText()).isEqualTo("canceled");
    assertThat(order.path("reason").asText()).isEqualTo("Immediate or cancel");
    assertThat(order.path("vol_exec").asText()).isEqualTo("0.03000000");
    assertThat(exchange.held("alice", "ZUSD")).isZero();
  }

  @Test
  void anImmediateOrCancelOrderAwayFromTheMarketBuysNothing() throws Exception {
    String txid = trader.place(limitBuy("49000", "0.1", "timeinforce=IOC"));

    assertThat(trader.order(txid).path("status").asText()).isEqualTo("canceled");
    assertThat(trader.order(txid).path("vol_exec").asText()).isEqualTo("0.00000000");
  }

  @Test
  void aPostOnlyOrderThatWouldTradeIsCancelled() throws Exception {
    String txid = trader.place(limitBuy("50001", "0.1", "oflags=post"));

    assertThat(trader.order(txid).path("status").asText()).isEqualTo("canceled");
    assertThat(trader.order(txid).path("reason").asText()).isEqualTo("Post only order");
    assertThat(exchange.trades()).isEmpty();
  }

  @Test
  void aPostOnlyOrderAwayFromTheMarketRests() throws Exception {
    String txid = trader.place(limitBuy("50000.9", "0.1", "oflags=post"));

    assertThat(trader.order(txid).path("status").asText()).isEqualTo("open");
    assertThat(trader.order(txid).path("oflags").asText()).isEqualTo("post,fciq");
  }

  @Test
  void nothingIsFilledWhileTheMarketOnlyCancels() throws Exception {
    String txid = trader.place(limitBuy("49000", "0.1"));
    exchange.setSystemStatus("cancel_only");

    exchange.setPrice("BTC/USD", "48990.0", "48991.0");

    assertThat(trader.order(txid).path("status").asText()).isEqualTo("open");
  }

  @Test
  void openAndClosedOrdersAreFoundByClientOrderId() throws Exception {
    String open = trader.place(limitBuy("49000", "0.01", "cl_ord_id=open-1"));
    String done = trader.place(market("buy", "0.01", "cl_ord_id=done-1"));

    assertThat(trader.result("OpenOrders", "cl_ord_id=open-1").path("open").has(open)).isTrue();
    assertThat(trader.result("OpenOrders", "cl_ord_id=done-1").path("open")).isEmpty();
    assertThat(trader.result("ClosedOrders", "cl_ord_id=done-1").path("closed").has(done)).isTrue();
    assertThat(trader.result("ClosedOrders", "cl_ord_id=open-1").path("count").asInt()).isZero();
  }

  @Test
  void closedOrdersComeNewestFirstFiftyAPageWithTheGrandTotal() throws Exception {
    for (int i = 0; i < 53; i++) {
      trader.place(market("sell", "0.001", "userref=" + i));
      clock.advance(Duration.ofSeconds(1));
    }

    JsonNode first = trader.result("ClosedOrders");
    JsonNode second = trader.result("ClosedOrders", "ofs=50");

    assertThat(first.path("closed")).hasSize(50);
    assertThat(first.path("closed").iterator().next().path("userref").asInt()).isEqualTo(52);
    assertThat(first.path("count").asInt()).isEqualTo(53);
    assertThat(second.path("closed")).hasSize(3);
  }

  @Test
  void closedOrdersStartIsExclusiveAndEndInclusive() throws Exception {
    for (int i = 0; i < 3; i++) {
      trader.place(market("sell", "0.001", "userref=" + (i + 1)));
      clock.advance(Duration.ofSeconds(1));
    }

    JsonNode closed =
        trader
            .result("ClosedOrders", "start=1795342530.123456", "end=1795342531.123456")
            .path("closed");

    assertThat(closed).hasSize(1);
    assertThat(closed.iterator().next().path("userref").asInt()).isEqualTo(2);
  }

  @Test
  void anUnknownTxidIsAnEmptyAnswerNotAnError() throws Exception {
    assertThat(trader.result("QueryOrders", "txid=OAAAAA-BBBBB-CCCCCC").toString()).isEqualTo("{}");
  }

  @Test
  void tradesHistoryShowsTheFill() throws Exception {
    String txid = trader.place(market("buy", "0.01"));

    JsonNode result = trader.result("TradesHistory");

    assertThat(result.path("count").asInt()).isEqualTo(1);
    JsonNode trade = result.path("trades").iterator().next();
    assertThat(trade.path("ordertxid").asText()).isEqualTo(txid);
    assertThat(trade.path("pair").asText()).isEqualTo("XXBTZUSD");
    assertThat(trade.path("price").asText()).isEqualTo("50001.00000");
    assertThat(trade.path("fee").asText()).isEqualTo("2.00000");
    assertThat(trade.path("maker").asBoolean()).isFalse();
  }

  @Test
  void tradeBalanceValuesEverythingAtTheMiddle() throws Exception {
    exchange.setPrice("ETH/USD", "1999.00", "2001.00");

    // 10 000 + 1 x 50 000.5 + 10 x 2 000
    assertThat(trader.result("TradeBalance").path("eb").asText()).isEqualTo("80000.5000");
  }

  @Test
  void tradeVolumeNamesTheFeesThatAreCharged() throws Exception {
    trader.place(market("buy", "0.01"));

    JsonNode result = trader.result("TradeVolume", "pair=XBTUSD");

    assertThat(result.path("volume").asText()).isEqualTo("500.0100");
    assertThat(result.path("fees").path("XXBTZUSD").path("fee").asText()).isEqualTo("0.4000");
    assertThat(result.path("fees_maker").path("XXBTZUSD").path("fee").asText()).isEqualTo("0.2500");
  }

  /** Whatever is traded, money and coins change only by what the fills say. */
  @Test
  void balancesAlwaysAreTheOpeningBalancesPlusTheFills() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      int bid = 49_000 + random.nextInt(2_000);
      exchange.setPrice("BTC/USD", bid + ".3", bid + ".9");
      int price = 49_000 + random.nextInt(2_000);
      String volume = BigDecimal.valueOf(1 + random.nextInt(5_000_000), 8).toPlainString();
      String side = random.nextBoolean() ? "buy" : "sell";
      trader.call(
          "AddOrder",
          random.nextInt(3) == 0
              ? market(side, volume)
              : new String[] {
                "pair=XBTUSD",
                "type=" + side,
                "ordertype=limit",
                "price=" + price,
                "volume=" + volume
              });
      clock.advance(Duration.ofMinutes(random.nextInt(30)));
    }

    BigDecimal usd = new BigDecimal("10000");
    BigDecimal btc = BigDecimal.ONE;
    for (PaperTrade trade : exchange.trades()) {
      boolean buy =
          exchange.orders().stream()
              .filter(order -> order.txid().equals(trade.txid()))
              .allMatch(order -> order.terms().side() == OrderSide.BUY);
      usd = usd.subtract(trade.fee()).add(buy ? trade.cost().negate() : trade.cost());
      btc = btc.add(buy ? trade.volume() : trade.volume().negate());
    }
    assertThat(exchange.trades()).extracting(PaperTrade::maker).contains(true, false);
    assertThat(exchange.balance("alice", "ZUSD")).isEqualByComparingTo(usd);
    assertThat(exchange.balance("alice", "XXBT")).isEqualByComparingTo(btc);
    assertThat(exchange.held("alice", "ZUSD")).isLessThanOrEqualTo(usd);
  }
}
