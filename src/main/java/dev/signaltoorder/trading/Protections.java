package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;
import java.util.ArrayList;
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

  /**
   * A position that is looked after.
   *
   * @param pair as Kraken had it at the latest entry
   * @param signalId of the latest entry
   * @param stop the trigger that is wanted; null when no entry named one
   * @param entries oldest first
   * @param refused stops that were refused or not placed, in a row
   * @param closes orders by which what could not be protected was sold, since the last stop
   * @param failed it was recorded that protection is not possible
   */
  record Guard(
      String strategy,
      PairRules pair,
      UUID signalId,
      @Nullable BigDecimal stop,
      List<Entry> entries,
      int refused,
      int closes,
      boolean failed) {

    String symbol() {
      return pair.symbol();
    }

    UUID entryOrderId() {
      return entries.getLast().orderId();
    }

    Guard counted(int nowRefused, int nowCloses, boolean nowFailed) {
      return new Guard(strategy, pair, signalId, stop, entries, nowRefused, nowCloses, nowFailed);
    }

    Guard stopAt(BigDecimal price) {
      return new Guard(strategy, pair, signalId, price, entries, refused, closes, failed);
    }
  }

  /**
   * One entry of a position.
   *
   * @param bought base units so far
   * @param cost quote units so far
   * @param sold base units that its take-profits sold so far
   */
  record Entry(
      UUID orderId,
      UUID signalId,
      BigDecimal bought,
      BigDecimal cost,
      BigDecimal sold,
      List<ProtectionFact.Level> levels) {}

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
              key(f.pair(), f.strategy()), (k, g) -> g.counted(g.refused(), g.closes(), true));
      case ProtectionFact.StopMoved f ->
          guards.computeIfPresent(key(f.pair(), f.strategy()), (k, g) -> g.stopAt(f.stop()));
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
      guards.computeIfPresent(
          keyOf(fact.intent()), (k, g) -> g.counted(g.refused(), g.closes() + 1, g.failed()));
    }
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
          keyOf(order.intent()), (k, guard) -> after(guard, protective, before, order));
      return;
    }
    ProtectionFact.Wanted entry = wanted.get(order.orderId());
    if (entry == null) {
      return;
    }
    if (!order.execution().isEmpty()) {
      String key = keyOf(order.intent());
      guards.put(key, entered(guards.get(key), entry, order.execution()));
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

  private static Guard entered(
      @Nullable Guard guard, ProtectionFact.Wanted entry, Execution execution) {
    List<Entry> entries = new ArrayList<>(guard == null ? List.of() : guard.entries());
    Entry known = null;
    for (Entry each : entries) {
      known = each.orderId().equals(entry.orderId()) ? each : known;
    }
    Entry now =
        new Entry(
            entry.orderId(),
            entry.signalId(),
            execution.volume(),
            execution.cost(),
            known == null ? BigDecimal.ZERO : known.sold(),
            entry.levels());
    if (guard != null && known != null) {
      entries.set(entries.indexOf(known), now);
      return new Guard(
          guard.strategy(),
          guard.pair(),
          guard.signalId(),
          guard.stop(),
          List.copyOf(entries),
          guard.refused(),
          guard.closes(),
          guard.failed());
    }
    entries.add(now);
    return new Guard(
        entry.strategy(),
        entry.pair(),
        entry.signalId(),
        higher(guard == null ? null : guard.stop(), entry.stop()),
        List.copyOf(entries),
        guard == null ? 0 : guard.refused(),
        guard == null ? 0 : guard.closes(),
        guard != null && guard.failed());
  }

  /** A later entry never loosens the stop. */
  private static @Nullable BigDecimal higher(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.max(other);
  }

  private static Guard after(Guard guard, Protective protective, Execution before, Order order) {
    return switch (protective.role()) {
      case CLOSE -> guard;
      case TAKE_PROFIT -> sold(guard, protective, before, order);
      case STOP ->
          switch (order.state()) {
            case OrderState.Open open -> guard.counted(0, 0, false);
            case OrderState.Refused refused ->
                guard.counted(guard.refused() + 1, guard.closes(), guard.failed());
            case OrderState.PresumedAbsent absent ->
                guard.counted(guard.refused() + 1, guard.closes(), guard.failed());
            default -> guard;
          };
    };
  }

  private static Guard sold(Guard guard, Protective protective, Execution before, Order order) {
    BigDecimal more = order.execution().volume().subtract(before.volume());
    List<Entry> entries = new ArrayList<>();
    for (Entry each : guard.entries()) {
      boolean its = each.orderId().equals(protective.entryOrderId());
      entries.add(
          its
              ? new Entry(
                  each.orderId(),
                  each.signalId(),
                  each.bought(),
                  each.cost(),
                  each.sold().add(more),
                  each.levels())
              : each);
    }
    return new Guard(
        guard.strategy(),
        guard.pair(),
        guard.signalId(),
        guard.stop(),
        List.copyOf(entries),
        guard.refused(),
        guard.closes(),
        guard.failed());
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
