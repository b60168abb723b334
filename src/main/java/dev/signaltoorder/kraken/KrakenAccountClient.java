package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The private calls of one Kraken account. Asynchronous: a call waits in its key's queue and its
 * callback runs on that key's own thread, so a callback must be quick. A call that finds the queue
 * full or the client closed is answered on the calling thread before the method returns. With two
 * keys there are two queues: callbacks of orders and of look-ups may then run at the same time.
 */
public final class KrakenAccountClient implements AutoCloseable {

  /** Most ids in one QueryOrders (REST reference). */
  public static final int MAX_QUERIED_ORDERS = AccountQueries.MAX_QUERIED_ORDERS;

  private final KrakenKeys keys;
  private final KeyLine tradeLine;
  private final KeyLine readLine;
  private final OrderCalls orders;
  private final AccountQueries queries;

  /**
   * Over these lines; the same line twice if there is one key.
   *
   * @see KrakenAccounts#open
   */
  KrakenAccountClient(KrakenKeys keys, KeyLine tradeLine, KeyLine readLine) {
    this.keys = keys;
    this.tradeLine = tradeLine;
    this.readLine = readLine;
    this.orders = new OrderCalls(tradeLine::submit);
    this.queries = new AccountQueries(readLine::submit);
  }

  /** The calls that change orders. */
  public OrderCalls orders() {
    return orders;
  }

  /** The calls that only ask. */
  public AccountQueries queries() {
    return queries;
  }

  /**
   * Sends an order: once, never again, whatever comes back.
   *
   * @param permit asked last; its {@code done} follows if, and only if, it was given
   * @param done the call and what it proves
   * @throws IllegalArgumentException for a combination that Kraken cannot mean
   */
  public void addOrder(
      AddOrderRequest order, SendPermit permit, BiConsumer<CallRecord, AddOrderVerdict> done) {
    orders.add(order.toSpotOrder(), permit, done);
  }

  /** See {@link OrderCalls#cancel}. */
  public void cancelOrder(String txid, Consumer<Answer<Integer>> done) {
    orders.cancel(new OrderReference.Txid(txid), done);
  }

  /** See {@link AccountQueries#queryOrders}. */
  public void queryOrders(List<String> txids, Consumer<Answer<Map<String, OrderInfo>>> done) {
    queries.queryOrders(txids, done);
  }

  /**
   * See {@link AccountQueries#openOrders}.
   *
   * @param clientOrderId only those with this {@code cl_ord_id}; null for all
   */
  public void openOrders(
      @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
    queries.openOrders(clientOrderId == null ? null : new OwnId.Client(clientOrderId), done);
  }

  /**
   * The newest 50 orders that are over, by id.
   *
   * @param clientOrderId only those with this {@code cl_ord_id}; null for all
   */
  public void closedOrders(
      @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
    queries.closedOrders(ClosedOrdersQuery.newest(clientOrderId), done);
  }

  /** See {@link AccountQueries#balances}. */
  public void balances(Consumer<Answer<Map<String, AssetBalance>>> done) {
    queries.balances(done);
  }

  /** See {@link AccountQueries#tradeBalance}. */
  public void tradeBalance(String asset, Consumer<Answer<BigDecimal>> done) {
    queries.tradeBalance(asset, done);
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
