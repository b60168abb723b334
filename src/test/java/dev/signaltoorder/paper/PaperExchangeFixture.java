package dev.signaltoorder.paper;

import io.vertx.core.Vertx;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A running exchange with one trader: 10 000 USD, 1 XBT, 10 ETH; BTC/USD stands at 50 000.0 / 50
 * 001.0 and the clock stands still.
 */
abstract class PaperExchangeFixture {

  private static Vertx vertx;

  final SteppedClock clock = new SteppedClock();
  PaperExchangeServer server;
  SimulatedExchange exchange;
  URI url;
  TestTrader trader;

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  static Vertx vertx() {
    return vertx;
  }

  @BeforeEach
  void startExchange() {
    server = new PaperExchangeServer(PaperSettings.walk(42), clock, vertx);
    exchange = server.exchange();
    exchange.setPrice("BTC/USD", "50000.0", "50001.0");
    url = server.start();
    trader = new TestTrader(url, server.createAccount("alice"));
  }

  @AfterEach
  void stopExchange() {
    trader.close();
    server.stop();
  }

  static String[] limitBuy(String price, String volume, String... more) {
    return with(
        more, "pair=XBTUSD", "type=buy", "ordertype=limit", "price=" + price, "volume=" + volume);
  }

  static String[] limitSell(String price, String volume, String... more) {
    return with(
        more, "pair=XBTUSD", "type=sell", "ordertype=limit", "price=" + price, "volume=" + volume);
  }

  static String[] market(String side, String volume, String... more) {
    return with(more, "pair=XBTUSD", "type=" + side, "ordertype=market", "volume=" + volume);
  }

  private static String[] with(String[] more, String... fields) {
    String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
    System.arraycopy(more, 0, all, fields.length, more.length);
    return all;
  }
}
