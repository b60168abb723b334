package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The calls that only ask, with the reading key. Costs are those of Kraken's REST call counter: 1,
 * and 2 for histories; the two searches for orders are counted as 2 because Kraken's own client
 * does so (kraken-api-sdk, rate limits).
 */
public final class AccountQueries {

  /** Most ids in one QueryOrders (REST reference). */
  public static final int MAX_QUERIED_ORDERS = 50;

  private static final int SEARCH_COST = 2;

  private final OrderCalls.Line line;

  AccountQueries(OrderCalls.Line line) {
    this.line = line;
  }

  /**
   * The open orders by id. An order just placed may be missing for a short time: an empty answer
   * proves nothing by itself.
   *
   * @param own only those with this id of ours; null for all
   */
  public void openOrders(@Nullable OwnId own, Consumer<Answer<Map<String, OrderInfo>>> done) {
    FormBody form = withOwn(FormBody.EMPTY, own);
    ask(Priority.LOOK_UP, "OpenOrders", form, SEARCH_COST, Results::openOrders, done);
  }

  /** Orders that are over, by id; at most 50, newest first. */
  public void closedOrders(ClosedOrdersQuery query, Consumer<Answer<ClosedOrdersPage>> done) {
    FormBody form =
        withOwn(FormBody.EMPTY, query.own())
            .with("start", seconds(query.after()))
            .with("end", seconds(query.until()))
            .with("ofs", query.offset() == 0 ? null : Integer.toString(query.offset()));
    ask(Priority.LOOK_UP, "ClosedOrders", form, SEARCH_COST, Results::closedOrders, done);
  }

  /**
   * Looks orders up by Kraken's ids. An unknown id is absent from the answer.
   *
   * @param txids 1 to {@value #MAX_QUERIED_ORDERS}
   * @throws IllegalArgumentException for another number
   */
  public void queryOrders(List<String> txids, Consumer<Answer<QueriedOrders>> done) {
    if (txids.isEmpty() || txids.size() > MAX_QUERIED_ORDERS) {
      throw new IllegalArgumentException("1 to " + MAX_QUERIED_ORDERS + " order ids");
    }
    FormBody form = FormBody.EMPTY.with("txid", String.join(",", txids));
    ask(Priority.FOLLOW_UP, "QueryOrders", form, 1, Results::queried, done);
  }

  /** The account's fills, newest first. */
  public void tradesHistory(TradesQuery query, Consumer<Answer<TradesPage>> done) {
    FormBody form =
        FormBody.EMPTY
            .with("start", seconds(query.after()))
            .with("end", seconds(query.until()))
            .with("ofs", query.offset() == 0 ? null : Integer.toString(query.offset()))
            .with("consolidate_taker", query.eachFill() ? "false" : null);
    ask(Priority.FOLLOW_UP, "TradesHistory", form, SEARCH_COST, MoreResults::trades, done);
  }

  /** Balance: totals by Kraken's asset id, also what open orders hold. */
  public void balance(Consumer<Answer<Map<String, BigDecimal>>> done) {
    ask(Priority.REST, "Balance", FormBody.EMPTY, 1, MoreResults::plainBalances, done);
  }

  /** BalanceEx: totals and holds by Kraken's asset id ("XXBT", "ZUSD"). */
  public void balances(Consumer<Answer<Map<String, AssetBalance>>> done) {
    ask(Priority.REST, "BalanceEx", FormBody.EMPTY, 1, Results::balances, done);
  }

  /**
   * The equivalent balance ("eb") of all currencies.
   *
   * @param asset to express it in, "ZUSD"
   */
  public void tradeBalance(String asset, Consumer<Answer<BigDecimal>> done) {
    FormBody form = FormBody.EMPTY.with("asset", asset);
    ask(Priority.REST, "TradeBalance", form, 1, Results::equivalentBalance, done);
  }

  /**
   * What the account pays.
   *
   * @param pairs altnames; without any only the volume is told
   */
  public void tradeVolume(List<String> pairs, Consumer<Answer<FeeRates>> done) {
    FormBody form = FormBody.EMPTY.with("pair", pairs.isEmpty() ? null : String.join(",", pairs));
    ask(Priority.REST, "TradeVolume", form, 1, MoreResults::feeRates, done);
  }

  /** A token for the private websocket. The recorded body lacks it. */
  public void webSocketsToken(Consumer<Answer<WebSocketsToken>> done) {
    WebSocketsTokenBody body = new WebSocketsTokenBody();
    line.submit(
        new PrivateCall(
            Priority.LOOK_UP,
            "GetWebSocketsToken",
            FormBody.EMPTY,
            1,
            Toll.FREE,
            SendGate.OPEN,
            body,
            call -> done.accept(Answers.of(call, body::read))));
  }

  private <T> void ask(
      Priority priority,
      String endpoint,
      FormBody form,
      int cost,
      Answers.Reader<T> reader,
      Consumer<Answer<T>> done) {
    line.submit(
        new PrivateCall(
            priority,
            endpoint,
            form,
            cost,
            Toll.FREE,
            SendGate.OPEN,
            UnaryOperator.identity(),
            call -> done.accept(Answers.of(call, reader))));
  }

  private static FormBody withOwn(FormBody form, @Nullable OwnId own) {
    return switch (own) {
      case null -> form;
      case OwnId.Client client -> form.with("cl_ord_id", client.clientOrderId());
      case OwnId.Reference ref -> form.with("userref", Integer.toString(ref.userReference()));
    };
  }

  private static @Nullable String seconds(@Nullable Instant instant) {
    return instant == null ? null : Long.toString(instant.getEpochSecond());
  }
}
