package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Channel {@code instrument}: all assets and pairs, and pairs again when their status changes. */
final class InstrumentChannel implements SocketSubscription {

  private final Pairs pairs;
  private final MarketBoard board;
  private final boolean wantsSnapshot;
  private final Map<String, String> statuses = new HashMap<>();

  InstrumentChannel(Pairs pairs, MarketBoard board, boolean wantsSnapshot) {
    this.pairs = pairs;
    this.board = board;
    this.wantsSnapshot = wantsSnapshot;
  }

  @Override
  public String channel() {
    return "instrument";
  }

  @Override
  public @Nullable String symbol() {
    return null;
  }

  @Override
  public ObjectNode acknowledged() {
    return Json.object().put("channel", channel()).put("snapshot", wantsSnapshot);
  }

  @Override
  public List<ObjectNode> snapshot(Instant now) {
    ObjectNode message = message("snapshot");
    ObjectNode data = message.putObject("data");
    ArrayNode assets = data.putArray("assets");
    pairs.assets().forEach(asset -> assets.add(asset(asset)));
    ArrayNode all = data.putArray("pairs");
    for (Pair pair : pairs.all()) {
      statuses.put(pair.key(), board.pairStatus(pair));
      all.add(pair(pair));
    }
    return wantsSnapshot ? List.of(message) : List.of();
  }

  @Override
  public List<ObjectNode> updates(List<ExchangeEvent> events, Instant now) {
    ArrayNode changed = Json.array();
    for (Pair pair : pairs.all()) {
      String status = board.pairStatus(pair);
      if (!status.equals(statuses.put(pair.key(), status))) {
        changed.add(pair(pair));
      }
    }
    if (changed.isEmpty()) {
      return List.of();
    }
    ObjectNode message = message("update");
    ObjectNode data = message.putObject("data");
    data.putArray("assets");
    data.set("pairs", changed);
    return List.of(message);
  }

  private ObjectNode message(String type) {
    return Json.object().put("channel", channel()).put("type", type);
  }

  private static ObjectNode asset(Asset asset) {
    return Json.object()
        .put("id", asset.symbol())
        .put("status", "enabled")
        .put("precision", asset.decimals())
        .put("precision_display", asset.displayDecimals())
        .put("multiplier", 1)
        .put("borrowable", false)
        .put("collateral_value", new BigDecimal("0.0"))
        .put("margin_rate", new BigDecimal("0.000000"));
  }

  private ObjectNode pair(Pair pair) {
    return Json.object()
        .put("symbol", pair.symbol())
        .put("base", pair.base().symbol())
        .put("quote", pair.quote().symbol())
        .put("status", board.pairStatus(pair))
        .put("qty_precision", pair.lotDecimals())
        .put("qty_increment", BigDecimal.ONE.movePointLeft(pair.lotDecimals()))
        .put("price_precision", pair.priceDecimals())
        .put("cost_precision", pair.costDecimals())
        .put("marginable", false)
        .put("has_index", true)
        .put("cost_min", pair.costMin())
        .put("tick_size", pair.tickSize())
        .put("price_increment", pair.tickSize())
        .put("qty_min", board.orderMin(pair));
  }
}
