package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code result} of each private call (Kraken REST reference). */
final class Results {

  private static final Set<String> STATUSES =
      Set.of("pending", "open", "closed", "canceled", "expired");

  private Results() {}

  static Map<String, OrderInfo> openOrders(JsonNode result) throws UnreadableAnswerException {
    return orders(result.path("open"));
  }

  static ClosedOrdersPage closedOrders(JsonNode result) throws UnreadableAnswerException {
    Fields page = Fields.of(result, "the closed orders");
    return new ClosedOrdersPage(
        orders(result.path("closed")), page.has("count") ? (Integer) page.count("count") : null);
  }

  /** By txid in Kraken's order; empty if Kraken knows none. */
  static Map<String, OrderInfo> orders(JsonNode map) throws UnreadableAnswerException {
    if (!map.isObject()) {
      throw new UnreadableAnswerException("no map of orders");
    }
    Map<String, OrderInfo> orders = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      orders.put(entry.getKey(), order(entry.getKey(), entry.getValue()));
    }
    return Collections.unmodifiableMap(orders);
  }

  /**
   * Each order by itself. No field of an order that cannot be read is repeated, since nobody knows
   * what it holds.
   *
   * @throws UnreadableAnswerException if it is no map of orders at all
   */
  static QueriedOrders queried(JsonNode map) throws UnreadableAnswerException {
    if (!map.isObject()) {
      throw new UnreadableAnswerException("no map of orders");
    }
    Map<String, OrderInfo> orders = new LinkedHashMap<>();
    Map<String, String> unreadable = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      try {
        orders.put(entry.getKey(), order(entry.getKey(), entry.getValue()));
      } catch (UnreadableAnswerException e) {
        unreadable.put(entry.getKey(), String.valueOf(e.getMessage()));
      }
    }
    return new QueriedOrders(
        Collections.unmodifiableMap(orders), Collections.unmodifiableMap(unreadable));
  }

  private static OrderInfo order(String txid, JsonNode node) throws UnreadableAnswerException {
    Fields order = Fields.of(node, "an order");
    String status = order.text("status");
    if (!STATUSES.contains(status)) {
      throw new UnreadableAnswerException("an order has an unknown status");
    }
    return new OrderInfo(
        txid,
        order.optionalText("cl_ord_id"),
        description(node, "pair"),
        description(node, "type"),
        status,
        order.notNegative("vol"),
        order.notNegative("vol_exec"),
        order.notNegative("cost"),
        order.decimal("fee"),
        order.notNegative("price"),
        order.optionalText("reason"),
        order.time("opentm"),
        order.optionalTime("closetm"));
  }

  private static @Nullable String description(JsonNode order, String field) {
    return order.path("descr").path(field).textValue();
  }

  /** By asset id. A row without a credit line has no credit fields: that is no credit. */
  static Map<String, AssetBalance> balances(JsonNode result) throws UnreadableAnswerException {
    if (!result.isObject()) {
      throw new UnreadableAnswerException("no map of balances");
    }
    Map<String, AssetBalance> balances = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : result.properties()) {
      Fields row = Fields.of(entry.getValue(), "a balance");
      BigDecimal total = row.decimal("balance");
      if (row.has("credit") || row.has("credit_used")) {
        total = total.add(row.decimal("credit")).subtract(row.decimal("credit_used"));
      }
      balances.put(entry.getKey(), new AssetBalance(total, row.notNegative("hold_trade")));
    }
    return Collections.unmodifiableMap(balances);
  }

  /** The equivalent balance of all currencies. */
  static BigDecimal equivalentBalance(JsonNode result) throws UnreadableAnswerException {
    return Fields.of(result, "the trade balance").decimal("eb");
  }

  static Integer cancelCount(JsonNode result) throws UnreadableAnswerException {
    return Fields.of(result, "the cancel result").count("count");
  }

  static SystemStatus systemStatus(JsonNode result) throws UnreadableAnswerException {
    return new SystemStatus(Fields.of(result, "the system status").text("status"));
  }

  /** Any object. */
  static JsonNode object(JsonNode result) throws UnreadableAnswerException {
    if (!result.isObject()) {
      throw new UnreadableAnswerException("the result is not an object");
    }
    return result;
  }
}
