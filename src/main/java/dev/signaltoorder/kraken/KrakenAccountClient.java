package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The private calls of one Kraken account. Asynchronous: a call waits in its key's queue and its
 * callback runs on that key's own thread, so a callback must be quick. A call that finds the queue
 * full or the client closed is answered on the calling thread before the method returns. With two
 * keys there are two queues: callbacks of orders and of look-ups may then run at the same time.
 */
public final class KrakenAccountClient implements AutoCloseable {

  /** Most ids in one QueryOrders (REST reference). */
  public static final int MAX_QUERIED_ORDERS = 50;

  // Milliseconds and no more: the instant is cut, never rounded up.
  private static final DateTimeFormatter DEADLINE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final KrakenKeys keys;
  private final KeyLine tradeLine;
  private final KeyLine readLine;

  /**
   * Over these lines; the same line twice if there is one key.
   *
   * @see KrakenAccounts#open
   */
  KrakenAccountClient(KrakenKeys keys, KeyLine tradeLine, KeyLine readLine) {
    this.keys = keys;
    this.tradeLine = tradeLine;
    this.readLine = readLine;
  }

  /**
   * Sends an order: once, never again, whatever comes back.
   *
   * @param permit asked last; its {@code done} follows if, and only if, it was given
   * @param done the call and what it proves
   */
  public void addOrder(
      AddOrderRequest order, SendPermit permit, BiConsumer<CallRecord, AddOrderVerdict> done) {
    tradeLine.submit(
        new PrivateCall(
            Priority.ADD_ORDER,
            "AddOrder",
            form(order),
            0,
            SendGate.ofOrder(order.deadline(), permit),
            UnaryOperator.identity(),
            call -> done.accept(call, AddOrderReading.of(call, order.validateOnly()))));
  }

  private static FormBody form(AddOrderRequest order) {
    return FormBody.EMPTY
        .with("ordertype", order.orderType())
        .with("type", order.side())
        .with("pair", order.pair())
        .with("volume", order.volume())
        .with("price", order.price())
        .with("timeinforce", order.timeInForce())
        .with("oflags", order.postOnly() ? "post" : null)
        .with("cl_ord_id", order.clientOrderId())
        .with("deadline", DEADLINE.format(order.deadline()))
        // Left out when not wanted: "validate=false" was once read as validate.
        .with("validate", order.validateOnly() ? "true" : null);
  }

  /**
   * Cancels one order. Not repeated; an order that is already gone is a failure with
   * "EOrder:Unknown order".
   *
   * @param done how many orders were cancelled
   */
  public void cancelOrder(String txid, Consumer<Answer<Integer>> done) {
    FormBody form = FormBody.EMPTY.with("txid", txid);
    submit(tradeLine, Priority.CANCEL_ORDER, "CancelOrder", form, 0, Results::cancelCount, done);
  }

  /**
   * Looks orders up by Kraken's ids. An unknown id is absent from the answer.
   *
   * @param txids 1 to {@value #MAX_QUERIED_ORDERS}
   * @throws IllegalArgumentException for another number
   */
  public void queryOrders(List<String> txids, Consumer<Answer<Map<String, OrderInfo>>> done) {
    if (txids.isEmpty() || txids.size() > MAX_QUERIED_ORDERS) {
      throw new IllegalArgumentException("1 to " + MAX_QUERIED_ORDERS + " order ids");
    }
    FormBody form = FormBody.EMPTY.with("txid", String.join(",", txids));
    lookUp("QueryOrders", form, 1, Results::orders, done);
  }

  /**
   * The open orders by id. An order just placed may be missing for a short time: an empty answer
   * proves nothing by itself.
   *
   * @param clientOrderId only those with this {@code cl_ord_id}; null for all
   */
  public void openOrders(
      @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
    FormBody form = FormBody.EMPTY.with("cl_ord_id", clientOrderId);
    lookUp("OpenOrders", form, 2, Results::openOrders, done);
  }

  /**
   * The newest 50 orders that are over, by id.
   *
   * @param clientOrderId only those with this {@code cl_ord_id}; null for all
   */
  public void closedOrders(
      @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
    FormBody form = FormBody.EMPTY.with("cl_ord_id", clientOrderId);
    lookUp("ClosedOrders", form, 2, Results::closedOrders, done);
  }

  /** BalanceEx by Kraken's asset id ("XXBT", "ZUSD"). */
  public void balances(Consumer<Answer<Map<String, AssetBalance>>> done) {
    rest(readLine, "BalanceEx", FormBody.EMPTY, Results::balances, done);
  }

  /**
   * The equivalent balance ("eb") of all currencies.
   *
   * @param asset to express it in, "ZUSD"
   */
  public void tradeBalance(String asset, Consumer<Answer<BigDecimal>> done) {
    FormBody form = FormBody.EMPTY.with("asset", asset);
    rest(readLine, "TradeBalance", form, Results::equivalentBalance, done);
  }

  /** The keys this account has, by what they are for; each should be checked. */
  public List<KeyRole> keyRoles() {
    return keys.roles();
  }

  /**
   * Asks what a key may do. The record's body is a summary: Kraken's own names the key and the
   * IBAN.
   *
   * @param role one of {@link #keyRoles}
   */
  public void keyInfo(KeyRole role, Consumer<Answer<KeyInfo>> done) {
    KeyLine line = role == KeyRole.READ ? readLine : tradeLine;
    line.submit(
        new PrivateCall(
            Priority.KEY_CHECK,
            "GetApiKeyInfo",
            FormBody.EMPTY,
            1,
            SendGate.OPEN,
            KeyInfoBody::redact,
            call -> done.accept(Answers.of(call, KeyInfoBody::read))));
  }

  /** Until when Kraken's lockout bars the account's calls; empty if it does not. */
  public Optional<Instant> lockedUntil() {
    Instant trade = tradeLine.lockedUntil();
    return Optional.ofNullable(trade == null ? readLine.lockedUntil() : trade);
  }

  private <T> void lookUp(
      String endpoint,
      FormBody form,
      int cost,
      Answers.Reader<T> reader,
      Consumer<Answer<T>> done) {
    submit(readLine, Priority.LOOK_UP, endpoint, form, cost, reader, done);
  }

  private static <T> void rest(
      KeyLine line,
      String endpoint,
      FormBody form,
      Answers.Reader<T> reader,
      Consumer<Answer<T>> done) {
    submit(line, Priority.REST, endpoint, form, 1, reader, done);
  }

  private static <T> void submit(
      KeyLine line,
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
            SendGate.OPEN,
            UnaryOperator.identity(),
            call -> done.accept(Answers.of(call, reader))));
  }

  /**
   * Answers everything that waits as shut down, and returns when the call in flight is over (at
   * most the configured time-outs). Safe to call twice and from a callback; does not wait for its
   * own thread then.
   */
  @Override
  public void close() {
    tradeLine.close();
    readLine.close();
  }
}
