package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Orders and fills as Kraken writes them: times as numbers, amounts as strings. */
final class OrderRendering {

  private final Pairs pairs;
  private final ExchangeState state;

  OrderRendering(Pairs pairs, ExchangeState state) {
    this.pairs = pairs;
    this.state = state;
  }

  /** "buy 0.10000000 XBTUSD @ limit 67350.0", "... @ stop loss 60000.0 -> limit 59000.0". */
  static String description(Pair pair, OrderTerms terms) {
    return "%s %s %s @ %s"
        .formatted(
            terms.side().wireName(),
            plain(terms.volume(), pair.lotDecimals()),
            pair.altname(),
            priceText(pair, terms));
  }

  private static String priceText(Pair pair, OrderTerms terms) {
    String type = terms.type().wireName().replace("-limit", "").replace('-', ' ');
    if (terms.type() == OrderType.MARKET) {
      return type;
    }
    if (terms.trigger() == null) {
      return type + " " + second(pair, terms);
    }
    String at = type + " " + first(pair, terms);
    return terms.type().hasLimit() ? at + " -> limit " + second(pair, terms) : at;
  }

  /** {@code descr.price}: limit, or what triggers; "0" at the market. */
  private static String first(Pair pair, OrderTerms terms) {
    OrderTrigger trigger = terms.trigger();
    if (trigger == null) {
      return terms.price() == null ? "0" : plain(terms.price(), pair.priceDecimals());
    }
    return trigger.trail() == null
        ? plain(trigger.price(), pair.priceDecimals())
        : trigger.trail().text();
  }

  /** The limit behind it. */
  private static String second(Pair pair, OrderTerms terms) {
    OrderTrigger trigger = terms.trigger();
    if (trigger != null && trigger.limitOffset() != null) {
      return trigger.limitOffset().text();
    }
    return terms.price() == null ? "0" : plain(terms.price(), pair.priceDecimals());
  }

  ObjectNode order(PaperOrder order, boolean withTrades) {
    OrderTerms terms = order.terms();
    Pair pair = pairs.get(terms.pair());
    ObjectNode node = Json.object();
    node.put("refid", terms.parent());
    node.put("userref", terms.userref() == null ? Integer.valueOf(0) : terms.userref());
    if (terms.clientOrderId() != null) {
      node.put("cl_ord_id", terms.clientOrderId());
    }
    node.put("status", order.status().wireName());
    node.put("opentm", Json.seconds(order.openedAt()));
    node.set("starttm", seconds(terms.timing().startsAt()));
    node.set("expiretm", seconds(terms.timing().expiresAt()));
    node.set("descr", descr(pair, terms));
    node.put("vol", plain(terms.volume(), pair.lotDecimals()));
    node.put("vol_exec", plain(order.volumeExecuted(), pair.lotDecimals()));
    node.put("cost", plain(order.cost(), pair.costDecimals()));
    node.put("fee", plain(order.fee(), pair.costDecimals()));
    node.put("price", averagePrice(pair, order));
    OrderTrigger trigger = order.trigger();
    BigDecimal limit = trigger == null ? null : order.limit();
    node.put("stopprice", shown(pair, trigger == null ? null : trigger.price()));
    node.put("limitprice", shown(pair, limit));
    if (trigger != null) {
      node.put("trigger", trigger.byIndex() ? "index" : "last");
    }
    node.put("misc", misc(order));
    node.put("oflags", terms.flags().wireNames());
    if (terms.timing().inForce() != TimeInForce.GTC) {
      node.put("timeinforce", terms.timing().inForce().name());
    }
    if (order.amendedAt() != null) {
      node.put("amended", true);
    }
    if (withTrades && !order.trades().isEmpty()) {
      ArrayNode trades = node.putArray("trades");
      order.trades().forEach(trades::add);
    }
    node.put("reason", order.reason());
    if (order.closedAt() != null) {
      node.put("closetm", Json.seconds(order.closedAt()));
    }
    return node;
  }

  private static ObjectNode descr(Pair pair, OrderTerms terms) {
    ObjectNode descr = Json.object();
    descr.put("pair", pair.altname());
    descr.put("aclass", "forex");
    descr.put("type", terms.side().wireName());
    descr.put("ordertype", terms.orderType());
    descr.put("price", first(pair, terms));
    descr.put("price2", terms.trigger() == null ? "0" : second(pair, terms));
    descr.put("leverage", "none");
    descr.put("order", description(pair, terms));
    descr.put("close", terms.close() == null ? "" : terms.close().description());
    return descr;
  }

  ObjectNode trade(PaperTrade trade, OrderTerms terms) {
    Pair pair = pairs.get(terms.pair());
    ObjectNode node = Json.object();
    node.put("ordertxid", trade.txid());
    node.put("pair", pair.key());
    node.put("aclass", "forex");
    node.put("time", Json.seconds(trade.time()));
    node.put("type", terms.side().wireName());
    node.put("ordertype", terms.orderType());
    node.put("price", plain(trade.price(), shownPriceDecimals(pair)));
    node.put("cost", plain(trade.cost(), pair.costDecimals()));
    node.put("fee", plain(trade.fee(), pair.costDecimals()));
    node.put("vol", plain(trade.volume(), pair.lotDecimals()));
    node.put("margin", plain(BigDecimal.ZERO, 5));
    node.put("leverage", "0");
    node.put("misc", "");
    node.put("trade_id", trade.number());
    node.put("maker", trade.maker());
    return node;
  }

  private static String shown(Pair pair, @Nullable BigDecimal price) {
    return plain(price == null ? BigDecimal.ZERO : price, shownPriceDecimals(pair));
  }

  private static JsonNode seconds(@Nullable Instant time) {
    return time == null ? IntNode.valueOf(0) : DecimalNode.valueOf(Json.seconds(time));
  }

  private static String misc(PaperOrder order) {
    boolean partial = order.volumeExecuted().signum() > 0 && order.remaining().signum() > 0;
    boolean touched = order.trigger() != null && order.trigger().touched();
    String touch = order.terms().type().isStop() ? "stopped" : "touched";
    return partial && touched ? touch + ",partial" : partial ? "partial" : touched ? touch : "";
  }

  /** Of the fills' own prices: the cost is rounded, and on a small order that moves the price. */
  private String averagePrice(Pair pair, PaperOrder order) {
    int decimals = shownPriceDecimals(pair);
    if (order.volumeExecuted().signum() == 0) {
      return plain(BigDecimal.ZERO, decimals);
    }
    BigDecimal exactCost = BigDecimal.ZERO;
    for (String id : order.trades()) {
      PaperTrade trade = state.trade(id);
      exactCost = exactCost.add(trade.price().multiply(trade.volume()));
    }
    return exactCost.divide(order.volumeExecuted(), decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** Kraken writes prices in Ticker and of fills with five decimals at least. */
  static int shownPriceDecimals(Pair pair) {
    return Math.max(5, pair.priceDecimals());
  }

  /** Three decimals as in Kraken's books, more where the volume has more. */
  static String bookVolume(BigDecimal volume) {
    return plain(volume, Math.max(3, volume.stripTrailingZeros().scale()));
  }

  static String plain(BigDecimal amount, int decimals) {
    return amount.setScale(decimals, RoundingMode.DOWN).toPlainString();
  }
}
