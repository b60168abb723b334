package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The public calls. */
final class PublicQueries {

  /** Kraken's own form: "Sat, 8 Feb 14 05:04:36 +0000". */
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.ofPattern("EEE, ppd MMM yy HH:mm:ss xx", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** 30-day volume in dollars, taker percent, maker percent. */
  private static final String[][] FEE_SCHEDULE = {
    {"0", "0.40", "0.25"},
    {"10000", "0.35", "0.20"},
    {"50000", "0.24", "0.14"},
    {"100000", "0.22", "0.12"},
    {"250000", "0.20", "0.10"},
    {"500000", "0.18", "0.08"},
    {"1000000", "0.16", "0.06"},
    {"2500000", "0.14", "0.04"},
    {"5000000", "0.12", "0.02"},
    {"10000000", "0.10", "0.00"},
  };

  static final Set<String> ENDPOINTS =
      Set.of("Time", "SystemStatus", "Assets", "AssetPairs", "Ticker", "Depth", "Trades");

  private final Pairs pairs;
  private final MarketBoard board;
  private final PublicTrades trades;

  PublicQueries(Pairs pairs, MarketBoard board, PublicTrades trades) {
    this.trades = trades;
    this.pairs = pairs;
    this.board = board;
  }

  ObjectNode answer(String endpoint, Parameters parameters, Instant now) throws Refusal {
    return switch (endpoint) {
      case "Time" -> time(now);
      case "SystemStatus" -> systemStatus(now);
      case "Assets" -> assets(parameters);
      case "AssetPairs" -> assetPairs(parameters);
      case "Ticker" -> ticker(parameters);
      case "Depth" -> depth(parameters, now);
      case "Trades" -> trades.trades(parameters, now);
      default -> throw new Refusal("EGeneral:Unknown method");
    };
  }

  private static ObjectNode time(Instant now) {
    return Json.object().put("unixtime", now.getEpochSecond()).put("rfc1123", RFC_1123.format(now));
  }

  private ObjectNode systemStatus(Instant now) {
    return Json.object()
        .put("status", board.systemStatus())
        .put("timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private ObjectNode assets(Parameters parameters) throws Refusal {
    ObjectNode result = Json.object();
    String wanted = parameters.get("asset");
    if (wanted == null) {
      pairs.assets().forEach(asset -> result.set(asset.id(), asset(asset)));
      return result;
    }
    for (String name : wanted.split(",", -1)) {
      Asset asset = pairs.asset(name.strip());
      if (asset == null) {
        throw new Refusal("EQuery:Unknown asset");
      }
      result.set(asset.id(), asset(asset));
    }
    return result;
  }

  private static ObjectNode asset(Asset asset) {
    return Json.object()
        .put("aclass", "currency")
        .put("altname", asset.altname())
        .put("decimals", asset.decimals())
        .put("display_decimals", asset.displayDecimals())
        .put("status", "enabled");
  }

  private ObjectNode assetPairs(Parameters parameters) throws Refusal {
    ObjectNode result = Json.object();
    for (Pair pair : pairs.list(parameters.get("pair"))) {
      result.set(pair.key(), assetPair(pair));
    }
    return result;
  }

  private ObjectNode assetPair(Pair pair) {
    ObjectNode node = Json.object();
    node.put("altname", pair.altname());
    node.put("wsname", pair.wsname());
    node.put("aclass_base", "currency");
    node.put("base", pair.base().id());
    node.put("aclass_quote", "currency");
    node.put("quote", pair.quote().id());
    node.put("execution_venue", "international");
    node.put("lot", "unit");
    node.put("cost_decimals", pair.costDecimals());
    node.put("pair_decimals", pair.priceDecimals());
    node.put("lot_decimals", pair.lotDecimals());
    node.put("lot_multiplier", 1);
    node.putArray("leverage_buy");
    node.putArray("leverage_sell");
    ArrayNode fees = node.putArray("fees");
    ArrayNode makerFees = node.putArray("fees_maker");
    for (String[] tier : FEE_SCHEDULE) {
      long volume = Long.parseLong(tier[0]);
      fees.addArray().add(volume).add(new BigDecimal(tier[1]));
      makerFees.addArray().add(volume).add(new BigDecimal(tier[2]));
    }
    node.put("fee_volume_currency", "ZUSD");
    node.put("margin_call", 80);
    node.put("margin_stop", 40);
    node.put("ordermin", board.orderMin(pair).toPlainString());
    node.put("costmin", pair.costMin().toPlainString());
    node.put("tick_size", pair.tickSize().toPlainString());
    node.put("status", board.pairStatus(pair));
    return node;
  }

  private ObjectNode ticker(Parameters parameters) throws Refusal {
    ObjectNode result = Json.object();
    for (Pair pair : pairs.list(parameters.get("pair"))) {
      result.set(pair.key(), ticker(pair, board.quote(pair)));
    }
    return result;
  }

  private ObjectNode ticker(Pair pair, Quote quote) {
    DayRange day = board.dayRange(pair, quote);
    String volume = OrderRendering.plain(day.volume(), pair.lotDecimals());
    ObjectNode node = Json.object();
    node.set("a", best(pair, quote, OrderSide.BUY));
    node.set("b", best(pair, quote, OrderSide.SELL));
    node.putArray("c").add(price(pair, quote.last())).add("0.01000000");
    node.putArray("v").add(volume).add(volume);
    node.putArray("p").add(price(pair, quote.last())).add(price(pair, quote.last()));
    node.putArray("t").add(10_000).add(20_000);
    node.putArray("l").add(price(pair, day.low())).add(price(pair, day.low()));
    node.putArray("h").add(price(pair, day.high())).add(price(pair, day.high()));
    node.put("o", price(pair, day.open()));
    return node;
  }

  private ArrayNode best(Pair pair, Quote quote, OrderSide taker) {
    List<Depth.Level> levels = board.levels(pair, quote, taker, 1);
    BigDecimal volume = levels.isEmpty() ? BigDecimal.ZERO : levels.getFirst().volume();
    BigDecimal best = levels.isEmpty() ? quote.opposite(taker) : levels.getFirst().price();
    return Json.array()
        .add(price(pair, best))
        .add(volume.setScale(0, RoundingMode.UP).toPlainString())
        .add(OrderRendering.bookVolume(volume));
  }

  private ObjectNode depth(Parameters parameters, Instant now) throws Refusal {
    Pair pair = pairs.require(parameters.get("pair"));
    Integer asked = parameters.integer("count");
    int count = asked == null ? 100 : asked;
    if (count < 1 || count > Depth.LEVELS_MAX) {
      throw Refusal.invalidArgument("count");
    }
    Quote quote = board.quote(pair);
    ObjectNode result = Json.object();
    ObjectNode book = result.putObject(pair.key());
    book.set("asks", levels(pair, board.levels(pair, quote, OrderSide.BUY, count), now));
    book.set("bids", levels(pair, board.levels(pair, quote, OrderSide.SELL, count), now));
    return result;
  }

  private static ArrayNode levels(Pair pair, List<Depth.Level> levels, Instant now) {
    ArrayNode rows = Json.array();
    for (Depth.Level level : levels) {
      rows.addArray()
          .add(price(pair, level.price()))
          .add(OrderRendering.bookVolume(level.volume()))
          .add(now.getEpochSecond());
    }
    return rows;
  }

  private static String price(Pair pair, BigDecimal price) {
    return OrderRendering.plain(price, OrderRendering.shownPriceDecimals(pair));
  }
}
