package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order in the state file. Fields that an older file lacks have the meaning of their absence.
 */
final class OrderJson {

  private OrderJson() {}

  static ObjectNode write(PaperOrder order) {
    OrderTerms terms = order.terms();
    ObjectNode node = Json.object();
    node.put("txid", order.txid()).put("account", order.account());
    node.put("pair", terms.pair()).put("side", terms.side().name());
    node.put("type", terms.type().name());
    put(node, "price", terms.price());
    node.put("volume", terms.volume().toPlainString());
    put(node, "displayVolume", terms.displayVolume());
    put(node, "initialTrigger", terms.trigger());
    put(node, "trigger", order.trigger());
    node.put("timeInForce", terms.timing().inForce().name());
    put(node, "startsAt", terms.timing().startsAt());
    put(node, "expiresAt", terms.timing().expiresAt());
    node.put("postOnly", terms.postOnly());
    put(node, "cash", terms.flags().cash());
    node.put("selfTrade", terms.flags().selfTrade().name());
    CloseTerms close = terms.close();
    if (close != null) {
      ObjectNode kept = node.putObject("close").put("type", close.type().name());
      kept.put("price", close.price().text());
      kept.put("price2", close.price2() == null ? null : close.price2().text());
    }
    node.put("clientOrderId", terms.clientOrderId()).put("userref", terms.userref());
    node.put("parent", terms.parent());
    node.put("status", order.status().name()).put("reason", order.reason());
    node.put("volumeExecuted", order.volumeExecuted().toPlainString());
    node.put("cost", order.cost().toPlainString()).put("fee", order.fee().toPlainString());
    put(node, "openedAt", order.openedAt());
    put(node, "amendedAt", order.amendedAt());
    put(node, "closedAt", order.closedAt());
    put(node, "visibleFrom", order.visibleFrom());
    ArrayNode trades = node.putArray("trades");
    order.trades().forEach(trades::add);
    return node;
  }

  private static void put(ObjectNode node, String field, @Nullable BigDecimal amount) {
    node.put(field, amount == null ? null : amount.toPlainString());
  }

  private static void put(ObjectNode node, String field, @Nullable Instant time) {
    node.put(field, time == null ? null : time.toString());
  }

  private static void put(ObjectNode node, String field, @Nullable OrderTrigger trigger) {
    if (trigger == null) {
      return;
    }
    ObjectNode kept = node.putObject(field).put("byIndex", trigger.byIndex());
    put(kept, "price", trigger.price());
    kept.put("trail", trigger.trail() == null ? null : trigger.trail().text());
    kept.put("limitOffset", trigger.limitOffset() == null ? null : trigger.limitOffset().text());
    put(kept, "peak", trigger.peak());
    kept.put("touched", trigger.touched());
    put(kept, "limit", trigger.limit());
  }

  static PaperOrder read(JsonNode node) {
    JsonNode userref = node.required("userref");
    BigDecimal price = amount(node, "price");
    OrderTerms terms =
        new OrderTerms(
            node.required("pair").asText(),
            OrderSide.valueOf(node.required("side").asText()),
            OrderType.valueOf(text(node, "type", price == null ? "MARKET" : "LIMIT")),
            price,
            needed(amount(node, "volume")),
            amount(node, "displayVolume"),
            trigger(node.path("initialTrigger")),
            new OrderTerms.Timing(
                TimeInForce.valueOf(
                    text(
                        node,
                        "timeInForce",
                        node.path("immediateOrCancel").asBoolean() ? "IOC" : "GTC")),
                time(node, "startsAt"),
                time(node, "expiresAt")),
            new OrderTerms.Flags(
                node.required("postOnly").asBoolean(),
                amount(node, "cash"),
                SelfTrade.valueOf(text(node, "selfTrade", SelfTrade.CANCEL_NEWEST.name()))),
            close(node.path("close")),
            optional(node, "clientOrderId"),
            userref.isNull() ? null : userref.intValue(),
            optional(node, "parent"));
    List<String> trades = new ArrayList<>();
    node.required("trades").forEach(id -> trades.add(id.asText()));
    return new PaperOrder(
        node.required("txid").asText(),
        node.required("account").asText(),
        terms,
        trigger(node.path("trigger")),
        OrderStatus.valueOf(node.required("status").asText()),
        optional(node, "reason"),
        needed(amount(node, "volumeExecuted")),
        needed(amount(node, "cost")),
        needed(amount(node, "fee")),
        needed(time(node, "openedAt")),
        time(node, "amendedAt"),
        time(node, "closedAt"),
        needed(time(node, "visibleFrom")),
        List.copyOf(trades));
  }

  private static @Nullable OrderTrigger trigger(JsonNode node) {
    return node.isObject()
        ? new OrderTrigger(
            node.required("byIndex").asBoolean(),
            needed(amount(node, "price")),
            price(node, "trail"),
            price(node, "limitOffset"),
            amount(node, "peak"),
            node.required("touched").asBoolean(),
            amount(node, "limit"))
        : null;
  }

  private static @Nullable CloseTerms close(JsonNode node) {
    return node.isObject()
        ? new CloseTerms(
            OrderType.valueOf(node.required("type").asText()),
            needed(price(node, "price")),
            price(node, "price2"))
        : null;
  }

  private static @Nullable RelativePrice price(JsonNode node, String field) {
    String text = optional(node, field);
    return text == null ? null : needed(RelativePrice.read(text));
  }

  private static String text(JsonNode node, String field, String otherwise) {
    String text = optional(node, field);
    return text == null ? otherwise : text;
  }

  private static @Nullable String optional(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  private static @Nullable BigDecimal amount(JsonNode node, String field) {
    String text = optional(node, field);
    return text == null ? null : new BigDecimal(text);
  }

  private static @Nullable Instant time(JsonNode node, String field) {
    String text = optional(node, field);
    return text == null ? null : Instant.parse(text);
  }

  private static <T> T needed(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("an order lacks a field");
    }
    return value;
  }
}
