package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {

  private static final String ORDER =
      """
      {"refid":null,"userref":0,"cl_ord_id":"6d1b345e-2821-40e2-ad83-4ecb18a06876",
       "status":"canceled","opentm":1752768514.603174,"starttm":0,"expiretm":0,
       "descr":{"pair":"SUIUSD","type":"buy","price":"1.5"},"vol":"49.96000","vol_exec":"0.10000",
       "cost":"7.10574100","fee":0.018475,"price":"71.05741","stopprice":"3.98640000",
       "limitprice":"4.02660000","misc":"","oflags":"fciq","reason":"User requested",
       "closetm":1752768899.330147}
      """;

  private static Answer<Map<String, OrderInfo>> queried(String order) {
    return Answers.of(
        Calls.answered("{\"error\":[],\"result\":{\"O1\":" + order + "}}"), Results::orders);
  }

  private static <T> T value(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<T>) answer).value();
  }

  @Test
  void readsAnOrderExactly() {
    assertThat(value(queried(ORDER)))
        .containsExactly(
            Map.entry(
                "O1",
                new OrderInfo(
                    "O1",
                    "6d1b345e-2821-40e2-ad83-4ecb18a06876",
                    "SUIUSD",
                    "buy",
                    "canceled",
                    new BigDecimal("49.96000"),
                    new BigDecimal("0.10000"),
                    new BigDecimal("7.10574100"),
                    new BigDecimal("0.018475"),
                    new BigDecimal("71.05741"),
                    "User requested",
                    Instant.parse("2025-07-17T16:08:34.603174Z"),
                    Instant.parse("2025-07-17T16:14:59.330147Z"))));
  }

  @Test
  void anOrderMayLackWhatIsNotMoney() {
    String bare =
        ORDER
            .replace("\"cl_ord_id\":\"6d1b345e-2821-40e2-ad83-4ecb18a06876\",", "")
            .replace("\"User requested\"", "null")
            .replace("1752768899.330147", "0");

    OrderInfo order = value(queried(bare)).values().iterator().next();

    assertThat(order.clientOrderId()).isNull();
    assertThat(order.reason()).isNull();
    assertThat(order.closedAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"vol\":\"49.96000\"",
        "\"vol_exec\":\"0.10000\"",
        "\"cost\":\"7.10574100\"",
        "\"fee\":0.018475",
        "\"price\":\"71.05741\"",
        "\"opentm\":1752768514.603174",
        "\"status\":\"canceled\""
      })
  void anOrderWithoutAMoneyFieldIsAFailureAndNeverZero(String field) {
    String name = field.substring(0, field.indexOf(':'));

    assertThat(queried(ORDER.replace(field, "\"x\":1"))).isInstanceOf(Answer.Failure.class);
    assertThat(queried(ORDER.replace(field, name + ":null"))).isInstanceOf(Answer.Failure.class);
    assertThat(queried(ORDER.replace(field, name + ":\"\""))).isInstanceOf(Answer.Failure.class);
    assertThat(queried(ORDER.replace(field, name + ":\"NaN\""))).isInstanceOf(Answer.Failure.class);
    assertThat(queried(ORDER.replace(field, name + ":\"1e999999999\"")))
        .isInstanceOf(Answer.Failure.class);
    assertThat(queried(ORDER.replace(field, name + ":true"))).isInstanceOf(Answer.Failure.class);
  }

  @Test
  void anUnknownOrderIdIsInNeitherMap() {
    assertThat(value(Answers.of(Calls.answered("{\"error\":[],\"result\":{}}"), Results::queried)))
        .isEqualTo(new QueriedOrders(Map.of(), Map.of()));
  }

  @Test
  void oneOrderThatCannotBeReadHidesNoOther() {
    String strange = ORDER.replace("\"canceled\"", "\"slumbering\"");
    String body =
        "{\"error\":[],\"result\":{\"O1\":%s,\"O2\":%s,\"O3\":7,\"O4\":%s}}"
            .formatted(ORDER, strange, ORDER);

    QueriedOrders read = value(Answers.of(Calls.answered(body), Results::queried));

    assertThat(read.orders().keySet()).containsExactly("O1", "O4");
    assertThat(read.unreadable())
        .containsOnlyKeys("O2", "O3")
        .containsEntry("O2", "an order has an unknown status");
    assertThat(read.unreadable().toString()).doesNotContain("slumbering");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":[]}", "{\"error\":[],\"result\":[]}"})
  void noMapOfOrdersIsAFailureAndNotNoOrders(String body) {
    assertThat(Answers.of(Calls.answered(body), Results::queried))
        .isInstanceOf(Answer.Failure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":[]}",
        "{\"error\":[],\"result\":{}}",
        "{\"error\":[],\"result\":{\"open\":[]}}",
        "{\"error\":[],\"result\":{\"closed\":{}}}"
      })
  void anAnswerWithoutItsMapOfOpenOrdersIsAFailureAndNotNoOrders(String body) {
    assertThat(Answers.of(Calls.answered(body), Results::openOrders))
        .isInstanceOf(Answer.Failure.class);
  }

  @Test
  void balancesCountCreditAndKeepExactDecimals() {
    String body =
        """
        {"error":[],"result":{
          "ZUSD":{"balance":25435.210,"hold_trade":"8249.76","credit":"10","credit_used":"3.5"},
          "XXBT":{"balance":"1.2435000000","hold_trade":"0.0000000000"}}}
        """;

    assertThat(value(Answers.of(Calls.answered(body), Results::balances)))
        .containsEntry(
            "ZUSD", new AssetBalance(new BigDecimal("25441.710"), new BigDecimal("8249.76")))
        .containsEntry(
            "XXBT", new AssetBalance(new BigDecimal("1.2435000000"), new BigDecimal("0E-10")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"balance\":\"1\"}",
        "{\"hold_trade\":\"1\"}",
        "{\"balance\":\"1\",\"hold_trade\":\"\"}",
        "{\"balance\":\"1\",\"hold_trade\":\"0\",\"credit\":\"5\"}",
        "\"1.5\""
      })
  void aBalanceWithAPartMissingIsAFailure(String row) {
    assertThat(
            Answers.of(
                Calls.answered("{\"error\":[],\"result\":{\"ZUSD\":" + row + "}}"),
                Results::balances))
        .isInstanceOf(Answer.Failure.class);
  }

  @Test
  void krakensErrorIsAFailureFromKraken() {
    Answer<Integer> answer =
        Answers.of(Calls.answered("{\"error\":[\"EOrder:Unknown order\"]}"), Results::cancelCount);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failure.class,
            failure -> {
              assertThat(failure.error()).isEqualTo("EOrder:Unknown order");
              assertThat(failure.fromKraken()).isTrue();
            });
  }

  @Test
  void onlyWarningsAreASuccessThatCarriesThem() {
    CallRecord call = Calls.answered("{\"error\":[\"WGeneral:slow\"],\"result\":{\"count\":1}}");

    Answer<Integer> answer = Answers.of(call, Results::cancelCount);

    assertThat(answer).isEqualTo(new Answer.Success<>(call, 1, List.of("WGeneral:slow")));
  }

  @Test
  void aFailureRepeatsNothingOfAnUnreadableBody() {
    Answer<Integer> answer =
        Answers.of(Calls.answered("{\"error\":[], secret-text }"), Results::cancelCount);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failure.class,
            failure -> assertThat(failure.error()).doesNotContain("secret").contains("line 1"));
  }
}
