package dev.signaltoorder.trading;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be protected, and what is under way for it. Part of the fold. A guard belongs to what
 * one strategy holds in one pair: however many entries made it, there is one stop for all of it.
 */
final class Protections {
  private final Map<UUID, ProtectionFact.Wanted> wanted = new LinkedHashMap<>();
  private final Map<String, Guard> guards = new TreeMap<>();
  private final Map<UUID, ProtectionFact.AmendWanted> amending = new LinkedHashMap<>();
  private final Set<UUID> uncertain = new LinkedHashSet<>();
  private final Map<UUID, ProtectionFact.SellHeld> held = new LinkedHashMap<>();

  /** Everything, as values. */
  record Image(
      List<ProtectionFact.Wanted> wanted,
      List<Guard> guards,
      List<ProtectionFact.AmendWanted> amending,
      List<UUID> uncertain,
      List<ProtectionFact.SellHeld> held) {}

  private static String key(String pair, String strategy) {
    return pair + ' ' + strategy;
  }

  void apply(ProtectionFact fact) {
    switch (fact) {
      case ProtectionFact.Wanted f -> wanted.put(f.orderId(), f);
      case ProtectionFact.Ended f -> guards.remove(key(f.pair(), f.strategy()));
      case ProtectionFact.Failed f ->
          guards.computeIfPresent(
              key(f.pair(), f.strategy()), (k, g) -> g.with(g.failures().withTold()));
      case ProtectionFact.StopMoved f ->
          guards.computeIfPresent(key(f.pair(), f.strategy()), (k, g) -> g.stopAt(f.stop()));
      case ProtectionFact.PairChanged f ->
          guards.computeIfPresent(
              key(f.pair(), f.strategy()), (k, g) -> g.under(f.rules(), f.stop()));
      case ProtectionFact.TargetReached f -> {
        // The sell that follows is a fact of its own.
      }
      case ProtectionFact.AmendWanted f -> amending.put(f.orderId(), f);
      case ProtectionFact.Amended f -> {
        uncertain.remove(f.orderId());
        if (f.how().equals("ANSWERED")) {
          amending.remove(f.orderId());
        }
      }
      case ProtectionFact.AmendFailed f -> {
        amending.remove(f.orderId());
        if (f.unknown()) {
          uncertain.add(f.orderId());
        }
      }
      case ProtectionFact.SellHeld f -> held.put(f.orderId(), f);
      case ProtectionFact.SellReleased f -> held.remove(f.orderId());
    }
  }

  /** An order came to be. */
  void intended(Fact.OrderIntended fact) {
    Protective protective = fact.intent().protective();
    if (protective != null && protective.role() == Protective.Role.CLOSE) {
      guards.computeIfPresent(keyOf(fact.intent()), (k, g) -> g.with(g.failures().withClose()));
    }
  }

  /** A stop is fitted to its position again. */
  void fitted(OrderIntent stop) {
    guards.computeIfPresent(keyOf(stop), (k, g) -> g.with(Guard.Failures.NONE));
  }

  /** An order is in another state, or more of it was executed. */
  void moved(Execution before, Order order) {
    if (order.state().isFinal()) {
      amending.remove(order.orderId());
      uncertain.remove(order.orderId());
      held.remove(order.orderId());
    }
    Protective protective = order.intent().protective();
    if (protective != null) {
      guards.computeIfPresent(
          keyOf(order.intent()), (k, guard) -> guard.after(protective, before, order));
      return;
    }
    ProtectionFact.Wanted entry = wanted.get(order.orderId());
    if (entry == null) {
      return;
    }
    if (!order.execution().isEmpty()) {
      String key = keyOf(order.intent());
      guards.put(key, Guard.entered(guards.get(key), entry, order.execution()));
    }
    if (order.state().isFinal() && !(order.state() instanceof OrderState.PresumedAbsent)) {
      wanted.remove(order.orderId());
    }
  }

  /** It is not asked about any more: it will not appear. */
  void forget(UUID orderId) {
    wanted.remove(orderId);
  }

  private static String keyOf(OrderIntent intent) {
    return key(intent.plan().pair(), intent.strategy());
  }

  @Nullable Guard guard(String pair, String strategy) {
    return guards.get(key(pair, strategy));
  }

  /** In a fixed order. */
  List<Guard> guards() {
    return List.copyOf(guards.values());
  }

  /** Entries that are to be protected, by order. */
  Map<UUID, ProtectionFact.Wanted> wanted() {
    return wanted;
  }

  /** Changes of stops that are out, by order. */
  Map<UUID, ProtectionFact.AmendWanted> amending() {
    return amending;
  }

  /** True while nobody knows the volume that rests. */
  boolean isUncertain(UUID orderId) {
    return uncertain.contains(orderId) || amending.containsKey(orderId);
  }

  /** Sells that wait for a stop to let go, by order. */
  Map<UUID, ProtectionFact.SellHeld> held() {
    return held;
  }

  Image image() {
    return new Image(
        List.copyOf(wanted.values()),
        List.copyOf(guards.values()),
        List.copyOf(amending.values()),
        List.copyOf(uncertain),
        List.copyOf(held.values()));
  }

  void restore(Image image) {
    image.wanted().forEach(each -> wanted.put(each.orderId(), each));
    image.guards().forEach(each -> guards.put(key(each.symbol(), each.strategy()), each));
    image.amending().forEach(each -> amending.put(each.orderId(), each));
    uncertain.addAll(image.uncertain());
    image.held().forEach(each -> held.put(each.orderId(), each));
  }
}
