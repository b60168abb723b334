package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Orders and fills as Kraken writes them: times as numbers, amounts as strings. */
final class OrderRendering {

  private final Pairs pairs;
  private final ExchangeState state;

  OrderRendering(Pairs pairs, ExchangeState state) {
    this.pairs = pairs;
    this.state = state;
  }

  /** "buy 0.10000000 XBTUSD @ limit 67350.0". */
  static String description(Pair pair, OrderTerms terms) {
    BigDecimal limit = terms.price();
    return terms.side().wireName()
        + " "
        + plain(terms.volume(), pair.lotDecimals())
        + " "
        + pair.altname()
        + " @ "
        + (limit == null ? "market" : "limit " + plain(limit, pair.priceDecimals()));
  }

  ObjectNode order(PaperOrder order, boolean withTrades) {
    OrderTerms terms = order.terms();
    Pair pair = pairs.get(terms.pair());
    ObjectNode node = Json.object();
    node.putNull("refid");
    node.put("userref", terms.userref() == null ? Integer.valueOf(0) : terms.userref());
    if (terms.clientOrderId() != null) {
      node.put("cl_ord_id", terms.clientOrderId());
    }
    node.put("status", order.status().wireName());
    node.put("opentm", Json.seconds(order.openedAt()));
    node.put("starttm", 0);
    node.put("expiretm", 0);
    node.set("descr", descr(pair, terms));
    node.put("vol", plain(terms.volume(), pair.lotDecimals()));
    node.put("vol_exec", plain(order.volumeExecuted(), pair.lotDecimals()));
    node.put("cost", plain(order.cost(), pair.costDecimals()));
    node.put("fee", plain(order.fee(), pair.costDecimals()));
    node.put("price", averagePrice(pair, order));
    node.put("stopprice", plain(BigDecimal.ZERO, shownPriceDecimals(pair)));
    node.put("limitprice", plain(BigDecimal.ZERO, shownPriceDecimals(pair)));
    node.put("misc", isPartial(order) ? "partial" : "");
    node.put("oflags", terms.postOnly() ? "post,fciq" : "fciq");
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
    BigDecimal limit = terms.price();
    ObjectNode descr = Json.object();
    descr.put("pair", pair.altname());
    descr.put("aclass", "forex");
    descr.put("type", terms.side().wireName());
    descr.put("ordertype", terms.orderType());
    descr.put("price", limit == null ? "0" : plain(limit, pair.priceDecimals()));
    descr.put("price2", "0");
    descr.put("leverage", "none");
    descr.put("order", description(pair, terms));
    descr.put("close", "");
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

  private static boolean isPartial(PaperOrder order) {
    return order.volumeExecuted().signum() > 0 && order.remaining().signum() > 0;
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
