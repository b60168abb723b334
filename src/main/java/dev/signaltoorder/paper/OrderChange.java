package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AmendOrder: changes an open order in place; it keeps its id and its fills. */
final class OrderChange {

  private final ExchangeState state;
  private final Pairs pairs;
  private final MarketBoard board;
  private final Matching matching;
  private final OrderEntry entry;
  private final AddOrderCheck check;
  private final TradingCounters counters;
  private final OrderIds ids;
  private final Funds funds;

  OrderChange(
      ExchangeState state,
      Pairs pairs,
      MarketBoard board,
      Matching matching,
      OrderEntry entry,
      AddOrderCheck check,
      TradingCounters counters,
      OrderIds ids,
      Funds funds) {
    this.state = state;
    this.pairs = pairs;
    this.board = board;
    this.matching = matching;
    this.entry = entry;
    this.check = check;
    this.counters = counters;
    this.ids = ids;
    this.funds = funds;
  }

  ObjectNode amend(String account, Parameters parameters, Instant receivedAt, Instant now)
      throws Refusal {
    PaperOrder order = open(account, parameters.get("txid"), parameters.get("cl_ord_id"));
    AddOrderCheck.checkDeadline(
        parameters.get("deadline"), AddOrderCheck.DEADLINE_MIN, receivedAt, now);
    counters.amend(account, order, now);
    if (order.terms().close() != null) {
      throw Refusal.invalidArgument("txid");
    }
    Pair pair = pairs.get(order.terms().pair());
    refuseWhileClosed(pair);
    ObjectNode result = Json.object().put("amend_id", ids.next('T'));
    BigDecimal volume =
        parameters.has("order_qty")
            ? OrderFields.volume(parameters, "order_qty", pair.lotDecimals())
            : order.terms().volume();
    if (volume.compareTo(order.volumeExecuted()) <= 0) {
      // Less than what is filled cancels the rest (AmendOrder reference).
      state.put(order.canceled("User requested", now));
      return result;
    }
    PaperOrder changed = changed(order, parameters, pair, volume, now);
    boolean crosses =
        changed.isActive() && !matching.plan(changed, board.quote(pair)).takes().isEmpty();
    if (changed.terms().postOnly() && crosses) {
      throw new Refusal("EOrder:Post only order");
    }
    if (!funds.canHold(changed)) {
      throw new Refusal("EOrder:Insufficient funds");
    }
    state.put(changed);
    if (crosses) {
      matching.enter(changed, now);
    }
    return result;
  }

  private PaperOrder changed(
      PaperOrder order, Parameters parameters, Pair pair, BigDecimal volume, Instant now)
      throws Refusal {
    OrderTerms terms = order.terms();
    boolean sell = terms.side() == OrderSide.SELL;
    BigDecimal last = board.quote(pair).last();
    BigDecimal limit = terms.price();
    if (parameters.has("limit_price")) {
      if (limit == null) {
        throw Refusal.invalidArgument("limit_price");
      }
      limit = OrderFields.onTick(pair, OrderFields.price(parameters, "limit_price"), last, sell);
    }
    OrderTrigger trigger = order.trigger();
    if (parameters.has("trigger_price")) {
      if (trigger == null || trigger.touched()) {
        throw Refusal.invalidArgument("trigger_price");
      }
      trigger =
          trigger.movedTo(
              OrderFields.onTick(
                  pair, OrderFields.price(parameters, "trigger_price"), last, !sell));
    }
    BigDecimal display = terms.displayVolume();
    if (parameters.has("display_qty")) {
      if (display == null) {
        throw Refusal.invalidArgument("display_qty");
      }
      display = OrderFields.volume(parameters, "display_qty", pair.lotDecimals());
    }
    boolean postOnly =
        parameters.has("post_only") ? parameters.flag("post_only") : terms.postOnly();
    OrderTerms amended = terms.amended(volume, limit, display, postOnly);
    check.checkMinimums(pair, amended);
    return order.amended(amended, trigger, now);
  }

  private void refuseWhileClosed(Pair pair) throws Refusal {
    for (String status : board.statuses(pair)) {
      if (status.equals("maintenance") || status.equals("cancel_only")) {
        throw new Refusal(
            status.equals("maintenance")
                ? "EService:Unavailable"
                : "EService:Market in cancel_only mode");
      }
    }
  }

  private PaperOrder open(String account, @Nullable String txid, @Nullable String clientOrderId)
      throws Refusal {
    if ((txid == null) == (clientOrderId == null)) {
      throw Refusal.invalidArgument("txid");
    }
    List<PaperOrder> named = entry.named(account, txid, clientOrderId);
    if (named.isEmpty()) {
      throw new Refusal("EOrder:Invalid order");
    }
    return named.stream()
        .filter(PaperOrder::isOpen)
        .findFirst()
        .orElseThrow(() -> new Refusal("EOrder:Unknown order"));
  }
}
