package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.ExecutionReport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the fills that the websocket tells of, each counted once by Kraken's id, in whatever
 * order and however often they come. The sum is never more than what was executed: fills may be
 * missing from it, none is in it twice. What does not add up is not used; then Kraken is asked.
 */
final class Reports {
  /** How far a fill's cost may be from volume times price: Kraken rounds it. */
  private static final BigDecimal COST_TOLERANCE = new BigDecimal("0.001");

  private static final BigDecimal LEAST_TOLERANCE = new BigDecimal("0.0001");

  /** While the websocket tells of every change, asking is only for checking it. */
  private static final int RARELY = 6;

  private final Map<UUID, Told> toldByOrder = new HashMap<>();
  private boolean whole;

  /** What was told of one order: its fills, and the most that was said to be executed. */
  private static final class Told {
    private final Map<String, ExecutionReport.Fill> fills = new LinkedHashMap<>();
    private @Nullable BigDecimal executed;

    void executed(@Nullable BigDecimal volume) {
      BigDecimal before = executed;
      if (volume != null && (before == null || volume.compareTo(before) > 0)) {
        executed = volume;
      }
    }
  }

  /** The live order that a report is about: by Kraken's id, else by ours. */
  static @Nullable Order orderOf(ExecutionReport report, Collection<Order> live) {
    Order byClientId = null;
    for (Order order : live) {
      if (order.txid().filter(report.txid()::equals).isPresent()) {
        return order;
      }
      if (order.intent().clientOrderId().equals(report.clientOrderId())) {
        byClientId = order;
      }
    }
    return byClientId;
  }

  /**
   * Takes a report in.
   *
   * @return what all fills known so far add up to; null when this report adds none, or the sum
   *     cannot be trusted
   */
  @Nullable Execution add(Order order, ExecutionReport report) {
    Told told = toldByOrder.computeIfAbsent(order.orderId(), id -> new Told());
    told.executed(report.executed());
    ExecutionReport.Fill fill = report.fill();
    if (fill == null) {
      return null;
    }
    told.fills.putIfAbsent(fill.id(), fill);
    String quote = order.intent().plan().pair().replaceFirst(".*/", "");
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal fee = BigDecimal.ZERO;
    for (ExecutionReport.Fill each : told.fills.values()) {
      if (!isPlausible(each, quote)) {
        return null;
      }
      volume = volume.add(each.volume());
      cost = cost.add(each.cost());
      for (ExecutionReport.Fee part : each.fees()) {
        fee = fee.add(part.quantity());
      }
    }
    BigDecimal executed = told.executed;
    boolean differs = executed != null && executed.compareTo(volume) != 0;
    return differs || volume.compareTo(order.intent().plan().volume()) > 0
        ? null
        : new Execution(volume, cost, fee, cost.divide(volume, MathContext.DECIMAL64));
  }

  /** Nothing was ever told to be executed of this order. */
  boolean toldOfNone(UUID orderId) {
    Told told = toldByOrder.get(orderId);
    return told == null
        || (told.fills.isEmpty() && (told.executed == null || told.executed.signum() == 0));
  }

  /** A fee in another asset than the quote cannot be added to those of the order. */
  private static boolean isPlausible(ExecutionReport.Fill fill, String quote) {
    BigDecimal expected = fill.volume().multiply(fill.price());
    BigDecimal tolerance = expected.multiply(COST_TOLERANCE).max(LEAST_TOLERANCE);
    return !fill.fees().isEmpty()
        && fill.fees().stream().allMatch(fee -> fee.asset().equals(quote))
        && fill.cost().subtract(expected).abs().compareTo(tolerance) <= 0;
  }

  /** The feed became whole, or was lost. */
  void changed(boolean nowWhole) {
    whole = nowWhole;
  }

  /** The websocket tells of every change, as far as can be known. */
  boolean isWhole() {
    return whole;
  }

  /** The longest pause between two questions, of which this is the usual one. */
  Duration longestPause(Duration usual) {
    return whole ? usual.multipliedBy(RARELY) : usual;
  }

  /**
   * Kraken's answer shows less of an order than is known. True when it counts all the same: it is
   * final, and the rest was known from the websocket alone.
   */
  boolean endedWithLess(Order order, boolean ended, Step step) {
    Told told = toldByOrder.get(order.orderId());
    if (told == null || told.fills.isEmpty()) {
      // An older answer, or one that cannot be true: fills are never taken back.
      step.effect(
          new Effect.Alarm("order " + order.orderId() + " seems to have lost fills; ignored"));
      return false;
    }
    if (ended) {
      step.effect(
          new Effect.Alarm(
              "order "
                  + order.orderId()
                  + " ended with less than the websocket told; the order's own figures count"));
    }
    // While it is open, the websocket is ahead of the answer.
    return ended;
  }

  /** Forgets all orders but these. */
  void keepOnly(Map<UUID, Order> live) {
    toldByOrder.keySet().retainAll(live.keySet());
  }
}
