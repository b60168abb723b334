package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls that change the book: AddOrder, CancelOrder, CancelAll. */
final class OrderEntry {

  private static final Pattern USERREF = Pattern.compile("-?[0-9]{1,10}");

  private final ExchangeState state;
  private final Funds funds;
  private final MarketBoard board;
  private final Matching matching;
  private final AddOrderCheck check;
  private final TradingCounters counters;

  OrderEntry(
      ExchangeState state,
      Funds funds,
      MarketBoard board,
      Matching matching,
      AddOrderCheck check,
      TradingCounters counters) {
    this.state = state;
    this.funds = funds;
    this.board = board;
    this.matching = matching;
    this.check = check;
    this.counters = counters;
  }

  /**
   * Places an order, or only checks it.
   *
   * @param deadlineMin how far ahead a deadline must lie at least
   * @param hiddenFor how long queries must not show the order
   */
  ObjectNode add(
      String account,
      Parameters parameters,
      Duration deadlineMin,
      Instant receivedAt,
      Instant now,
      Duration hiddenFor)
      throws Refusal {
    AddOrderCheck.Checked order = check.check(parameters, deadlineMin, receivedAt, now);
    OrderTerms terms = order.terms();
    refuseUsedClientOrderId(account, terms);
    counters.add(account, order.pair(), now);
    refuseTooManyOpenOrders(account, order.pair());
    PaperOrder opened =
        PaperOrder.opened(matching.newTxid(), account, terms, now, now.plus(hiddenFor));
    checkFunds(opened, order.pair());
    ObjectNode result = Json.object();
    ObjectNode descr = result.putObject("descr");
    descr.put("order", OrderRendering.description(order.pair(), terms));
    if (terms.close() != null) {
      descr.put("close", terms.close().description());
    }
    if (order.validateOnly()) {
      return result;
    }
    matching.enter(opened, now);
    result.putArray("txid").add(opened.txid());
    return result;
  }

  private void refuseTooManyOpenOrders(String account, Pair pair) throws Refusal {
    long open =
        state.openOrders().stream()
            .filter(order -> order.account().equals(account))
            .filter(order -> order.terms().pair().equals(pair.key()))
            .count();
    if (counters.isTooMany(open)) {
      throw new Refusal("EOrder:Orders limit exceeded");
    }
  }

  /** Kraken enforces uniqueness among the client's open orders only. */
  private void refuseUsedClientOrderId(String account, OrderTerms terms) throws Refusal {
    String id = terms.clientOrderId();
    if (id == null) {
      return;
    }
    for (PaperOrder open : state.openOrders()) {
      if (open.account().equals(account) && open.terms().hasClientOrderId(id)) {
        throw Refusal.invalidArgument("cl_ord_id not unique");
      }
    }
  }

  private void checkFunds(PaperOrder order, Pair pair) throws Refusal {
    BigDecimal needed =
        order.isActive() ? neededNow(order, pair, board.quote(pair)) : funds.hold(order);
    if (needed.compareTo(funds.available(order.account(), funds.asset(order))) > 0) {
      throw new Refusal("EOrder:Insufficient funds");
    }
  }

  /** Cost of what is taken at once, with the taker's fee, plus the hold for what would rest. */
  private BigDecimal neededNow(PaperOrder order, Pair pair, Quote quote) {
    if (order.terms().side() == OrderSide.SELL) {
      return order.remaining();
    }
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal taken = BigDecimal.ZERO;
    for (Matching.Take take : matching.plan(order, quote).takes()) {
      cost = cost.add(take.price().multiply(take.volume()));
      taken = taken.add(take.volume());
    }
    BigDecimal atOnce = cost.multiply(BigDecimal.ONE.add(Fees.TAKER));
    BigDecimal limit = order.limit();
    return limit == null
        ? atOnce
        : atOnce.add(Funds.hold(pair, limit, order.remaining().subtract(taken), Fees.MAKER));
  }

  /** By txid, by userref in txid's place, or by cl_ord_id. */
  ObjectNode cancel(String account, Parameters parameters, Instant now) throws Refusal {
    refuseInMaintenance();
    String txid = parameters.get("txid");
    String clientOrderId = parameters.get("cl_ord_id");
    if ((txid == null) == (clientOrderId == null)) {
      throw Refusal.invalidArgument("txid");
    }
    List<PaperOrder> named = named(account, txid, clientOrderId);
    if (named.isEmpty()) {
      throw new Refusal("EOrder:Invalid order");
    }
    List<PaperOrder> open = named.stream().filter(PaperOrder::isOpen).toList();
    if (open.isEmpty()) {
      throw new Refusal("EOrder:Unknown order");
    }
    return canceled(account, open, now);
  }

  /** By txid or by cl_ord_id; empty if there never was one. */
  List<PaperOrder> named(String account, @Nullable String txid, @Nullable String clientOrderId) {
    List<PaperOrder> named = new ArrayList<>();
    for (PaperOrder order : state.orders()) {
      OrderTerms terms = order.terms();
      boolean matches =
          (clientOrderId != null && terms.hasClientOrderId(clientOrderId))
              || order.txid().equals(txid)
              || (txid != null
                  && USERREF.matcher(txid).matches()
                  && terms.userref() != null
                  && txid.equals(terms.userref().toString()));
      if (matches && order.account().equals(account)) {
        named.add(order);
      }
    }
    return named;
  }

  ObjectNode cancelAll(String account, Instant now) throws Refusal {
    refuseInMaintenance();
    return canceled(account, openOrders(account), now);
  }

  private void refuseInMaintenance() throws Refusal {
    if (board.systemStatus().equals("maintenance")) {
      throw new Refusal("EService:Unavailable");
    }
  }

  private List<PaperOrder> openOrders(String account) {
    return state.openOrders().stream().filter(order -> order.account().equals(account)).toList();
  }

  /** What the dead man's switch does: no counter stops it. */
  void cancelSilently(String account, Instant now) {
    for (PaperOrder order : openOrders(account)) {
      state.put(order.canceled("Cancel all orders after", now));
    }
  }

  private ObjectNode canceled(String account, List<PaperOrder> orders, Instant now) throws Refusal {
    for (PaperOrder order : orders) {
      counters.cancel(account, order, now);
    }
    for (PaperOrder order : orders) {
      state.put(order.canceled("User requested", now));
    }
    return Json.object().put("count", orders.size());
  }
}
