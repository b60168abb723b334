package dev.signaltoorder.trading;

import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Orders that are not finished, and what was bought and sold, by the facts alone. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOrders {
  private final Map<UUID, OrderIntent> approved = new HashMap<>();
  private final Map<UUID, Line> live = new LinkedHashMap<>();
  private final Map<String, BigDecimal> positions = new HashMap<>();
  private int appeared;

  /** One order that is not finished. */
  static final class Line {
    private final OrderIntent intent;
    private BigDecimal executed = BigDecimal.ZERO;
    private boolean unknown;

    Line(OrderIntent intent) {
      this.intent = intent;
    }

    OrderIntent intent() {
      return intent;
    }

    OrderPlan plan() {
      return intent.plan();
    }

    boolean buys() {
      return plan().side() == Side.BUY;
    }

    boolean unknown() {
      return unknown;
    }

    BigDecimal open() {
      return plan().volume().subtract(executed);
    }

    BigDecimal openValue() {
      return open().multiply(plan().referencePrice());
    }
  }

  void see(Fact fact) {
    switch (fact) {
      case Fact.OrderIntended intended -> {
        approved.put(intended.orderId(), intended.intent());
        live.put(intended.orderId(), new Line(intended.intent()));
      }
      case Fact.OrderProgressed progressed ->
          executed(progressed.orderId(), progressed.execution());
      case Fact.OrderEnded ended -> {
        executed(ended.orderId(), ended.execution());
        live.remove(ended.orderId());
      }
      case Fact.OrderRefused no -> live.remove(no.orderId());
      case Fact.OrderNotPlaced no -> live.remove(no.orderId());
      case Fact.OrderInDoubt doubt -> live.get(doubt.orderId()).unknown = true;
      case Fact.OrderQuarantined doubt -> live.get(doubt.orderId()).unknown = true;
      case Fact.OrderPlaced placed -> {
        // One that was presumed absent has appeared after all.
        appeared += live.containsKey(placed.orderId()) ? 0 : 1;
        Line line =
            live.computeIfAbsent(placed.orderId(), id -> new Line(approved.get(placed.orderId())));
        line.unknown = false;
      }
      default -> {
        // Nothing about an order.
      }
    }
  }

  private void executed(UUID orderId, Execution execution) {
    Line line = live.get(orderId);
    BigDecimal more = execution.volume().subtract(line.executed);
    line.executed = execution.volume();
    BigDecimal change = line.buys() ? more : more.negate();
    positions.merge(line.plan().pair(), change, BigDecimal::add);
    positions.merge(key(line.intent), change, BigDecimal::add);
  }

  Collection<Line> live() {
    return live.values();
  }

  /** Known before it changes by this fact. */
  OrderIntent intent(UUID orderId) {
    return approved.get(orderId);
  }

  /** Executed so far. */
  BigDecimal executed(UUID orderId) {
    return live.containsKey(orderId) ? live.get(orderId).executed : BigDecimal.ZERO;
  }

  boolean isLive(UUID orderId) {
    return live.containsKey(orderId);
  }

  BigDecimal ofPair(String pair) {
    return positions.getOrDefault(pair, BigDecimal.ZERO);
  }

  /** What a strategy holds in a pair and has not yet offered. */
  BigDecimal closable(String pair, String strategy) {
    BigDecimal held = positions.getOrDefault(pair + " " + strategy, BigDecimal.ZERO);
    for (Line line : live.values()) {
      boolean its = key(line.intent).equals(pair + " " + strategy);
      held = its && !line.buys() ? held.subtract(line.open()) : held;
    }
    return held.max(BigDecimal.ZERO);
  }

  static String key(OrderIntent intent) {
    return intent.plan().pair() + " " + intent.strategy();
  }

  /** Orders that were presumed absent and appeared. */
  int appeared() {
    return appeared;
  }
}
