package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.ExecutionReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the websocket tells of orders. It is news: fills are counted, an order that was not known to
 * be at Kraken is placed. The end of an order, and whatever does not add up, is asked for.
 */
final class Listening {
  private final AccountState state;
  private final Following following;
  private final Reports reports;
  private final Readings readings;
  private final Tripwire tripwire;

  Listening(
      AccountState state,
      Following following,
      Reports reports,
      Readings readings,
      Tripwire tripwire) {
    this.state = state;
    this.following = following;
    this.reports = reports;
    this.readings = readings;
    this.tripwire = tripwire;
  }

  /** The feed became whole or was lost: either way it is checked by asking. */
  void changed(Message.FeedChanged message, Instant now) {
    reports.changed(message.whole());
    following.askAtOnce(now);
  }

  void reported(Message.ExecutionsReported message, Step step, Instant now) {
    ExecutionNews news = message.news();
    boolean kept = false;
    for (ExecutionReport report : news.reports()) {
      Order order = orderOf(report);
      if (order != null && isThat(order, report, step)) {
        kept = take(order, report, news, kept, step, now);
      }
    }
  }

  private @Nullable Order orderOf(ExecutionReport report) {
    List<Order> candidates = new ArrayList<>(state.liveOrders().values());
    state.searches().watched().values().forEach(watched -> candidates.add(watched.order()));
    return Reports.orderOf(report, candidates);
  }

  /** Not if Kraken has two orders under one client order id of ours. */
  private boolean isThat(Order order, ExecutionReport report, Step step) {
    String known = order.txid().orElse(report.txid());
    if (known.equals(report.txid())) {
      return true;
    }
    tripwire.trip(
        new Violation(
            Invariant.ONE_ORDER,
            "order " + order.orderId() + " is " + known + " and also " + report.txid(),
            order.signalId(),
            order.orderId()),
        step);
    return false;
  }

  /** True if the message is on record by now. */
  private boolean take(
      Order order,
      ExecutionReport report,
      ExecutionNews news,
      boolean kept,
      Step step,
      Instant now) {
    Execution sum = reports.add(order, report);
    boolean fresh = order.txid().isEmpty();
    boolean more = sum != null && sum.volume().compareTo(order.execution().volume()) > 0;
    if ((fresh || more) && !kept) {
      step.record(CallFacts.called(news.asCall(), "execution", order.signalId(), order.orderId()));
    }
    if (fresh) {
      place(order, report.txid(), news.messageId(), step, now);
    } else if (isGoneUnsold(order, report)) {
      return gone(order, report, news, kept, step);
    }
    if (sum != null && more) {
      step.record(
          new Fact.OrderProgressed(order.orderId(), order.signalId(), sum, news.messageId()));
      readings.somethingFilled(now);
    }
    BigDecimal known = state.order(order.orderId()).execution().volume();
    boolean unexplained = report.executed() != null && report.executed().compareTo(known) > 0;
    if (report.isOver() || unexplained || (report.fill() != null && sum == null)) {
      following.askAtOnce(now);
    }
    return kept || fresh || more;
  }

  /**
   * A stop that rested is gone, and Kraken says that it has sold nothing: then there are no figures
   * that only the order itself could settle, and a sell may wait for its coins (ADR 45).
   */
  private boolean isGoneUnsold(Order order, ExecutionReport report) {
    return order.intent().stops()
        && order.state() instanceof OrderState.Open
        && order.execution().isEmpty()
        && ("canceled".equals(report.orderStatus()) || "expired".equals(report.orderStatus()))
        && report.executed() != null
        && report.executed().signum() == 0
        && reports.toldOfNone(order.orderId());
  }

  private boolean gone(
      Order order, ExecutionReport report, ExecutionNews news, boolean kept, Step step) {
    if (!kept) {
      step.record(CallFacts.called(news.asCall(), "execution", order.signalId(), order.orderId()));
    }
    step.record(
        new Fact.OrderEnded(
            order.orderId(),
            order.signalId(),
            Execution.NONE,
            Objects.requireNonNull(report.orderStatus()),
            report.reason(),
            news.messageId()));
    return true;
  }

  private void place(Order order, String txid, UUID messageId, Step step, Instant now) {
    if (order.state() instanceof OrderState.PresumedAbsent) {
      following.appeared(order, txid, messageId, step, now);
    } else {
      following.placed(order, txid, "REPORTED", messageId, step, now);
    }
  }
}
