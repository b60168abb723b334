package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The second set of books, which the {@link Invariants} compare the first with. Part of the fold.
 */
final class Tallies {
  private static final int MOST_REPORTED = 1_000;

  private long intents;
  private long ordersSent;
  private long acceptedSurplus;
  private long violations;
  private final Set<UUID> sent = new HashSet<>();
  private final Set<String> reported = new LinkedHashSet<>();
  private final List<Violation> anomalies = new ArrayList<>();
  private final Map<String, Map<String, BigDecimal>> endedFills = new TreeMap<>();

  void intended() {
    intents++;
  }

  /** An AddOrder went out, or may have. */
  void sent(Fact.KrakenCalled call) {
    ordersSent++;
    UUID orderId = call.orderId();
    if (orderId != null && !sent.add(orderId)) {
      anomaly(Invariant.SENT_ONCE, "AddOrder went out again for order " + orderId, orderId);
    }
  }

  void moved(Order order) {
    if (order.state() instanceof OrderState.Ended ended) {
      endedFills
          .computeIfAbsent(order.intent().plan().pair(), pair -> new TreeMap<>())
          .merge(
              order.intent().strategy(),
              signed(order.intent(), ended.execution().volume()),
              BigDecimal::add);
    }
    if (order.state().isFinal()) {
      sent.remove(order.orderId());
    }
  }

  void resumed(Fact.TradingResumed fact) {
    acceptedSurplus = Math.max(acceptedSurplus, fact.acceptedSurplus());
  }

  void violated(Fact.InvariantViolated fact) {
    violations++;
    reported.add(fact.kind() + ": " + fact.detail());
    if (reported.size() > MOST_REPORTED) {
      reported.remove(reported.iterator().next());
    }
  }

  void decidedUnasked(UUID signalId) {
    anomaly(
        Invariant.DECIDED_ONCE,
        "signal " + signalId + " was decided, and was not waiting for it",
        signalId);
  }

  void intendedTwice(UUID signalId, UUID orderId) {
    anomaly(
        Invariant.ONE_INTENT,
        "signal " + signalId + " led to a second order, " + orderId,
        signalId);
  }

  void takenTwice(String source, String deliveryId, UUID signalId) {
    anomaly(
        Invariant.TAKEN_ONCE,
        "delivery " + deliveryId + " of " + source + " was taken twice",
        signalId);
  }

  /** A fact came that must not come here. It is kept until {@link #takeAnomalies}. */
  void anomaly(Invariant kind, String detail, @Nullable UUID subject) {
    anomalies.add(new Violation(kind, detail, null, subject));
  }

  boolean hasAnomalies() {
    return !anomalies.isEmpty();
  }

  List<Violation> takeAnomalies() {
    List<Violation> taken = List.copyOf(anomalies);
    anomalies.clear();
    return taken;
  }

  /** Positions counted the other way: whole executions of orders instead of their growth. */
  Map<String, Map<String, BigDecimal>> positions(Collection<Order> live) {
    Map<String, Map<String, BigDecimal>> held = new TreeMap<>();
    endedFills.forEach((pair, strategies) -> held.put(pair, new TreeMap<>(strategies)));
    for (Order order : live) {
      held.computeIfAbsent(order.intent().plan().pair(), pair -> new TreeMap<>())
          .merge(
              order.intent().strategy(),
              signed(order.intent(), order.execution().volume()),
              BigDecimal::add);
    }
    held.values().forEach(strategies -> strategies.values().removeIf(v -> v.signum() == 0));
    held.values().removeIf(Map::isEmpty);
    return held;
  }

  private static BigDecimal signed(OrderIntent intent, BigDecimal volume) {
    return intent.plan().side() == Side.BUY ? volume : volume.negate();
  }

  /** Everything, as values; between steps, when no anomaly waits to be taken. */
  record Image(
      long intents,
      long ordersSent,
      long acceptedSurplus,
      long violations,
      Set<UUID> sent,
      List<String> reported,
      Map<String, Map<String, BigDecimal>> endedFills) {}

  Image image() {
    Map<String, Map<String, BigDecimal>> fills = new TreeMap<>();
    endedFills.forEach((pair, strategies) -> fills.put(pair, new TreeMap<>(strategies)));
    return new Image(
        intents,
        ordersSent,
        acceptedSurplus,
        violations,
        Set.copyOf(sent),
        List.copyOf(reported),
        fills);
  }

  void restore(Image image) {
    intents = image.intents();
    ordersSent = image.ordersSent();
    acceptedSurplus = image.acceptedSurplus();
    violations = image.violations();
    sent.addAll(image.sent());
    reported.addAll(image.reported());
    image
        .endedFills()
        .forEach((pair, strategies) -> endedFills.put(pair, new TreeMap<>(strategies)));
  }

  boolean isReported(Violation violation) {
    return reported.contains(violation.kind().code() + ": " + violation.detail());
  }

  long intents() {
    return intents;
  }

  long ordersSent() {
    return ordersSent;
  }

  long acceptedSurplus() {
    return acceptedSurplus;
  }

  /** Violations of all time. */
  long violations() {
    return violations;
  }
}
