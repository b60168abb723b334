package dev.signaltoorder.trading;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of the search for orders: how often Kraken was asked about an order that is
 * not settled, over all processes, and which orders are presumed absent and still asked about. Part
 * of the fold.
 */
final class Searches {
  private final Map<UUID, Integer> tries = new HashMap<>();
  private final Map<UUID, Watched> watched = new LinkedHashMap<>();

  /**
   * An order that is presumed absent.
   *
   * @param checks how often Kraken was asked since, and did not show it
   */
  record Watched(Order order, int checks) {}

  /** One more attempt to settle an order, whatever came of it. */
  void tried(UUID orderId) {
    tries.merge(orderId, 1, Integer::sum);
  }

  /** A process starts, and finds these orders. */
  void started(Collection<Order> live) {
    for (Order order : live) {
      if (order.txid().isEmpty()) {
        tried(order.orderId());
      }
    }
  }

  /**
   * A call was made.
   *
   * @param live by order id
   */
  void called(Fact.KrakenCalled fact, Map<UUID, Order> live) {
    // A look-up is several calls; the first of them counts it.
    if (!fact.purpose().equals("look-up") || !fact.endpoint().endsWith("/OpenOrders")) {
      return;
    }
    if (fact.orderId() == null) {
      // It asked for all orders that were in doubt.
      live.values().stream()
          .filter(order -> order.state() instanceof OrderState.InDoubt)
          .forEach(order -> tried(order.orderId()));
      return;
    }
    Order order = live.get(fact.orderId());
    if (order != null && order.txid().isEmpty()) {
      tried(order.orderId());
    }
  }

  /** Attempts so far: look-ups, and processes that found it unsettled when they started. */
  int tries(UUID orderId) {
    return tries.getOrDefault(orderId, 0);
  }

  /** The order is in another state now. */
  void moved(Order order) {
    UUID orderId = order.orderId();
    boolean settled = order.state().isFinal() || order.state() instanceof OrderState.Open;
    if (settled) {
      tries.remove(orderId);
    }
    if (order.state() instanceof OrderState.PresumedAbsent) {
      watched.put(orderId, new Watched(order, 0));
    } else {
      watched.remove(orderId);
    }
  }

  void stillAbsent(Fact.OrderStillAbsent fact) {
    if (fact.last()) {
      watched.remove(fact.orderId());
    } else {
      watched.computeIfPresent(
          fact.orderId(), (id, before) -> new Watched(before.order(), fact.check()));
    }
  }

  /** Orders that are presumed absent and still asked about, oldest first. */
  Map<UUID, Watched> watched() {
    return watched;
  }

  /** Everything, as values. */
  record Image(Map<UUID, Integer> tries, List<Watched> watched) {}

  Image image() {
    return new Image(Map.copyOf(tries), List.copyOf(watched.values()));
  }

  void restore(Image image) {
    tries.putAll(image.tries());
    image.watched().forEach(each -> watched.put(each.order().orderId(), each));
  }

  @Nullable Order watchedOrder(UUID orderId) {
    Watched found = watched.get(orderId);
    return found == null ? null : found.order();
  }
}
