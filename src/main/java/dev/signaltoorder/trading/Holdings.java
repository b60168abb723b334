package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is free to spend: Kraken's last word less what was approved since. An order is deducted here
 * until Kraken's own figures contain it, that is until balances were asked for after Kraken was
 * known to have it (then its hold or its fill is in them), or after it ended. Errs to the low side.
 * "Before" and "after" count facts, not seconds: a stepped clock changes nothing.
 */
final class Holdings {
  private final Map<UUID, Reservation> reservations = new HashMap<>();
  private Map<String, AssetBalance> balances = Map.of();
  private Map<String, BigDecimal> equity = Map.of();
  private boolean known;
  private long asOf = -1;

  /** Everything, as values. */
  record Image(
      Map<UUID, Reservation> reservations,
      Map<String, AssetBalance> balances,
      Map<String, BigDecimal> equity,
      boolean known,
      long asOf) {}

  /**
   * What an order takes of an asset.
   *
   * @param placedAt fact count when Kraken was known to have it; -1 while not
   * @param endedAt fact count when it was final; -1 while not
   */
  record Reservation(String asset, BigDecimal amount, long placedAt, long endedAt) {}

  /**
   * @param feePercent the most that the order can cost, per cent of its value
   */
  void approved(UUID orderId, OrderIntent intent, BigDecimal feePercent) {
    boolean buy = intent.plan().side() == Side.BUY;
    reservations.put(
        orderId,
        new Reservation(
            buy ? intent.quoteAsset() : intent.baseAsset(),
            buy ? withFee(intent.plan().notional(), feePercent) : intent.plan().volume(),
            -1,
            -1));
  }

  private static BigDecimal withFee(BigDecimal notional, BigDecimal feePercent) {
    return notional.add(notional.multiply(feePercent).movePointLeft(2));
  }

  /** A resting stop has another volume. */
  void resized(Order order) {
    reservations.computeIfPresent(
        order.orderId(),
        (id, r) -> new Reservation(r.asset(), order.intent().plan().volume(), r.placedAt(), -1));
  }

  void placed(UUID orderId, long factCount) {
    reservations.computeIfPresent(
        orderId, (id, r) -> new Reservation(r.asset(), r.amount(), factCount, -1));
  }

  void ended(Order order, long factCount) {
    Execution execution = order.execution();
    boolean buy = order.intent().plan().side() == Side.BUY;
    BigDecimal spent = buy ? execution.cost().add(execution.fee()) : execution.volume();
    if (spent.signum() == 0) {
      reservations.remove(order.orderId());
      return;
    }
    reservations.computeIfPresent(
        order.orderId(), (id, r) -> new Reservation(r.asset(), spent, r.placedAt(), factCount));
  }

  void read(Fact.BalancesRead fact) {
    balances = Map.copyOf(fact.balances());
    equity = Map.copyOf(fact.equity());
    known = true;
    for (Iterator<Reservation> each = reservations.values().iterator(); each.hasNext(); ) {
      Reservation reservation = each.next();
      if (reservation.endedAt() >= 0 && reservation.endedAt() <= fact.asOf()) {
        each.remove();
      }
    }
    asOf = fact.asOf();
  }

  boolean known() {
    return known;
  }

  /**
   * Free units of an asset; an asset Kraken does not list is zero. Null while balances are unknown.
   */
  @Nullable BigDecimal free(String asset) {
    if (!known) {
      return null;
    }
    AssetBalance balance = balances.get(asset);
    BigDecimal free = balance == null ? BigDecimal.ZERO : balance.total().subtract(balance.held());
    for (Reservation reservation : reservations.values()) {
      boolean inKrakensFigures = reservation.placedAt() >= 0 && reservation.placedAt() <= asOf;
      if (reservation.asset().equals(asset) && !inKrakensFigures) {
        free = free.subtract(reservation.amount());
      }
    }
    return free;
  }

  /** Equity in a quote asset; null while unknown. */
  @Nullable BigDecimal equity(String quoteAsset) {
    return equity.get(quoteAsset);
  }

  /** Orders whose reservation is below zero: there must be none. */
  List<UUID> negativeReservations() {
    List<UUID> negative = new ArrayList<>();
    reservations.forEach(
        (orderId, reservation) -> {
          if (reservation.amount().signum() < 0) {
            negative.add(orderId);
          }
        });
    return negative;
  }

  Set<String> equityAssets() {
    return new TreeSet<>(equity.keySet());
  }

  Collection<UUID> reservedOrders() {
    return reservations.keySet();
  }

  Image image() {
    return new Image(Map.copyOf(reservations), balances, equity, known, asOf);
  }

  void restore(Image image) {
    reservations.putAll(image.reservations());
    balances = Map.copyOf(image.balances());
    equity = Map.copyOf(image.equity());
    known = image.known();
    asOf = image.asOf();
  }
}
