package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An order's life as the reports of Kraken's websocket channel {@code executions}. */
final class ExecutionReports {

  private final Pairs pairs;
  private final ExchangeState state;
  private final Funds funds;

  ExecutionReports(Pairs pairs, ExchangeState state, Funds funds) {
    this.pairs = pairs;
    this.state = state;
    this.funds = funds;
  }

  /** A report with its kind, by which a subscription may leave it out. */
  record Report(String kind, ObjectNode body) {}

  /** Everything that happened to an order between two of its states, in order. */
  List<Report> between(@Nullable PaperOrder before, PaperOrder after) {
    List<Report> reports = new ArrayList<>();
    if (before == null) {
      reports.add(
          report(
              "pending_new", details(after, after.openedAt()).put("order_status", "pending_new")));
      reports.add(report("new", brief(after, after.openedAt()).put("order_status", "new")));
    }
    int known = before == null ? 0 : before.trades().size();
    BigDecimal volume = before == null ? BigDecimal.ZERO : before.volumeExecuted();
    BigDecimal cost = before == null ? BigDecimal.ZERO : before.cost();
    for (String id : after.trades().subList(known, after.trades().size())) {
      PaperTrade trade = state.trade(id);
      volume = volume.add(trade.volume());
      cost = cost.add(trade.cost());
      reports.add(trade(after, trade, volume, cost));
    }
    if (before != null) {
      reports.addAll(changes(before, after));
    }
    boolean ended = !after.isOpen() && (before == null || before.isOpen());
    if (ended) {
      reports.add(ending(after));
    }
    return reports;
  }

  /** Amendments, starts, triggers that fire or move, as far as the order is open. */
  private List<Report> changes(PaperOrder before, PaperOrder after) {
    if (!Objects.equals(before.amendedAt(), after.amendedAt())) {
      Instant at = after.changedAt();
      return List.of(report("amended", details(after, at).put("amended", true)));
    }
    boolean started = before.status() == OrderStatus.PENDING && after.status() == OrderStatus.OPEN;
    if (started || !Objects.equals(before.trigger(), after.trigger())) {
      return List.of(report("status", details(after, after.changedAt())));
    }
    return List.of();
  }

  private static String standing(PaperOrder order) {
    if (!order.isOpen()) {
      return order.status() == OrderStatus.CLOSED ? "filled" : order.status().wireName();
    }
    return order.volumeExecuted().signum() > 0 ? "partially_filled" : "new";
  }

  private static Report report(String kind, ObjectNode body) {
    return new Report(kind, body.put("exec_type", kind));
  }

  private Report ending(PaperOrder order) {
    String kind =
        switch (order.status()) {
          case CLOSED -> "filled";
          default -> order.status().wireName();
        };
    Instant at = order.closedAt() == null ? order.openedAt() : order.closedAt();
    ObjectNode body = brief(order, at);
    sums(body, order, order.volumeExecuted(), order.cost());
    if (order.reason() != null) {
      body.put("reason", order.reason());
    }
    return report(kind, body.put("order_status", kind));
  }

  /** An open order in a snapshot. */
  ObjectNode open(PaperOrder order) {
    ObjectNode body = details(order, order.openedAt());
    sums(body, order, order.volumeExecuted(), order.cost());
    return body.put("exec_type", "new").put("order_status", standing(order));
  }

  /** A fill in a snapshot. */
  ObjectNode past(PaperTrade trade, PaperOrder order) {
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal cost = BigDecimal.ZERO;
    for (String id : order.trades()) {
      PaperTrade earlier = state.trade(id);
      volume = volume.add(earlier.volume());
      cost = cost.add(earlier.cost());
      if (id.equals(trade.id())) {
        break;
      }
    }
    return trade(order, trade, volume, cost).body();
  }

  private Report trade(PaperOrder order, PaperTrade trade, BigDecimal volume, BigDecimal cost) {
    Pair pair = pairs.get(order.terms().pair());
    ObjectNode body = brief(order, trade.time());
    body.put("symbol", pair.symbol()).put("side", order.terms().side().wireName());
    body.put("order_type", order.terms().orderType());
    body.put("exec_id", trade.id()).put("trade_id", trade.number());
    body.put("last_qty", SocketJson.volume(pair, trade.volume()));
    body.put("last_price", SocketJson.price(pair, trade.price()));
    body.put("liquidity_ind", trade.maker() ? "m" : "t");
    body.put("cost", SocketJson.cost(pair, trade.cost()));
    sums(body, order, volume, cost);
    body.putArray("fees")
        .addObject()
        .put("asset", pair.quote().symbol())
        .put("qty", SocketJson.cost(pair, trade.fee()));
    // Kraken says so of the last fill, too: only "filled" reports the end.
    return report("trade", body.put("order_status", "partially_filled"));
  }

  private void sums(ObjectNode body, PaperOrder order, BigDecimal volume, BigDecimal cost) {
    Pair pair = pairs.get(order.terms().pair());
    body.put("cum_qty", SocketJson.volume(pair, volume));
    body.put("cum_cost", SocketJson.cost(pair, cost));
    if (volume.signum() > 0) {
      body.put("avg_price", cost.divide(volume, pair.priceDecimals(), RoundingMode.HALF_UP));
    }
    BigDecimal dollars = funds.dollars(pair.quote());
    if (dollars != null) {
      body.put("fee_usd_equiv", order.fee().multiply(dollars).setScale(4, RoundingMode.HALF_UP));
    }
  }

  /** What every report says of its order. */
  private static ObjectNode brief(PaperOrder order, Instant at) {
    OrderTerms terms = order.terms();
    ObjectNode body = Json.object().put("order_id", order.txid());
    if (terms.clientOrderId() != null) {
      body.put("cl_ord_id", terms.clientOrderId());
    }
    if (terms.userref() != null) {
      body.put("order_userref", terms.userref());
    }
    return body.put("timestamp", SocketJson.time(at));
  }

  private ObjectNode details(PaperOrder order, Instant at) {
    OrderTerms terms = order.terms();
    Pair pair = pairs.get(terms.pair());
    ObjectNode body = brief(order, at);
    body.put("symbol", pair.symbol()).put("side", terms.side().wireName());
    body.put("order_type", terms.orderType());
    body.put("order_qty", SocketJson.volume(pair, terms.volume()));
    body.put("cum_qty", SocketJson.volume(pair, BigDecimal.ZERO));
    body.put("cum_cost", SocketJson.cost(pair, BigDecimal.ZERO));
    BigDecimal limit = order.limit();
    if (limit != null) {
      body.put("limit_price", SocketJson.price(pair, limit));
      body.put("limit_price_type", "static");
    }
    body.put("time_in_force", terms.timing().inForce().name());
    if (terms.timing().expiresAt() != null) {
      body.put("expire_time", SocketJson.time(terms.timing().expiresAt()));
    }
    if (terms.timing().startsAt() != null) {
      body.put("effective_time", SocketJson.time(terms.timing().startsAt()));
    }
    if (terms.postOnly()) {
      body.put("post_only", true);
    }
    if (terms.displayVolume() != null) {
      body.put("display_qty", SocketJson.volume(pair, terms.displayVolume()));
    }
    if (terms.flags().cash() != null) {
      body.put("cash_order_qty", SocketJson.cost(pair, terms.flags().cash()));
    }
    if (terms.parent() != null) {
      body.put("ord_ref_id", terms.parent());
    }
    OrderTrigger trigger = order.trigger();
    if (trigger != null) {
      body.set("triggers", triggers(pair, trigger));
    }
    body.put("order_status", standing(order));
    return body.put("fee_ccy_pref", "fciq");
  }

  private static ObjectNode triggers(Pair pair, OrderTrigger trigger) {
    ObjectNode node =
        Json.object()
            .put("reference", trigger.byIndex() ? "index" : "last")
            .put("price", SocketJson.price(pair, trigger.price()))
            .put("price_type", "static")
            .put("actual_price", SocketJson.price(pair, trigger.price()))
            .put("status", trigger.touched() ? "triggered" : "untriggered");
    if (trigger.peak() != null) {
      node.put("peak_price", SocketJson.price(pair, trigger.peak()));
    }
    return node;
  }
}
