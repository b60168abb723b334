package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * One order that was judged, and the limits that it would break by the ledger's books.
 *
 * @param asked the volume that the signal asked for, before any limit made it smaller
 * @param exit it sells no more than its strategy holds and has not yet offered
 * @param broken by the rule's code and which of its limits: what was counted
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
record LimitsCase(
    UUID signalId,
    Signal signal,
    OrderPlan plan,
    BigDecimal asked,
    MarketSnapshot market,
    Instant now,
    boolean exit,
    Map<String, Map<String, String>> broken) {

  static LimitsCase of(Fact.SignalDecided decided, BigDecimal closable) {
    OrderPlan plan = decided.decision().plan();
    BigDecimal asked = asked(decided.input().signal().size(), plan);
    boolean exit = plan.side() == Side.SELL && asked.compareTo(closable) <= 0;
    return new LimitsCase(
        decided.signalId(),
        decided.input().signal(),
        plan,
        asked,
        decided.input().snapshot(),
        decided.input().now(),
        exit,
        new TreeMap<>());
  }

  /** A CLOSE asks for what it sells. */
  private static BigDecimal asked(@Nullable SignalSize size, OrderPlan plan) {
    if (size == null) {
      return plan.volume();
    }
    return size.unit() == SignalSize.Unit.BASE
        ? size.value()
        : size.value().divide(plan.referencePrice(), 8, RoundingMode.DOWN);
  }

  boolean buys() {
    return plan.side() == Side.BUY;
  }

  boolean closes() {
    return signal.action() == Action.CLOSE;
  }

  String pair() {
    return plan.pair();
  }

  /** Computed here, not taken from the plan. */
  BigDecimal value() {
    return plan.volume().multiply(plan.referencePrice());
  }

  LocalDate day() {
    return dayOf(now);
  }

  static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /**
   * @param name which of the rule's limits
   */
  void most(String rule, String name, BigDecimal limit, BigDecimal actual) {
    never(rule, name, actual.compareTo(limit) > 0, actual + " of at most " + limit);
  }

  void most(String rule, String name, long limit, long actual) {
    most(rule, name, BigDecimal.valueOf(limit), BigDecimal.valueOf(actual));
  }

  void never(String rule, String name, boolean is, Object what) {
    if (is) {
      broken.computeIfAbsent(rule, code -> new TreeMap<>()).put(name, String.valueOf(what));
    }
  }
}
