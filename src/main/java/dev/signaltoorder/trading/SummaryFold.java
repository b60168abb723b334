package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds facts into the report's row of one signal. Pure. */
final class SummaryFold {
  private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
  private static final int BPS_DECIMALS = 2;

  private SummaryFold() {}

  static SignalSummary received(Fact.SignalReceived fact) {
    Signal signal = fact.signal();
    return new SignalSummary(
        fact.signalId(),
        fact.source(),
        signal.strategy(),
        signal.pair(),
        signal.action().name(),
        fact.receivedAt(),
        "PENDING",
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static SignalSummary invalid(Fact.SignalInvalid fact) {
    return new SignalSummary(
        fact.signalId(),
        fact.source(),
        null,
        null,
        null,
        fact.receivedAt(),
        "INVALID",
        fact.problems().stream()
            .map(problem -> problem.field() + ": " + problem.problem())
            .toList(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static SignalSummary decided(SignalSummary row, Fact.SignalDecided fact) {
    OrderPlan plan = fact.decision().plan();
    MarketSnapshot snapshot = fact.input().snapshot();
    String pair = fact.input().pair() == null ? row.pair() : fact.input().pair().symbol();
    return new SignalSummary(
        row.signalId(),
        row.source(),
        row.strategy(),
        pair,
        row.action(),
        row.receivedAt(),
        fact.outcome(),
        fact.decision().reasons(),
        null,
        null,
        plan == null ? null : plan.volume(),
        null,
        null,
        null,
        snapshot == null ? null : snapshot.origin());
  }

  /** The row with a new outcome and its reason; null keeps the reasons. */
  static SignalSummary outcome(SignalSummary row, String outcome, @Nullable String reason) {
    return new SignalSummary(
        row.signalId(),
        row.source(),
        row.strategy(),
        row.pair(),
        row.action(),
        row.receivedAt(),
        outcome,
        reason == null ? row.reasons() : List.of(reason),
        row.orderId(),
        row.orderTxid(),
        row.volume(),
        row.averagePrice(),
        row.slippageBps(),
        row.fee(),
        row.priceOrigin());
  }

  /** The row as the order's state has it. */
  static SignalSummary ordered(SignalSummary row, Order order) {
    Execution execution = order.execution();
    boolean filled = !execution.isEmpty();
    return new SignalSummary(
        row.signalId(),
        row.source(),
        row.strategy(),
        row.pair(),
        row.action(),
        row.receivedAt(),
        outcomeOf(order),
        reasonsOf(order),
        order.orderId(),
        order.txid().orElse(null),
        filled ? execution.volume() : order.intent().plan().volume(),
        filled ? execution.averagePrice() : null,
        filled ? slippageBps(order.intent(), execution) : null,
        filled ? execution.fee() : null,
        row.priceOrigin());
  }

  private static String outcomeOf(Order order) {
    return switch (order.state()) {
      case OrderState.Intended intended -> "PENDING";
      case OrderState.InDoubt doubt -> "UNKNOWN";
      case OrderState.Quarantined quarantined -> "QUARANTINED";
      case OrderState.Refused refused -> "REFUSED_BY_EXCHANGE";
      case OrderState.NotPlaced notPlaced -> "NOT_PLACED";
      case OrderState.PresumedAbsent absent -> "NOT_PLACED";
      case OrderState.Open open -> open.execution().isEmpty() ? "OPEN" : "PARTIALLY_FILLED";
      case OrderState.Ended ended -> endedOutcome(order, ended);
    };
  }

  private static String endedOutcome(Order order, OrderState.Ended ended) {
    if (ended.execution().isEmpty()) {
      return "CANCELED";
    }
    boolean all = ended.execution().volume().compareTo(order.intent().plan().volume()) >= 0;
    return all ? "FILLED" : "PARTIALLY_FILLED";
  }

  private static List<String> reasonsOf(Order order) {
    return switch (order.state()) {
      case OrderState.InDoubt doubt -> List.of(doubt.cause());
      case OrderState.Quarantined quarantined -> List.of(quarantined.why());
      case OrderState.Refused refused -> List.of(refused.error());
      case OrderState.NotPlaced notPlaced -> List.of(notPlaced.proof());
      case OrderState.PresumedAbsent absent -> List.of(absent.why());
      case OrderState.Ended ended when !ended.status().equals("closed") -> List.of(ended.status());
      default -> List.of();
    };
  }

  /**
   * (average - mid) / mid for a buy, the reverse for a sell; basis points, positive = worse, half
   * up.
   */
  static BigDecimal slippageBps(OrderIntent intent, Execution execution) {
    BigDecimal mid = intent.midAtDecision();
    BigDecimal worse =
        intent.plan().side() == Side.BUY
            ? execution.averagePrice().subtract(mid)
            : mid.subtract(execution.averagePrice());
    return worse.multiply(BASIS_POINTS).divide(mid, BPS_DECIMALS, RoundingMode.HALF_UP);
  }
}
