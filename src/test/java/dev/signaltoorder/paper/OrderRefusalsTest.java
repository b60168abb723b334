package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRefusalsTest extends PaperExchangeFixture {

  private static final String UUID = "6d1b345e-2821-40e2-ad83-4ecb18a06876";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pair=XBTABC&type=buy&ordertype=market&volume=0.01|EQuery:Unknown asset pair",
        "type=buy&ordertype=market&volume=0.01|EGeneral:Invalid arguments:pair",
        "pair=XBTUSD&ordertype=market&volume=0.01|EGeneral:Invalid arguments:type",
        "pair=XBTUSD&type=short&ordertype=market&volume=0.01|EGeneral:Invalid arguments:type",
        "pair=XBTUSD&type=buy&ordertype=settle-position&volume=0.01"
            + "|EGeneral:Invalid arguments:ordertype",
        "pair=XBTUSD&type=buy&ordertype=market|EGeneral:Invalid arguments:volume",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0|EGeneral:Invalid arguments:volume",
        "pair=XBTUSD&type=buy&ordertype=market&volume=-1|EGeneral:Invalid arguments:volume",
        "pair=XBTUSD&type=buy&ordertype=market&volume=1e-2|EGeneral:Invalid arguments:volume",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.00004|EGeneral:Invalid arguments:volume",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.010000001"
            + "|EGeneral:Invalid arguments:volume",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01|EGeneral:Invalid arguments:price",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=about|EGeneral:Invalid arguments:price",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=5%|EGeneral:Invalid arguments:price",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=49000.01"
            + "|EOrder:Invalid price:XXBTZUSD price can only be specified up to 1 decimals.",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.00005&price=9000|EOrder:Cost minimum not met",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.5|EOrder:Insufficient funds",
        "pair=XBTUSD&type=sell&ordertype=market&volume=1.00000001|EOrder:Insufficient funds",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&timeinforce=FOK"
            + "|EGeneral:Invalid arguments:timeinforce",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=49000&timeinforce=GTD"
            + "|EGeneral:Invalid arguments:expiretm",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=49000&timeinforce=GTD&expiretm=+4"
            + "|EGeneral:Invalid arguments:expiretm",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=49000&timeinforce=IOC&oflags=post"
            + "|EGeneral:Invalid arguments:timeinforce",
        "pair=XBTUSD&type=sell&ordertype=stop-loss-limit&volume=0.01&price=49000"
            + "|EGeneral:Invalid arguments:price2",
        "pair=XBTUSD&type=sell&ordertype=trailing-stop&volume=0.01&price=100"
            + "|EGeneral:Invalid arguments:price",
        "pair=XBTUSD&type=sell&ordertype=trailing-stop-limit&volume=0.01&price=+100&price2=9"
            + "|EGeneral:Invalid arguments:price2",
        "pair=XBTUSD&type=buy&ordertype=iceberg&volume=0.1&price=49000"
            + "|EGeneral:Invalid arguments:displayvol",
        "pair=XBTUSD&type=buy&ordertype=iceberg&volume=0.1&price=49000&displayvol=0.006"
            + "|EGeneral:Invalid arguments:displayvol",
        "pair=XBTUSD&type=sell&ordertype=market&volume=10&oflags=viqc"
            + "|EGeneral:Invalid arguments:oflags",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&trigger=index"
            + "|EGeneral:Invalid arguments:trigger",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&stptype=cancel-me"
            + "|EGeneral:Invalid arguments:stptype",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&reduce_only=true"
            + "|EGeneral:Invalid arguments:reduce_only",
        "pair=XBTUSD&type=buy&ordertype=limit&volume=0.01&price=49000&oflags=viqc"
            + "|EGeneral:Invalid arguments:oflags",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&oflags=post"
            + "|EGeneral:Invalid arguments:oflags",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&leverage=2"
            + "|EGeneral:Invalid arguments:leverage",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&close[ordertype]=limit"
            + "|EGeneral:Invalid arguments:close[price]",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&close[ordertype]=market"
            + "|EGeneral:Invalid arguments:close[ordertype]",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&cl_ord_id=a&close[ordertype]=limit"
            + "&close[price]=60000|EGeneral:Invalid arguments:cl_ord_id",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&cl_ord_id=longer-than-18-characters"
            + "|EGeneral:Invalid arguments:cl_ord_id",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&cl_ord_id=abc&userref=5"
            + "|EGeneral:Invalid arguments:cl_ord_id",
        "pair=XBTUSD&type=buy&ordertype=market&volume=0.01&validate=perhaps"
            + "|EGeneral:Invalid arguments:validate",
      })
  void anOrderThatIsNotRightIsRefused(String fields, String error) throws Exception {
    String actual = trader.error("AddOrder", fields.split("&", -1));

    assertThat(actual).isEqualTo(error);
    assertThat(exchange.orders()).isEmpty();
  }

  @Test
  void aPriceOffTheTickIsRefusedWhereTheTickIsCoarserThanTheDecimals() {
    Pair coarse = withTick(Pairs.standard().get("XXBTZUSD"), "0.5");
    Pairs pairs = new Pairs(java.util.List.of(coarse));
    SimulatedExchange coarseExchange =
        new SimulatedExchange(
            clock, pairs, new RandomWalk(42, clock), PaperSettings.DEFAULT_BALANCES, null);
    PaperAccount account = coarseExchange.createAccount("bob");
    String body = "nonce=1&pair=XBTUSD&type=buy&ordertype=limit&price=49000.3&volume=0.01";
    ApiRequest request =
        new ApiRequest(
            "POST",
            "/0/private/AddOrder",
            "",
            null,
            account.apiKey(),
            TestTrader.sign(account.apiSecret(), "/0/private/AddOrder", "1", body),
            body.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    String answer = coarseExchange.answer(request, Duration.ZERO).toString();

    assertThat(answer).isEqualTo("{\"error\":[\"EOrder:Tick size check failed\"]}");
  }

  private static Pair withTick(Pair pair, String tick) {
    return new Pair(
        pair.key(),
        pair.altname(),
        pair.wsname(),
        pair.symbol(),
        pair.base(),
        pair.quote(),
        pair.priceDecimals(),
        pair.costDecimals(),
        pair.lotDecimals(),
        new BigDecimal(tick),
        pair.orderMin(),
        pair.costMin(),
        pair.topVolume());
  }

  @Test
  void aClientOrderIdIsUniqueAmongOpenOrders() throws Exception {
    trader.place(limitBuy("49000", "0.01", "cl_ord_id=" + UUID));

    String error = trader.error("AddOrder", limitBuy("48000", "0.01", "cl_ord_id=" + UUID));

    assertThat(error).isEqualTo("EGeneral:Invalid arguments:cl_ord_id not unique");
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
  }

  @Test
  void theSame128BitsWithoutDashesAreTheSameClientOrderId() throws Exception {
    trader.place(limitBuy("49000", "0.01", "cl_ord_id=" + UUID));
    String hex = UUID.replace("-", "").toUpperCase(java.util.Locale.ROOT);

    String error = trader.error("AddOrder", limitBuy("48000", "0.01", "cl_ord_id=" + hex));

    assertThat(error).isEqualTo("EGeneral:Invalid arguments:cl_ord_id not unique");
  }

  @Test
  void aClientOrderIdOfADoneOrderIsNoProtectionAgainstASecondOne() throws Exception {
    trader.place(market("buy", "0.01", "cl_ord_id=" + UUID));

    trader.place(market("buy", "0.01", "cl_ord_id=" + UUID));

    assertThat(trader.result("ClosedOrders", "cl_ord_id=" + UUID).path("count").asInt())
        .isEqualTo(2);
  }

  @Test
  void twoAccountsMayUseTheSameClientOrderId() throws Exception {
    trader.place(limitBuy("49000", "0.01", "cl_ord_id=" + UUID));
    try (TestTrader bob = new TestTrader(url, server.createAccount("bob"))) {
      assertThat(bob.error("AddOrder", limitBuy("49000", "0.01", "cl_ord_id=" + UUID))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22T10:15:30Z", "2026-11-22T10:15:30.123Z"})
  void anOrderAfterItsDeadlineIsRefused(String deadline) throws Exception {
    String error = trader.error("AddOrder", market("buy", "0.01", "deadline=" + deadline));

    assertThat(error).isEqualTo("EService:Deadline elapsed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-22T10:15:32.000Z", "2026-11-22T10:16:30.124Z", "tomorrow", "1795342540"})
  void aDeadlineLessThanTwoOrMoreThanSixtySecondsAheadIsRefused(String deadline) throws Exception {
    String error = trader.error("AddOrder", market("buy", "0.01", "deadline=" + deadline));

    assertThat(error).isEqualTo("EGeneral:Invalid arguments:deadline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T10:15:32.124Z",
        "2026-11-22T10:16:30.123Z",
        "2026-11-22T11:15:40.000+01:00"
      })
  void aDeadlineInRangeIsAccepted(String deadline) throws Exception {
    assertThat(trader.error("AddOrder", market("buy", "0.01", "deadline=" + deadline))).isEmpty();
  }

  @Test
  void validateChecksAndPlacesNothing() throws Exception {
    var result = trader.result("AddOrder", limitBuy("49000", "0.01", "validate=true"));

    assertThat(result.toString())
        .isEqualTo("{\"descr\":{\"order\":\"buy 0.01000000 XBTUSD @ limit 49000.0\"}}");
    assertThat(exchange.orders()).isEmpty();
  }

  @Test
  void validateRefusesWhatAnOrderWouldBeRefusedFor() throws Exception {
    String error = trader.error("AddOrder", market("buy", "0.5", "validate=true"));

    assertThat(error).isEqualTo("EOrder:Insufficient funds");
  }

  @ParameterizedTest
  @CsvSource({
    "cancel_only,EService:Market in cancel_only mode",
    "post_only,EService:Market in post_only mode",
    "limit_only,EService:Market in limit_only mode",
    "maintenance,EService:Unavailable"
  })
  void theSystemsStatusBindsMarketOrders(String status, String error) throws Exception {
    exchange.setSystemStatus(status);

    assertThat(trader.error("AddOrder", market("buy", "0.01"))).isEqualTo(error);
  }

  @Test
  void aPairsStatusBindsThatPairOnly() throws Exception {
    exchange.setPairStatus("BTC/USD", "cancel_only");

    assertThat(trader.error("AddOrder", market("buy", "0.01")))
        .isEqualTo("EService:Market in cancel_only mode");
    assertThat(
            trader.error("AddOrder", "pair=ETHUSD", "type=buy", "ordertype=market", "volume=0.01"))
        .isEmpty();
  }

  @Test
  void cancellingWhatNeverWasIsAnInvalidOrder() throws Exception {
    assertThat(trader.error("CancelOrder", "txid=OAAAAA-BBBBB-CCCCCC"))
        .isEqualTo("EOrder:Invalid order");
  }

  @Test
  void cancellingWhatIsDoneIsAnUnknownOrder() throws Exception {
    String txid = trader.place(market("buy", "0.01"));

    assertThat(trader.error("CancelOrder", "txid=" + txid)).isEqualTo("EOrder:Unknown order");
  }

  @Test
  void nobodyCancelsAnothersOrder() throws Exception {
    String txid = trader.place(limitBuy("49000", "0.01"));
    try (TestTrader bob = new TestTrader(url, server.createAccount("bob"))) {
      assertThat(bob.error("CancelOrder", "txid=" + txid)).isEqualTo("EOrder:Invalid order");
    }
    assertThat(exchange.orders().getFirst().isOpen()).isTrue();
  }

  @Test
  void moreThanFiftyTxidsAreRefused() throws Exception {
    String txids = String.join(",", java.util.Collections.nCopies(51, "OAAAAA-BBBBB-CCCCCC"));

    assertThat(trader.error("QueryOrders", "txid=" + txids))
        .isEqualTo("EGeneral:Invalid arguments:txid");
  }

  @AfterEach
  void nothingWasTakenFromRefusedOrders() {
    if (exchange.orders().isEmpty()) {
      assertThat(exchange.balance("alice", "ZUSD")).isEqualByComparingTo("10000");
      assertThat(exchange.held("alice", "ZUSD")).isZero();
    }
  }
}
