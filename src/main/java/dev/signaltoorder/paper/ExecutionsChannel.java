package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Channel {@code executions} of one account: its messages are numbered without a gap. */
final class ExecutionsChannel implements SocketSubscription {

  private static final int SNAPSHOT_TRADES = 50;

  /** What is reported without {@code order_status}. */
  private static final Set<String> LIFE_AND_DEATH = Set.of("new", "filled", "canceled", "expired");

  private final String account;
  private final ExchangeState state;
  private final ExecutionReports reports;
  private final TradingCounters counters;
  private final Wanted wanted;
  private long sequence;

  /**
   * @param orders a snapshot of open orders
   * @param trades a snapshot of the last fills
   * @param everyStatus all transitions, fills included; otherwise beginnings and ends only
   * @param counter the trading counter in every report
   */
  record Wanted(boolean orders, boolean trades, boolean everyStatus, boolean counter) {}

  ExecutionsChannel(
      String account,
      ExchangeState state,
      ExecutionReports reports,
      TradingCounters counters,
      Wanted wanted) {
    this.account = account;
    this.state = state;
    this.reports = reports;
    this.counters = counters;
    this.wanted = wanted;
  }

  @Override
  public String channel() {
    return "executions";
  }

  @Override
  public @Nullable String symbol() {
    return null;
  }

  @Override
  public ObjectNode acknowledged() {
    return Json.object()
        .put("channel", channel())
        .put("maxratecount", counters.max())
        .put("snap_orders", wanted.orders())
        .put("snap_trades", wanted.trades());
  }

  @Override
  public List<ObjectNode> snapshot(Instant now) {
    if (!wanted.orders() && !wanted.trades()) {
      return List.of();
    }
    ArrayNode data = Json.array();
    if (wanted.orders()) {
      for (PaperOrder order : state.openOrders()) {
        if (isShown(order, now)) {
          data.add(reports.open(order));
        }
      }
    }
    if (wanted.trades()) {
      lastTrades(now).forEach(data::add);
    }
    return List.of(message("snapshot", data));
  }

  private List<ObjectNode> lastTrades(Instant now) {
    List<ObjectNode> newestFirst = new ArrayList<>();
    for (PaperTrade trade : List.copyOf(state.trades()).reversed()) {
      PaperOrder order = state.order(trade.txid());
      if (newestFirst.size() < SNAPSHOT_TRADES && order != null && isShown(order, now)) {
        newestFirst.add(reports.past(trade, order));
      }
    }
    return newestFirst;
  }

  private boolean isShown(PaperOrder order, Instant now) {
    return order.account().equals(account) && !order.visibleFrom().isAfter(now);
  }

  @Override
  public List<ObjectNode> updates(List<ExchangeEvent> events, Instant now) {
    List<ObjectNode> messages = new ArrayList<>();
    for (ExchangeEvent event : events) {
      if (event instanceof ExchangeEvent.OrderChanged changed && event.account().equals(account)) {
        for (ExecutionReports.Report report : reports.between(changed.before(), changed.after())) {
          if (wanted.counter()) {
            String pair = changed.after().terms().pair();
            report
                .body()
                .put(
                    "ratecount",
                    counters.value(account, pair, now).setScale(2, RoundingMode.HALF_UP));
          }
          if (wanted.everyStatus() || LIFE_AND_DEATH.contains(report.kind())) {
            messages.add(message("update", Json.array().add(report.body())));
          }
        }
      }
    }
    return messages;
  }

  private ObjectNode message(String type, ArrayNode data) {
    ObjectNode message = Json.object().put("channel", channel()).put("type", type);
    message.set("data", data);
    return message.put("sequence", ++sequence);
  }
}
