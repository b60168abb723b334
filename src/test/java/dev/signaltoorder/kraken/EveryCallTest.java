package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each call asks for, what it costs, and what its answer means; the bodies are Kraken's. */
class EveryCallTest {

  private final List<PrivateCall> submitted = new ArrayList<>();
  private final List<Answer<?>> answers = new ArrayList<>();
  private final OrderCalls orders = new OrderCalls(submitted::add);
  private final AccountQueries queries = new AccountQueries(submitted::add);
  private @Nullable String refusal;
  private final SendPermit permit =
      new SendPermit() {
        @Override
        public @Nullable String begin() {
          return refusal;
        }

        @Override
        public void done() {
          // Nothing waits for it here.
        }
      };

  /** The one call that was submitted, answered with this body. */
  private PrivateCall answered(String result) {
    assertThat(submitted).hasSize(1);
    PrivateCall call = submitted.removeFirst();
    String body = "{\"error\":[],\"result\":" + result + "}";
    call.done().accept(Calls.ended(call.redaction().apply(Calls.reply(200, body))));
    return call;
  }

  private <T> T value(Class<T> type) {
    assertThat(answers).hasSize(1);
    Answer<?> answer = answers.removeFirst();
    assertThat(answer).isInstanceOf(Answer.Success.class);
    return type.cast(((Answer.Success<?>) answer).value());
  }

  private static void assertCall(
      PrivateCall call, String endpoint, String form, int cost, Priority priority) {
    assertThat(call.endpoint()).isEqualTo(endpoint);
    assertThat(call.form().encoded()).isEqualTo(form);
    assertThat(call.restCost()).isEqualTo(cost);
    assertThat(call.priority()).isEqualTo(priority);
  }

  @Test
  void amendOrder() {
    Instant deadline = Instant.parse("2026-11-22T10:00:08Z");
    OrderReference own = new OrderReference.ClientOrderId("abc");
    orders.amend(
        new Amendment(own, new BigDecimal("1.25"), null, null, null, false, deadline),
        permit,
        answers::add);

    PrivateCall call = answered("{\"amend_id\":\"TTW6PD-RC36L-ZZSWNU\"}");

    assertCall(
        call,
        "AmendOrder",
        "cl_ord_id=abc&order_qty=1.25&deadline=2026-11-22T10%3A00%3A08.000Z",
        0,
        Priority.AMEND_ORDER);
    assertThat(call.onlyReads()).isFalse();
    assertThat(call.gate().enter(deadline.minusMillis(2499))).isNotNull();
    assertThat(call.gate().enter(deadline.minusMillis(2500))).isNull();
    refusal = "the lease is about to end";
    assertThat(call.gate().enter(deadline.minusSeconds(5)))
        .hasToString("NotSent[cause=PERMIT_REFUSED, detail=the lease is about to end]");
    assertThat(value(String.class)).isEqualTo("TTW6PD-RC36L-ZZSWNU");
  }

  @Test
  void cancelOrder() {
    orders.cancel(new OrderReference.ClientOrderId("abc"), answers::add);

    assertCall(
        answered("{\"count\":\"1\",\"pending\":false}"),
        "CancelOrder",
        "cl_ord_id=abc",
        0,
        Priority.CANCEL_ORDER);
    assertThat(value(Integer.class)).isEqualTo(1);
  }

  @Test
  void cancelAll() {
    orders.cancelAll(answers::add);

    assertCall(answered("{\"count\":4}"), "CancelAll", "", 1, Priority.CANCEL_ORDER);
    assertThat(value(Integer.class)).isEqualTo(4);
  }

  @Test
  void cancelAllOrdersAfter() {
    orders.cancelAllAfter(Duration.ofSeconds(60), answers::add);
    assertCall(
        answered(
            "{\"currentTime\":\"2023-03-24T17:41:56Z\",\"triggerTime\":\"2023-03-24T17:42:56Z\"}"),
        "CancelAllOrdersAfter",
        "timeout=60",
        1,
        Priority.CANCEL_ORDER);
    assertThat(value(CancelAllTimer.class))
        .isEqualTo(
            new CancelAllTimer(
                Instant.parse("2023-03-24T17:41:56Z"), Instant.parse("2023-03-24T17:42:56Z")));

    orders.cancelAllAfter(Duration.ZERO, answers::add);
    answered("{\"currentTime\":\"2023-03-24T17:41:56Z\",\"triggerTime\":\"0\"}");
    assertThat(value(CancelAllTimer.class).cancelsAt()).isNull();

    for (Duration wrong :
        List.of(Duration.ofHours(25), Duration.ofSeconds(-1), Duration.ofMillis(1500))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> orders.cancelAllAfter(wrong, answers::add));
    }
  }

  @Test
  void openOrdersBySomeIdOfOurs() {
    queries.openOrders(new OwnId.Reference(7), answers::add);
    assertCall(answered("{\"open\":{}}"), "OpenOrders", "userref=7", 2, Priority.LOOK_UP);

    queries.openOrders(new OwnId.Client("abc"), answers::add);
    assertCall(answered("{\"open\":{}}"), "OpenOrders", "cl_ord_id=abc", 2, Priority.LOOK_UP);

    queries.openOrders(null, answers::add);
    assertCall(answered("{\"open\":{}}"), "OpenOrders", "", 2, Priority.LOOK_UP);
  }

  @Test
  void closedOrdersOfATime() {
    queries.closedOrders(
        new ClosedOrdersQuery(null, Instant.ofEpochSecond(100), Instant.ofEpochSecond(200), 50),
        answers::add);

    assertCall(
        answered("{\"closed\":{},\"count\":0}"),
        "ClosedOrders",
        "start=100&end=200&ofs=50",
        2,
        Priority.LOOK_UP);
    assertThat(value(Object.class)).isEqualTo(new ClosedOrdersPage(Map.of(), 0));
  }

  @Test
  void tradesHistory() {
    queries.tradesHistory(TradesQuery.NEWEST, answers::add);

    assertCall(
        answered(
            """
            {"trades":{"THVRQM-33VKH-UCI7BS":{"ordertxid":"OQCLML-BW3P3-BUCMWZ",
             "postxid":"TKH2SE-M7IF5-CFI7LT","pair":"XXBTZUSD","time":1688667796.8802,
             "type":"buy","ordertype":"limit","price":"30010.00000","cost":"600.20000",
             "fee":"0.10000","vol":"0.02000000","margin":"0.00000","misc":"",
             "trade_id":40274859,"maker":true}},"count":"2346"}
            """),
        "TradesHistory",
        "consolidate_taker=false",
        2,
        Priority.FOLLOW_UP);
    assertThat(value(TradesPage.class))
        .isEqualTo(
            new TradesPage(
                Map.of(
                    "THVRQM-33VKH-UCI7BS",
                    new TradeFill(
                        "THVRQM-33VKH-UCI7BS",
                        "OQCLML-BW3P3-BUCMWZ",
                        "XXBTZUSD",
                        OrderSide.BUY,
                        "limit",
                        Instant.parse("2023-07-06T18:23:16.880200Z"),
                        new BigDecimal("30010.00000"),
                        new BigDecimal("600.20000"),
                        new BigDecimal("0.10000"),
                        new BigDecimal("0.02000000"),
                        true)),
                2346));
  }

  @Test
  void aFillWithoutItsMoneyIsAFailure() {
    queries.tradesHistory(TradesQuery.NEWEST, answers::add);

    answered(
        """
        {"trades":{"T1":{"ordertxid":"O1","pair":"XXBTZUSD","time":1688667796.8802,
         "type":"buy","ordertype":"limit","price":"30010.00000","fee":"0.1","vol":"0.02"}}}
        """);

    assertThat(answers.getFirst()).isInstanceOf(Answer.Failure.class);
  }

  @Test
  void balanceAndTradeVolume() {
    queries.balance(answers::add);
    assertCall(
        answered("{\"ZUSD\":\"171288.6158\",\"ETH2.S\":198.397}"), "Balance", "", 1, Priority.REST);
    assertThat(value(Object.class))
        .isEqualTo(
            Map.of("ZUSD", new BigDecimal("171288.6158"), "ETH2.S", new BigDecimal("198.397")));

    queries.tradeVolume(List.of("XBTUSD", "ETHUSD"), answers::add);
    assertCall(
        answered(
            """
            {"currency":"ZUSD","volume":"451.3040",
             "fees":{"XXBTZUSD":{"fee":"0.3000","minfee":"0.0500"}},
             "fees_maker":{"XXBTZUSD":{"fee":"-0.0100"}}}
            """),
        "TradeVolume",
        "pair=XBTUSD%2CETHUSD",
        1,
        Priority.REST);
    assertThat(value(FeeRates.class))
        .isEqualTo(
            new FeeRates(
                "ZUSD",
                new BigDecimal("451.3040"),
                Map.of("XXBTZUSD", new BigDecimal("0.3000")),
                Map.of("XXBTZUSD", new BigDecimal("-0.0100"))));
  }

  @Test
  void theWebSocketsTokenIsHandedOverAndNeverRecorded() {
    queries.webSocketsToken(answers::add);

    answered("{\"token\":\"WW91ciBhdXRo\",\"expires\":900}");

    assertThat(answers.getFirst().toString()).doesNotContain("WW91ciBhdXRo");
    CallOutcome.Reply recorded = (CallOutcome.Reply) answers.getFirst().call().outcome();
    assertThat(new String(recorded.body(), UTF_8))
        .isEqualTo("{\"error\":[],\"result\":{\"token\":\"(left out)\",\"expires\":900}}");
    assertThat(value(WebSocketsToken.class))
        .isEqualTo(new WebSocketsToken("WW91ciBhdXRo", Duration.ofMinutes(15)));
  }

  @Test
  void aTokenThatIsNoneIsAFailure() {
    queries.webSocketsToken(answers::add);

    answered("{\"token\":\"\",\"expires\":900}");

    assertThat(answers.getFirst()).isInstanceOf(Answer.Failure.class);
  }

  @Test
  void assetsAndTime() throws UnreadableAnswerException {
    Map<String, AssetInfo> assets =
        MoreResults.assets(
            KrakenJson.read(
                """
                {"XXBT":{"aclass":"currency","altname":"XBT","decimals":10,"display_decimals":5,
                         "collateral_value":"0.98","status":"enabled","new":1},
                 "ADA":{"aclass":"currency","altname":"ADA","decimals":8,"display_decimals":6}}
                """
                    .getBytes(UTF_8)));

    assertThat(assets)
        .containsEntry("XXBT", new AssetInfo("XBT", 10, 5, "enabled", new BigDecimal("0.98")))
        .containsEntry("ADA", new AssetInfo("ADA", 8, 6, null, null));
    assertThat(MoreResults.time(KrakenJson.read("{\"unixtime\":1391835876}".getBytes(US_ASCII))))
        .isEqualTo(Instant.ofEpochSecond(1_391_835_876));
  }
}
