package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  private static Vertx vertx;

  private final SteppedClock clock = new SteppedClock();
  @TempDir Path directory;

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Path stateFile() {
    return directory.resolve("state.json");
  }

  private PaperExchangeServer server() {
    PaperExchangeServer server =
        new PaperExchangeServer(PaperSettings.walk(42).withStateFile(stateFile()), clock, vertx);
    server.exchange().setPrice("BTC/USD", "50000.0", "50001.0");
    return server;
  }

  @Test
  void bookBalancesKeysAndNoncesSurviveARestart() throws Exception {
    List<PaperOrder> orders;
    List<PaperTrade> trades;
    PaperAccount account;
    try (PaperExchangeServer first = server()) {
      account = first.createAccount("alice");
      try (TestTrader trader = new TestTrader(first.start(), account)) {
        trader.place(PaperExchangeFixture.limitBuy("49000", "0.1", "cl_ord_id=abc-1"));
        trader.place(PaperExchangeFixture.market("sell", "0.25", "userref=7"));
        trader.result(
            "CancelOrder", "txid=" + trader.place(PaperExchangeFixture.limitSell("51000", "0.1")));
      }
      orders = first.exchange().orders();
      trades = first.exchange().trades();
    }

    try (PaperExchangeServer second = server()) {
      assertThat(second.createAccount("alice")).isEqualTo(account);
      assertThat(second.exchange().orders()).isEqualTo(orders).hasSize(3);
      assertThat(second.exchange().trades()).isEqualTo(trades).isNotEmpty();
      assertThat(second.exchange().held("alice", "ZUSD")).isEqualByComparingTo("4912.25");
      assertThat(second.exchange().balance("alice", "XXBT")).isEqualByComparingTo("0.75");
      try (TestTrader trader = new TestTrader(second.start(), account)) {
        assertThat(trader.error("Balance")).isEqualTo("EAPI:Invalid nonce");
        assertThat(trader.nonceFrom(1_800_000_000_000_000_000L).error("Balance")).isEmpty();
        assertThat(trader.result("OpenOrders", "cl_ord_id=abc-1").path("open")).hasSize(1);
      }
    }
  }

  @Test
  void theStateIsOnDiskBeforeTheAnswerIsSent() throws Exception {
    try (PaperExchangeServer server = server();
        TestTrader trader = new TestTrader(server.start(), server.createAccount("alice"))) {
      String txid = trader.place(PaperExchangeFixture.market("buy", "0.01"));

      assertThat(Files.readString(stateFile())).contains(txid).contains("1700000000000000001");
    }
  }

  @Test
  void aRestingOrderIsFilledAfterTheRestart() throws Exception {
    try (PaperExchangeServer first = server();
        TestTrader trader = new TestTrader(first.start(), first.createAccount("alice"))) {
      trader.place(PaperExchangeFixture.limitBuy("49000", "0.1"));
    }

    try (PaperExchangeServer second = server()) {
      second.exchange().setPrice("BTC/USD", "48000.0", "48001.0");

      assertThat(second.exchange().orders().getFirst().status()).isEqualTo(OrderStatus.CLOSED);
    }
  }

  @Test
  void theFileWithItsSecretsIsForTheOwnerOnly() throws Exception {
    try (PaperExchangeServer server = server()) {
      server.createAccount("alice");
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stateFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileStopsTheStart() throws Exception {
    Files.writeString(stateFile(), "{\"version\":1,\"accounts\":");

    assertThatThrownBy(this::server)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("state file unusable");
  }

  @Test
  void whatCannotBeWrittenIsNotAnsweredAsDone() throws Exception {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    PaperExchangeServer server =
        new PaperExchangeServer(
            PaperSettings.walk(42).withStateFile(inner.resolve("state.json")), clock, vertx);
    try (server;
        TestTrader trader = new TestTrader(server.start(), server.createAccount("alice"))) {
      Files.delete(inner.resolve("state.json"));
      Files.delete(inner);

      assertThat(trader.post("Balance").statusCode()).isEqualTo(500);
    }
  }
}
