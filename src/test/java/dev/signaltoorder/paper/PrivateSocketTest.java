package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrivateSocketTest extends PaperExchangeFixture {

  private TestSocket socket;
  private String token;

  @BeforeEach
  void connect() throws Exception {
    socket = new TestSocket(PaperExchangeServer.privateSocket(url));
    token = trader.result("GetWebSocketsToken").path("token").asText();
  }

  @AfterEach
  void hangUp() {
    socket.close();
  }

  private void subscribe(String channel, String more) {
    socket.subscribe("'channel':'" + channel + "','token':'" + token + "'" + more);
  }

  private JsonNode report() throws InterruptedException {
    return socket.next("executions", "update");
  }

  @Test
  void aTokenIsGoodForAFirstUseWithinFifteenMinutesAndThenAsLongAsTheConnection() throws Exception {
    assertThat(trader.result("GetWebSocketsToken").path("expires").asInt()).isEqualTo(900);
    socket.subscribe("'channel':'balances','token':'wrong'");
    assertThat(socket.answer().path("error").asText()).isEqualTo("EAPI:Invalid token");
    subscribe("balances", "");
    assertThat(socket.answer().path("success").asBoolean()).isTrue();

    clock.advance(Duration.ofMinutes(16));

    subscribe("executions", "");
    assertThat(socket.answer().path("success").asBoolean()).isTrue();
    try (TestSocket late = new TestSocket(PaperExchangeServer.privateSocket(url))) {
      late.subscribe("'channel':'executions','token':'" + token + "'");
      assertThat(late.answer().path("error").asText()).isEqualTo("EAPI:Invalid token");
    }
  }

  @Test
  void aKeyWithoutTheWebsocketRightGetsNoToken() throws Exception {
    try (TestTrader other =
        new TestTrader(url, server.createKey("alice", EnumSet.of(KeyPermission.MODIFY_TRADES)))) {
      assertThat(other.error("GetWebSocketsToken")).isEqualTo("EGeneral:Permission denied");
    }
  }

  @Test
  void aMarketOrderIsReportedFromPendingToFilledWithoutAGap() throws Exception {
    subscribe("executions", "");
    JsonNode snapshot = socket.next("executions", "snapshot");
    assertThat(snapshot.path("sequence").asInt()).isEqualTo(1);
    assertThat(snapshot.path("data").isEmpty()).isTrue();

    String txid = trader.place(market("sell", "1.0", "userref=5"));

    List<String> kinds = new ArrayList<>();
    BigDecimal filled = BigDecimal.ZERO;
    for (int sequence = 2; !kinds.contains("filled"); sequence++) {
      JsonNode message = report();
      JsonNode report = message.path("data").path(0);
      assertThat(message.path("sequence").asInt()).isEqualTo(sequence);
      assertThat(report.path("order_id").asText()).isEqualTo(txid);
      assertThat(report.path("order_userref").asInt()).isEqualTo(5);
      kinds.add(report.path("exec_type").asText());
      if (report.path("exec_type").asText().equals("trade")) {
        filled = filled.add(report.path("last_qty").decimalValue());
        assertThat(report.path("cum_qty").decimalValue()).isEqualByComparingTo(filled);
        assertThat(report.path("order_status").asText()).isEqualTo("partially_filled");
        assertThat(report.path("fees").path(0).path("asset").asText()).isEqualTo("USD");
      }
    }
    assertThat(kinds).startsWith("pending_new", "new", "trade").endsWith("trade", "filled");
    assertThat(filled).isEqualByComparingTo("1.0");
  }

  @Test
  void withoutOrderStatusOnlyBeginningsAndEndsAreReported() throws Exception {
    subscribe("executions", ",'order_status':false");
    socket.next("executions", "snapshot");

    trader.place(market("buy", "0.1"));

    assertThat(report().path("data").path(0).path("exec_type").asText()).isEqualTo("new");
    assertThat(report().path("data").path(0).path("exec_type").asText()).isEqualTo("filled");
  }

  @Test
  void aSnapshotShowsOpenOrdersAndIfWantedThePast() throws Exception {
    String resting = trader.place(limitBuy("40000.0", "0.1", "cl_ord_id=my-order"));
    String done = trader.place(market("sell", "0.01"));

    subscribe("executions", ",'snap_trades':true");

    JsonNode ack = socket.answer().path("result");
    assertThat(ack.path("maxratecount").asInt()).isEqualTo(60);
    JsonNode data = socket.next("executions", "snapshot").path("data");
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.path(0).path("order_id").asText()).isEqualTo(resting);
    assertThat(data.path(0).path("cl_ord_id").asText()).isEqualTo("my-order");
    assertThat(data.path(0).path("limit_price").decimalValue()).isEqualByComparingTo("40000.0");
    assertThat(data.path(0).path("order_status").asText()).isEqualTo("new");
    assertThat(data.path(1).path("order_id").asText()).isEqualTo(done);
    assertThat(data.path(1).path("exec_type").asText()).isEqualTo("trade");
    assertThat(data.path(1).path("liquidity_ind").asText()).isEqualTo("t");
  }

  @Test
  void aFillMovesBothBalancesInOneMessage() throws Exception {
    subscribe("balances", "");
    JsonNode snapshot = socket.next("balances", "snapshot");
    assertThat(snapshot.path("data").findValuesAsText("asset")).contains("BTC", "USD", "ETH");

    trader.place(limitBuy("40000.0", "0.1"));
    exchange.setPrice("BTC/USD", "39990.0", "39991.0");

    JsonNode update = socket.next("balances", "update");
    assertThat(update.path("sequence").asInt()).isEqualTo(2);
    JsonNode base = update.path("data").path(0);
    JsonNode quote = update.path("data").path(1);
    assertThat(base.path("amount").decimalValue()).isEqualByComparingTo("0.1");
    assertThat(base.path("balance").decimalValue()).isEqualByComparingTo("1.1");
    assertThat(quote.path("amount").decimalValue()).isEqualByComparingTo("-4000");
    assertThat(quote.path("fee").decimalValue()).isEqualByComparingTo("10");
    assertThat(quote.path("balance").decimalValue()).isEqualByComparingTo("5990");
  }

  @Test
  void othersSeeNothingOfAnAccount() throws Exception {
    server.createAccount("bob");
    try (TestTrader bob = new TestTrader(url, server.createAccount("bob"))) {
      subscribe("executions", "");
      socket.next("executions", "snapshot");
      bob.place(market("buy", "0.01"));
      String own = trader.place(market("buy", "0.01"));

      assertThat(report().path("data").path(0).path("order_id").asText()).isEqualTo(own);
    }
  }

  @Test
  void ordersCanBePlacedAndCancelledOverTheSocket() throws Exception {
    socket.send(
        """
        {"method":"add_order","req_id":3,"params":{"token":"%s","symbol":"BTC/USD","side":"buy",
         "order_type":"limit","order_qty":0.1,"limit_price":40000.0,"time_in_force":"gtc",
         "cl_ord_id":"by-socket"}}"""
            .formatted(token));
    JsonNode placed = socket.answer();
    assertThat(placed.path("success").asBoolean()).isTrue();
    assertThat(placed.path("req_id").asInt()).isEqualTo(3);
    String txid = placed.path("result").path("order_id").asText();
    assertThat(placed.path("result").path("cl_ord_id").asText()).isEqualTo("by-socket");
    assertThat(trader.order(txid).path("status").asText()).isEqualTo("open");

    socket.send(
        "{\"method\":\"cancel_order\",\"params\":{\"token\":\"%s\",\"order_id\":[\"%s\",\"OAAAAA-AAAAA-AAAAAA\"]}}"
            .formatted(token, txid));
    assertThat(socket.answer().path("result").path("order_id").asText()).isEqualTo(txid);
    assertThat(socket.answer().path("error").asText()).isEqualTo("EOrder:Invalid order");
    assertThat(trader.order(txid).path("status").asText()).isEqualTo("canceled");
  }

  @Test
  void aStopWithAConditionalCloseIsTheSameOverTheSocket() throws Exception {
    socket.send(
        """
        {"method":"add_order","params":{"token":"%s","symbol":"BTC/USD","side":"buy",
         "order_type":"stop-loss-limit","order_qty":0.1,"limit_price":51100,
         "triggers":{"reference":"index","price":51000.0,"price_type":"static"},
         "conditional":{"order_type":"stop-loss","trigger_price":-5,"trigger_price_type":"pct"}}}"""
            .formatted(token));
    JsonNode order = trader.order(socket.answer().path("result").path("order_id").asText());
    assertThat(order.path("descr").path("order").asText())
        .isEqualTo("buy 0.10000000 XBTUSD @ stop loss 51000.0 -> limit 51100.0");
    assertThat(order.path("descr").path("close").asText())
        .isEqualTo("close position @ stop loss -5%");
    assertThat(order.path("trigger").asText()).isEqualTo("index");
  }

  @Test
  void aFieldTheSocketDoesNotKnowIsRefusedNotIgnored() throws Exception {
    socket.send(
        """
        {"method":"add_order","params":{"token":"%s","symbol":"BTC/USD","side":"buy",
         "order_type":"market","order_qty":0.1,"urgent":true}}"""
            .formatted(token));
    assertThat(socket.answer().path("error").asText())
        .isEqualTo("EGeneral:Invalid arguments:urgent");
    assertThat(exchange.orders()).isEmpty();
  }

  @Test
  void messagesGetLostDoubledSwappedSpoiledAndConnectionsCutAsTheSwitchesSay() throws Exception {
    subscribe("executions", "");
    socket.next("executions", "snapshot");
    SocketFaults faults = exchange.socketFaults();

    faults.next("executions", 1, SocketFault.of(SocketFault.Kind.DROP));
    trader.place(limitBuy("40000.0", "0.01"));
    assertThat(report().path("sequence").asInt()).isEqualTo(3);

    faults.next("executions", 1, SocketFault.of(SocketFault.Kind.DUPLICATE));
    trader.place(limitBuy("40000.0", "0.01"));
    assertThat(report().path("sequence").asInt()).isEqualTo(4);
    assertThat(report().path("sequence").asInt()).isEqualTo(4);
    assertThat(report().path("sequence").asInt()).isEqualTo(5);

    faults.next("executions", 1, SocketFault.of(SocketFault.Kind.REORDER));
    trader.place(limitBuy("40000.0", "0.01"));
    assertThat(report().path("sequence").asInt()).isEqualTo(7);
    assertThat(report().path("sequence").asInt()).isEqualTo(6);

    faults.next("executions", 1, SocketFault.of(SocketFault.Kind.CORRUPT));
    trader.place(limitBuy("40000.0", "0.01"));
    assertThat(socket.nextText()).startsWith("{").doesNotEndWith("}");
    assertThat(report().path("sequence").asInt()).isEqualTo(9);

    faults.next("executions", 1, SocketFault.of(SocketFault.Kind.DISCONNECT));
    trader.place(limitBuy("40000.0", "0.01"));
    await().atMost(Duration.ofMinutes(2)).until(() -> socket.closed);
  }

  @Test
  void aSilentConnectionStaysOpenAndWhatItDidNotSayIsLost() throws Exception {
    subscribe("executions", "");
    socket.next("executions", "snapshot");
    exchange
        .socketFaults()
        .next("executions", 1, new SocketFault(SocketFault.Kind.SILENCE, Duration.ofSeconds(30)));
    trader.place(limitBuy("40000.0", "0.01"));

    clock.advance(Duration.ofSeconds(31));
    trader.place(limitBuy("40000.0", "0.01"));

    assertThat(report().path("sequence").asInt()).isEqualTo(4);
  }
}
