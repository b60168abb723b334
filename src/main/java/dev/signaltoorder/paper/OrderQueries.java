package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that look orders and fills up. */
final class OrderQueries {

  private static final int PAGE = 50;
  private static final int TXIDS_MAX = 50;
  private static final int QUERY_TRADES_MAX = 20;

  private final ExchangeState state;
  private final OrderRendering rendering;

  OrderQueries(ExchangeState state, OrderRendering rendering) {
    this.state = state;
    this.rendering = rendering;
  }

  ObjectNode open(String account, Parameters parameters, Instant now) throws Refusal {
    boolean trades = parameters.flag("trades");
    Filter filter = Filter.of(parameters);
    ObjectNode result = Json.object();
    ObjectNode open = result.putObject("open");
    for (PaperOrder order : newestFirst(visible(account, now))) {
      if (order.isOpen() && filter.admits(order)) {
        open.set(order.txid(), rendering.order(order, trades));
      }
    }
    return result;
  }

  ObjectNode closed(String account, Parameters parameters, Instant now) throws Refusal {
    boolean trades = parameters.flag("trades");
    Filter filter = Filter.of(parameters);
    Range range = range(parameters);
    String byTime = parameters.get("closetime");
    List<PaperOrder> found = new ArrayList<>();
    for (PaperOrder order : visible(account, now)) {
      if (!order.isOpen() && filter.admits(order) && range.admits(order, byTime)) {
        found.add(order);
      }
    }
    found.sort(Comparator.comparing(OrderQueries::endedAt).reversed());
    ObjectNode result = Json.object();
    ObjectNode closed = result.putObject("closed");
    found.stream()
        .skip(offset(parameters))
        .limit(PAGE)
        .forEach(order -> closed.set(order.txid(), rendering.order(order, trades)));
    if (!parameters.flag("without_count")) {
      result.put("count", found.size());
    }
    return result;
  }

  /**
   * @param mayOpen the key may see open orders
   * @param mayClosed the key may see closed orders
   */
  ObjectNode byTxid(
      String account, Parameters parameters, Instant now, boolean mayOpen, boolean mayClosed)
      throws Refusal {
    String txids = parameters.get("txid");
    if (txids == null || txids.split(",", -1).length > TXIDS_MAX) {
      throw Refusal.invalidArgument("txid");
    }
    boolean trades = parameters.flag("trades");
    Filter filter = Filter.of(parameters);
    ObjectNode result = Json.object();
    for (String txid : txids.split(",", -1)) {
      PaperOrder order = state.order(txid.strip());
      if (order != null
          && order.account().equals(account)
          && isVisible(order, now)
          && filter.admits(order)
          && (order.isOpen() ? mayOpen : mayClosed)) {
        result.set(order.txid(), rendering.order(order, trades));
      }
    }
    return result;
  }

  /** Every fill is listed on its own; Kraken merges a taker's fills unless told otherwise. */
  ObjectNode trades(String account, Parameters parameters, Instant now) throws Refusal {
    Range range = range(parameters);
    List<PaperTrade> found = new ArrayList<>();
    for (PaperTrade trade : state.trades()) {
      PaperOrder order = state.order(trade.txid());
      if (order != null
          && trade.account().equals(account)
          && isVisible(order, now)
          && range.admits(trade.time())) {
        found.add(0, trade);
      }
    }
    ObjectNode result = Json.object();
    ObjectNode trades = result.putObject("trades");
    found.stream().skip(offset(parameters)).limit(PAGE).forEach(trade -> put(trades, trade));
    result.put("count", found.size());
    return result;
  }

  /** Fills by their ids, at most twenty; unknown ones are left out. */
  ObjectNode tradesById(String account, Parameters parameters, Instant now) throws Refusal {
    String ids = parameters.get("txid");
    if (ids == null || ids.split(",", -1).length > QUERY_TRADES_MAX) {
      throw Refusal.invalidArgument("txid");
    }
    ObjectNode result = Json.object();
    for (String id : ids.split(",", -1)) {
      if (state.hasTrade(id.strip())) {
        PaperTrade trade = state.trade(id.strip());
        PaperOrder order = state.order(trade.txid());
        if (trade.account().equals(account) && order != null && isVisible(order, now)) {
          put(result, trade);
        }
      }
    }
    return result;
  }

  private void put(ObjectNode trades, PaperTrade trade) {
    PaperOrder order = state.order(trade.txid());
    if (order != null) {
      trades.set(trade.id(), rendering.trade(trade, order.terms()));
    }
  }

  private List<PaperOrder> visible(String account, Instant now) {
    return state.orders().stream()
        .filter(order -> order.account().equals(account) && isVisible(order, now))
        .toList();
  }

  private static boolean isVisible(PaperOrder order, Instant now) {
    return !order.visibleFrom().isAfter(now);
  }

  private static List<PaperOrder> newestFirst(List<PaperOrder> orders) {
    return orders.reversed();
  }

  private static Instant endedAt(PaperOrder order) {
    return order.closedAt() == null ? order.openedAt() : order.closedAt();
  }

  private static int offset(Parameters parameters) throws Refusal {
    Integer offset = parameters.integer("ofs");
    if (offset != null && offset < 0) {
      throw Refusal.invalidArgument("ofs");
    }
    return offset == null ? 0 : offset;
  }

  private Range range(Parameters parameters) throws Refusal {
    return new Range(bound(parameters, "start"), bound(parameters, "end"));
  }

  /** Seconds since 1970, or an order whose opening time counts. */
  private @Nullable BigDecimal bound(Parameters parameters, String name) throws Refusal {
    String text = parameters.get(name);
    PaperOrder order = text == null ? null : state.order(text);
    return order == null ? parameters.decimal(name) : Json.seconds(order.openedAt());
  }

  /** Start exclusive, end inclusive (ClosedOrders reference). */
  private record Range(@Nullable BigDecimal start, @Nullable BigDecimal end) {

    boolean admits(Instant time) {
      BigDecimal seconds = Json.seconds(time);
      return (start == null || seconds.compareTo(start) > 0)
          && (end == null || seconds.compareTo(end) <= 0);
    }

    boolean admits(PaperOrder order, @Nullable String byTime) {
      if ("open".equals(byTime)) {
        return admits(order.openedAt());
      }
      if ("close".equals(byTime)) {
        return admits(endedAt(order));
      }
      return admits(order.openedAt()) || admits(endedAt(order));
    }
  }

  /** By our own id. */
  private record Filter(@Nullable String clientOrderId, @Nullable Integer userref) {

    static Filter of(Parameters parameters) throws Refusal {
      return new Filter(parameters.get("cl_ord_id"), parameters.integer("userref"));
    }

    boolean admits(PaperOrder order) {
      return (clientOrderId == null || order.terms().hasClientOrderId(clientOrderId))
          && (userref == null || userref.equals(order.terms().userref()));
    }
  }
}
