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
  private final OrderIds ids;

  OrderEntry(
      ExchangeState state,
      Funds funds,
      MarketBoard board,
      Matching matching,
      AddOrderCheck check,
      OrderIds ids) {
    this.state = state;
    this.funds = funds;
    this.board = board;
    this.matching = matching;
    this.check = check;
    this.ids = ids;
  }

  /**
   * @param hiddenFor how long queries must not show the order
   */
  ObjectNode add(
      String account, Parameters parameters, Instant receivedAt, Instant now, Duration hiddenFor)
      throws Refusal {
    AddOrderCheck.Checked order = check.check(parameters, receivedAt, now);
    OrderTerms terms = order.terms();
    refuseUsedClientOrderId(account, terms);
    Quote quote = board.quote(order.pair());
    List<Depth.Level> takes = Matching.takes(order.pair(), terms, quote);
    checkFunds(account, order, takes);
    ObjectNode result = Json.object();
    result.putObject("descr").put("order", OrderRendering.description(order.pair(), terms));
    if (order.validateOnly()) {
      return result;
    }
    String txid = newTxid();
    PaperOrder opened = PaperOrder.opened(txid, account, terms, now, now.plus(hiddenFor));
    matching.enter(opened, takes, now);
    result.putArray("txid").add(txid);
    return result;
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

  private void checkFunds(String account, AddOrderCheck.Checked order, List<Depth.Level> takes)
      throws Refusal {
    OrderTerms terms = order.terms();
    Pair pair = order.pair();
    boolean buy = terms.side() == OrderSide.BUY;
    String asset = (buy ? pair.quote() : pair.base()).id();
    BigDecimal needed = buy ? buyingPower(pair, terms, takes) : terms.volume();
    if (needed.compareTo(funds.available(account, asset)) > 0) {
      throw new Refusal("EOrder:Insufficient funds");
    }
  }

  /** Cost of what is taken at once, with the taker's fee, plus the hold for what would rest. */
  private static BigDecimal buyingPower(Pair pair, OrderTerms terms, List<Depth.Level> takes) {
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal taken = BigDecimal.ZERO;
    for (Depth.Level take : takes) {
      cost = cost.add(take.price().multiply(take.volume()));
      taken = taken.add(take.volume());
    }
    BigDecimal atOnce = cost.multiply(BigDecimal.ONE.add(Fees.TAKER));
    BigDecimal rest = terms.volume().subtract(taken);
    return terms.price() == null ? atOnce : atOnce.add(Funds.hold(pair, terms, rest));
  }

  private String newTxid() {
    String txid = ids.next('O');
    while (state.order(txid) != null) {
      txid = ids.next('O');
    }
    return txid;
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
    return canceled(open, now);
  }

  private List<PaperOrder> named(
      String account, @Nullable String txid, @Nullable String clientOrderId) {
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
    return canceled(
        state.openOrders().stream().filter(order -> order.account().equals(account)).toList(), now);
  }

  private void refuseInMaintenance() throws Refusal {
    if (board.systemStatus().equals("maintenance")) {
      throw new Refusal("EService:Unavailable");
    }
  }

  private ObjectNode canceled(List<PaperOrder> orders, Instant now) {
    for (PaperOrder order : orders) {
      state.put(order.canceled("User requested", now));
    }
    return Json.object().put("count", orders.size());
  }
}
