package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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

  private final AccountLines lines;
  private final TradingBudget trading;
  private final KeysCheck check;
  private final Clock clock;
  private final OrderCalls orders;
  private final AccountQueries queries;

  /**
   * Over these lines.
   *
   * @see KrakenAccounts#open
   */
  KrakenAccountClient(AccountLines lines, TradingBudget trading, KeysCheck check, Clock clock) {
    this.lines = lines;
    this.trading = trading;
    this.check = check;
    this.clock = clock;
    this.orders = new OrderCalls(lines::trade);
    this.queries = new AccountQueries(lines::read);
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

  /** See {@link OrderCalls#amend}. */
  public void amendOrder(Amendment change, SendPermit permit, Consumer<Answer<String>> done) {
    orders.amend(change, permit, done);
  }

  /** See {@link OrderCalls#cancel}. */
  public void cancelOrder(String txid, Consumer<Answer<Integer>> done) {
    orders.cancel(new OrderReference.Txid(txid), done);
  }

  /** See {@link AccountQueries#queryOrders}. */
  public void queryOrders(List<String> txids, Consumer<Answer<QueriedOrders>> done) {
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
      @Nullable String clientOrderId, Consumer<Answer<ClosedOrdersPage>> done) {
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
    return lines.keys().roles();
  }

  /** The keys in use. */
  public KrakenKeys keys() {
    return lines.keys();
  }

  /**
   * Asks what a key may do. The record's body is a summary: Kraken's own names the key and the
   * IBAN.
   *
   * @param role one of {@link #keyRoles}
   */
  public void keyInfo(KeyRole role, Consumer<Answer<KeyInfo>> done) {
    KeysCheck.ask(lineOf(role), done);
  }

  /** Finds out whether the keys may be traded with. */
  public void checkKeys(Consumer<KeysReport> done) {
    check.run(keyRoles(), this::lineOf, done);
  }

  private OrderCalls.Line lineOf(KeyRole role) {
    return role == KeyRole.READ ? lines::read : lines::trade;
  }

  /**
   * Changes to other keys once Kraken has shown that they may be traded with. Calls that wait go
   * over to the new keys, a call in flight ends with its old one. Otherwise nothing changes.
   *
   * @param done what was found, and whether the new keys are in use
   */
  public void rotate(KrakenKeys next, BiConsumer<KeysReport, Boolean> done) {
    AccountLines.Candidate candidate = lines.candidate(next);
    check.run(
        next.roles(),
        candidate::line,
        report -> {
          boolean adopted = report.usable() && candidate.adopt();
          if (!report.usable()) {
            candidate.discard();
          }
          done.accept(report, adopted);
        });
  }

  /** How the account stands with Kraken's limits. */
  public KrakenAccountStatus status() {
    Instant now = clock.instant();
    KeyLine trade = lines.tradeLine();
    KeyLine read = lines.readLine();
    List<KrakenAccountStatus.KeyStatus> keys = new ArrayList<>();
    keys.add(status(trade.equals(read) ? KeyRole.BOTH : KeyRole.TRADE, trade, now));
    if (!trade.equals(read)) {
      keys.add(status(KeyRole.READ, read, now));
    }
    return new KrakenAccountStatus(keys, trading.left(now));
  }

  /** How much of the reading key's call counter is free, in percent. */
  public int callBudgetLeft() {
    return lines.readLine().timetable().key().percentLeft(clock.instant());
  }

  private static KrakenAccountStatus.KeyStatus status(KeyRole role, KeyLine line, Instant now) {
    Standstill key = line.timetable().key();
    return new KrakenAccountStatus.KeyStatus(
        role.name(),
        line.fingerprint(),
        line.waiting(false),
        line.waiting(true),
        key.left(now),
        key.lockedUntil(now),
        key.heldUntil(now));
  }

  /** Until when Kraken's lockout bars the account's calls; empty if it does not. */
  public Optional<Instant> lockedUntil() {
    return Optional.ofNullable(lines.tradeLine().timetable().key().lockedUntil(clock.instant()));
  }

  /**
   * Answers everything that waits as shut down, and returns when the call in flight is over (at
   * most the configured time-outs). Safe to call twice and from a callback; does not wait for its
   * own thread then.
   */
  @Override
  public void close() {
    lines.close();
  }
}
