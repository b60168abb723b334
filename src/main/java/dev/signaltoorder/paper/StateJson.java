package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The state file's format, version 1. */
final class StateJson {

  private static final int VERSION = 1;

  private StateJson() {}

  static ObjectNode write(ExchangeState state) {
    ObjectNode root = Json.object();
    root.put("version", VERSION);
    ObjectNode accounts = root.putObject("accounts");
    state
        .accounts()
        .forEach(
            (account, balances) -> {
              ObjectNode amounts = accounts.putObject(account);
              balances.forEach((asset, amount) -> amounts.put(asset, amount.toPlainString()));
            });
    ArrayNode keys = root.putArray("keys");
    state.keys().forEach(key -> keys.add(write(key)));
    ArrayNode orders = root.putArray("orders");
    state.orders().forEach(order -> orders.add(OrderJson.write(order)));
    ArrayNode trades = root.putArray("trades");
    state.trades().forEach(trade -> trades.add(write(trade)));
    return root;
  }

  private static ObjectNode write(ApiKey key) {
    ObjectNode node = Json.object();
    node.put("key", key.key()).put("secret", key.secret()).put("account", key.account());
    ArrayNode permissions = node.putArray("permissions");
    key.permissions().stream().sorted().forEach(p -> permissions.add(p.wireName()));
    node.put("lastNonce", Long.toUnsignedString(key.lastNonce()));
    node.put("nonceWindow", key.nonceWindow());
    return node.put("createdAt", key.createdAt().toString());
  }

  private static ObjectNode write(PaperTrade trade) {
    ObjectNode node = Json.object();
    node.put("id", trade.id()).put("number", trade.number());
    node.put("txid", trade.txid()).put("account", trade.account());
    node.put("time", trade.time().toString());
    node.put("price", trade.price().toPlainString());
    node.put("volume", trade.volume().toPlainString());
    node.put("cost", trade.cost().toPlainString()).put("fee", trade.fee().toPlainString());
    return node.put("maker", trade.maker());
  }

  /**
   * @throws RuntimeException if the text is not a state file of this version: a half-read book must
   *     not trade
   */
  static ExchangeState read(JsonNode root) {
    if (root.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException("not a state file of version " + VERSION);
    }
    ExchangeState state = new ExchangeState();
    for (Map.Entry<String, JsonNode> account : root.required("accounts").properties()) {
      Map<String, BigDecimal> balances = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> amount : account.getValue().properties()) {
        balances.put(amount.getKey(), new BigDecimal(amount.getValue().asText()));
      }
      state.openAccount(account.getKey(), balances);
    }
    root.required("keys").forEach(key -> state.put(key(key)));
    root.required("orders").forEach(order -> state.put(OrderJson.read(order)));
    root.required("trades").forEach(trade -> state.put(trade(trade)));
    return state;
  }

  private static ApiKey key(JsonNode node) {
    Set<KeyPermission> permissions = EnumSet.noneOf(KeyPermission.class);
    node.required("permissions")
        .forEach(name -> permissions.add(KeyPermission.ofWireName(name.asText())));
    return new ApiKey(
        text(node, "key"),
        text(node, "secret"),
        text(node, "account"),
        permissions,
        Long.parseUnsignedLong(text(node, "lastNonce")),
        time(node, "createdAt"),
        node.path("nonceWindow").asLong());
  }

  private static PaperTrade trade(JsonNode node) {
    return new PaperTrade(
        text(node, "id"),
        node.required("number").longValue(),
        text(node, "txid"),
        text(node, "account"),
        time(node, "time"),
        amount(node, "price"),
        amount(node, "volume"),
        amount(node, "cost"),
        amount(node, "fee"),
        node.required("maker").asBoolean());
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).asText();
  }

  private static BigDecimal amount(JsonNode node, String field) {
    return new BigDecimal(text(node, field));
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.parse(text(node, field));
  }
}
