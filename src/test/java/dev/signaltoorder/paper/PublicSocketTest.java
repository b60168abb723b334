package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicSocketTest extends PaperExchangeFixture {

  private TestSocket socket;

  @BeforeEach
  void connect() {
    socket = new TestSocket(PaperExchangeServer.publicSocket(url));
  }

  @AfterEach
  void hangUp() {
    socket.close();
  }

  @Test
  void theSystemsStatusComesBeforeAnythingIsAskedAndAgainWhenItChanges() throws Exception {
    JsonNode greeting = socket.next("status", "update").path("data").path(0);
    assertThat(greeting.path("system").asText()).isEqualTo("online");
    assertThat(greeting.path("api_version").asText()).isEqualTo("v2");

    exchange.setSystemStatus("cancel_only");

    assertThat(socket.next("status", "update").path("data").path(0).path("system").asText())
        .isEqualTo("cancel_only");
  }

  @Test
  void aPingIsAnsweredWithItsNumber() throws Exception {
    JsonNode pong = socket.send("{\"method\":\"ping\",\"req_id\":101}").answer();

    assertThat(pong.path("method").asText()).isEqualTo("pong");
    assertThat(pong.path("req_id").asInt()).isEqualTo(101);
    assertThat(pong.path("time_out").asText()).isEqualTo("2026-11-22T10:15:30.123456Z");
  }

  @Test
  void aTickerOnBestPricesFollowsEveryChangeOfThem() throws Exception {
    socket.subscribe("'channel':'ticker','symbol':['BTC/USD'],'event_trigger':'bbo'");
    JsonNode ack = socket.answer();
    assertThat(ack.path("success").asBoolean()).isTrue();
    assertThat(ack.path("result").path("event_trigger").asText()).isEqualTo("bbo");
    JsonNode first = socket.next("ticker", "snapshot").path("data").path(0);
    assertThat(first.path("bid").decimalValue()).isEqualByComparingTo("50000.0");
    assertThat(first.path("ask").isNumber()).isTrue();

    exchange.setPrice("BTC/USD", "50000.0", "50002.0");

    JsonNode second = socket.next("ticker", "update").path("data").path(0);
    assertThat(second.path("symbol").asText()).isEqualTo("BTC/USD");
    assertThat(second.path("ask").decimalValue()).isEqualByComparingTo("50002.0");
    assertThat(second.path("timestamp").asText()).isEqualTo("2026-11-22T10:15:30.123456Z");
  }

  @Test
  void aTickerOnTradesIsSilentWhileOnlyTheAskMoves() throws Exception {
    socket.subscribe("'channel':'ticker','symbol':['BTC/USD']");
    socket.next("ticker", "snapshot");

    exchange.setPrice("BTC/USD", "50000.0", "50002.0");
    exchange.setPrice("BTC/USD", "49000.0", "49001.0");

    assertThat(socket.next("ticker", "update").path("data").path(0).path("last").decimalValue())
        .isEqualByComparingTo("49000.0");
  }

  @Test
  void everySymbolIsAnsweredOnItsOwnAndOldNamesAreRefused() throws Exception {
    socket.send(
        "{\"method\":\"subscribe\",\"req_id\":7,\"params\":{\"channel\":\"ticker\","
            + "\"symbol\":[\"XBT/USD\",\"BTCUSD\",\"ETH/USD\"]}}");

    JsonNode first = socket.answer();
    assertThat(first.path("error").asText()).isEqualTo("Currency pair not supported XBT/USD");
    assertThat(first.path("symbol").asText()).isEqualTo("XBT/USD");
    assertThat(first.path("req_id").asInt()).isEqualTo(7);
    assertThat(socket.answer().path("error").asText())
        .isEqualTo("Currency pair not in ISO 4217-A3 format BTCUSD");
    assertThat(socket.answer().path("result").path("symbol").asText()).isEqualTo("ETH/USD");
  }

  @Test
  void whatMakesNoSenseIsRefusedInWords() throws Exception {
    assertThat(socket.send("not json").answer().path("error").asText())
        .isEqualTo("Malformed request");
    assertThat(socket.send("{\"method\":\"dance\"}").answer().path("error").asText())
        .isEqualTo("Malformed request");
    socket.subscribe("'channel':'book','symbol':['BTC/USD'],'depth':11");
    assertThat(socket.answer().path("error").asText())
        .isEqualTo("Subscription depth not supported");
    socket.subscribe("'channel':'executions','token':'x'");
    assertThat(socket.answer().path("error").asText()).contains("Try ws-auth");
    socket.subscribe("'channel':'ticker','symbol':['BTC/USD']");
    socket.answer();
    socket.subscribe("'channel':'ticker','symbol':['BTC/USD']");
    assertThat(socket.answer().path("error").asText()).isEqualTo("Already subscribed");
  }

  @Test
  void afterUnsubscribingNothingComes() throws Exception {
    socket.subscribe("'channel':'ticker','symbol':['BTC/USD'],'event_trigger':'bbo'");
    socket.next("ticker", "snapshot");
    socket.send(
        "{\"method\":\"unsubscribe\",\"params\":{\"channel\":\"ticker\",\"symbol\":[\"BTC/USD\"]}}");
    assertThat(socket.answer().path("success").asBoolean()).isTrue();

    exchange.setPrice("BTC/USD", "51000.0", "51001.0");

    assertThat(socket.send("{\"method\":\"ping\"}").next().path("method").asText())
        .isEqualTo("pong");
  }

  @Test
  void aBookBuiltFromSnapshotAndUpdatesAlwaysHasTheChecksumSent() throws Exception {
    for (int depth : List.of(10, 25, 1000)) {
      exchange.setPrice("BTC/USD", "50000.0", "50001.0");
      try (TestSocket own = new TestSocket(PaperExchangeServer.publicSocket(url))) {
        own.subscribe("'channel':'book','symbol':['BTC/USD'],'depth':" + depth);
        ClientBook book = new ClientBook(depth);
        book.apply(own.next("book", "snapshot"));
        assertThat(book.asks).hasSize(depth);
        for (String bid : List.of("50000.1", "49990.0", "50010.0", "10000.0", "90000.0")) {
          exchange.setPrice("BTC/USD", bid, new BigDecimal(bid).add(BigDecimal.ONE).toString());
          book.apply(own.next("book", "update"));
          assertThat(book.bids.firstKey()).isEqualByComparingTo(bid);
        }
        exchange.setBook("BTC/USD", "50000.0", "1", "50001.0", "0");
        book.apply(own.next("book", "update"));
        assertThat(book.asks).isEmpty();
        assertThat(book.bids).hasSize(1);
      }
    }
  }

  @Test
  void instrumentsNameTheRulesOfEveryPairAndTheirChanges() throws Exception {
    socket.subscribe("'channel':'instrument'");
    JsonNode data = socket.next("instrument", "snapshot").path("data");
    JsonNode bitcoin = data.path("pairs").path(0);
    assertThat(bitcoin.path("symbol").asText()).isEqualTo("BTC/USD");
    assertThat(bitcoin.path("base").asText()).isEqualTo("BTC");
    assertThat(bitcoin.path("price_increment").decimalValue()).isEqualByComparingTo("0.1");
    assertThat(bitcoin.path("qty_increment").decimalValue()).isEqualByComparingTo("0.00000001");
    assertThat(bitcoin.path("qty_min").decimalValue()).isEqualByComparingTo("0.00005");
    assertThat(data.path("assets").findValuesAsText("id")).contains("BTC", "USD", "DOGE");

    exchange.setPairStatus("BTC/USD", "post_only");

    JsonNode update = socket.next("instrument", "update").path("data");
    assertThat(update.path("pairs").size()).isEqualTo(1);
    assertThat(update.path("pairs").path(0).path("status").asText()).isEqualTo("post_only");
  }

  @Test
  void aSubscriberHearsAHeartbeatASecondAndAnIdleClientIsCutOff() throws Exception {
    try (TestSocket idle = new TestSocket(PaperExchangeServer.publicSocket(url))) {
      socket.subscribe("'channel':'ticker','symbol':['BTC/USD']");
      socket.next("ticker", "snapshot");
      idle.next("status", "update");

      clock.advance(Duration.ofSeconds(2));
      assertThat(socket.next(message -> message.path("channel").asText().equals("heartbeat")))
          .isNotNull();
      clock.advance(Duration.ofSeconds(59));

      await().atMost(Duration.ofMinutes(2)).until(() -> idle.closed);
      assertThat(socket.closed).isFalse();
    }
  }

  /** A client's book: applies rows in order, then cuts to the depth (Book checksum guide). */
  static final class ClientBook {
    final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    final NavigableMap<BigDecimal, BigDecimal> bids =
        new TreeMap<>(java.util.Comparator.reverseOrder());
    private final int depth;

    ClientBook(int depth) {
      this.depth = depth;
    }

    void apply(JsonNode message) {
      JsonNode data = message.path("data").path(0);
      apply(data.path("asks"), asks);
      apply(data.path("bids"), bids);
      assertThat(BookChecksum.of(levels(asks), levels(bids), 1, 8))
          .as("checksum of %s", message)
          .isEqualTo(data.path("checksum").longValue());
    }

    private void apply(JsonNode rows, NavigableMap<BigDecimal, BigDecimal> side) {
      for (JsonNode row : rows) {
        BigDecimal price = row.path("price").decimalValue();
        if (row.path("qty").decimalValue().signum() == 0) {
          side.remove(price);
        } else {
          side.put(price, row.path("qty").decimalValue());
        }
      }
      while (side.size() > depth) {
        side.pollLastEntry();
      }
    }

    private static List<Depth.Level> levels(Map<BigDecimal, BigDecimal> side) {
      List<Depth.Level> levels = new ArrayList<>();
      side.forEach((price, volume) -> levels.add(new Depth.Level(price, volume)));
      return levels;
    }
  }
}
