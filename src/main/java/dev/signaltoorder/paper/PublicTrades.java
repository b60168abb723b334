package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The public call Trades: what was traded here, and always one trade at the last price: a market
 * without trades would have no price.
 */
final class PublicTrades {

  private static final int ROWS_MAX = 1_000;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private final Pairs pairs;
  private final MarketBoard board;
  private final ExchangeState state;

  PublicTrades(Pairs pairs, MarketBoard board, ExchangeState state) {
    this.pairs = pairs;
    this.board = board;
    this.state = state;
  }

  /** A row of the answer, oldest first. */
  private record Row(
      BigDecimal price,
      BigDecimal volume,
      Instant time,
      OrderSide taker,
      boolean market,
      long number) {}

  ObjectNode trades(Parameters parameters, Instant now) throws Refusal {
    Pair pair = pairs.require(parameters.get("pair"));
    BigDecimal since = parameters.decimal("since");
    BigDecimal from = since == null ? BigDecimal.ZERO : since;
    List<Row> rows = rows(pair, board.quote(pair), now);
    ArrayNode shown = Json.array();
    for (Row row : rows.subList(Math.max(0, rows.size() - ROWS_MAX), rows.size())) {
      if (nanos(row.time()).compareTo(from) > 0) {
        shown
            .addArray()
            .add(OrderRendering.plain(row.price(), OrderRendering.shownPriceDecimals(pair)))
            .add(OrderRendering.plain(row.volume(), pair.lotDecimals()))
            .add(Json.seconds(row.time()))
            .add(row.taker() == OrderSide.BUY ? "b" : "s")
            .add(row.market() ? "m" : "l")
            .add("")
            .add(row.number());
      }
    }
    ObjectNode result = Json.object();
    result.set(pair.key(), shown);
    return result.put("last", nanos(rows.getLast().time()).toBigInteger().toString());
  }

  private List<Row> rows(Pair pair, Quote quote, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (PaperTrade trade : state.trades()) {
      PaperOrder order = state.order(trade.txid());
      // A trade between two accounts is two fills here; the taker's is the public one.
      if (order != null && order.terms().pair().equals(pair.key()) && !trade.maker()) {
        boolean market = order.limit() == null;
        rows.add(
            new Row(
                trade.price(),
                trade.volume(),
                trade.time(),
                order.terms().side(),
                market,
                trade.number()));
      }
    }
    long next = state.trades().size() + 1L;
    rows.add(new Row(quote.last(), pair.orderMin(), now, OrderSide.SELL, true, next));
    return rows;
  }

  private static BigDecimal nanos(Instant time) {
    return Json.seconds(time).multiply(NANOS);
  }
}
