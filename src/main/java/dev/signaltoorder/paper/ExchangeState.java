package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that survives a restart: keys with their nonces, balances, orders, fills. Not
 * thread-safe: used under the exchange's lock.
 */
final class ExchangeState {

  private final Map<String, ApiKey> keys = new LinkedHashMap<>();
  private final Map<String, Map<String, BigDecimal>> balances = new LinkedHashMap<>();
  private final Map<String, PaperOrder> orders = new LinkedHashMap<>();
  private final Map<String, PaperOrder> open = new LinkedHashMap<>();
  private final Map<String, PaperTrade> trades = new LinkedHashMap<>();
  private final List<ExchangeEvent> events = new ArrayList<>();

  @Nullable ApiKey key(String key) {
    return keys.get(key);
  }

  void put(ApiKey key) {
    keys.put(key.key(), key);
  }

  Collection<ApiKey> keys() {
    return keys.values();
  }

  boolean hasAccount(String account) {
    return balances.containsKey(account);
  }

  void openAccount(String account, Map<String, BigDecimal> opening) {
    balances.put(account, new LinkedHashMap<>(opening));
  }

  Map<String, Map<String, BigDecimal>> accounts() {
    return balances;
  }

  /** Asset id to amount; empty for an unknown account. */
  Map<String, BigDecimal> balances(String account) {
    return balances.getOrDefault(account, Map.of());
  }

  BigDecimal balance(String account, String asset) {
    return balances(account).getOrDefault(asset, BigDecimal.ZERO);
  }

  void book(String account, String asset, BigDecimal change) {
    Map<String, BigDecimal> own = balances.get(account);
    if (own == null) {
      throw new IllegalStateException("no account " + account);
    }
    BigDecimal after = own.merge(asset, change, BigDecimal::add);
    if (after.signum() < 0) {
      throw new IllegalStateException("balance below zero: " + account + " " + asset);
    }
  }

  void put(PaperOrder order) {
    PaperOrder before = orders.put(order.txid(), order);
    events.add(new ExchangeEvent.OrderChanged(before, order));
    if (order.isOpen()) {
      open.put(order.txid(), order);
    } else {
      open.remove(order.txid());
    }
  }

  @Nullable PaperOrder order(String txid) {
    return orders.get(txid);
  }

  /** All orders ever, oldest first. */
  Collection<PaperOrder> orders() {
    return orders.values();
  }

  /** A copy, oldest first: the book may change while it is walked through. */
  List<PaperOrder> openOrders() {
    return new ArrayList<>(open.values());
  }

  void happened(ExchangeEvent event) {
    events.add(event);
  }

  /** What happened since the last call and may be shown now, in order; not kept over restarts. */
  List<ExchangeEvent> takeEvents(Instant now) {
    List<ExchangeEvent> shown = new ArrayList<>();
    List<ExchangeEvent> hidden = new ArrayList<>();
    for (ExchangeEvent event : events) {
      (event.visibleFrom().isAfter(now) ? hidden : shown).add(event);
    }
    events.clear();
    events.addAll(hidden);
    return shown;
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  void forgetEvents() {
    events.clear();
  }

  void put(PaperTrade trade) {
    trades.put(trade.id(), trade);
  }

  /** By id; the id must come from our own records. */
  PaperTrade trade(String id) {
    PaperTrade trade = trades.get(id);
    if (trade == null) {
      throw new IllegalStateException("no trade with id " + id);
    }
    return trade;
  }

  boolean hasTrade(String id) {
    return trades.containsKey(id);
  }

  /** All fills ever, oldest first. */
  Collection<PaperTrade> trades() {
    return trades.values();
  }
}
