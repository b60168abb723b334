package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the results of the calls that the account's loop does not need for placing orders (Kraken
 * REST reference). Strict where money stands, tolerant of what is missing elsewhere.
 */
final class MoreResults {

  private MoreResults() {}

  @FunctionalInterface
  private interface Reader<T> {
    T read(String key, JsonNode value) throws UnreadableAnswerException;
  }

  private static <T> Map<String, T> map(JsonNode map, String what, Reader<T> reader)
      throws UnreadableAnswerException {
    if (!map.isObject()) {
      throw new UnreadableAnswerException("no map of " + what);
    }
    Map<String, T> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      read.put(entry.getKey(), reader.read(entry.getKey(), entry.getValue()));
    }
    return Collections.unmodifiableMap(read);
  }

  /** Balance: total by asset id, with what is held by orders. */
  static Map<String, BigDecimal> plainBalances(JsonNode result) throws UnreadableAnswerException {
    Map<String, BigDecimal> balances = new LinkedHashMap<>();
    Fields row = Fields.of(result, "the map of balances");
    for (Map.Entry<String, JsonNode> entry : result.properties()) {
      balances.put(entry.getKey(), row.decimal(entry.getKey()));
    }
    return Collections.unmodifiableMap(balances);
  }

  /** Assets by asset id. */
  static Map<String, AssetInfo> assets(JsonNode result) throws UnreadableAnswerException {
    return map(
        result,
        "assets",
        (id, node) -> {
          Fields asset = Fields.of(node, "an asset");
          return new AssetInfo(
              asset.text("altname"),
              asset.count("decimals"),
              asset.count("display_decimals"),
              asset.optionalText("status"),
              asset.has("collateral_value") ? asset.decimal("collateral_value") : null);
        });
  }

  static Instant time(JsonNode result) throws UnreadableAnswerException {
    return Fields.of(result, "the time").time("unixtime");
  }

  static FeeRates feeRates(JsonNode result) throws UnreadableAnswerException {
    Fields volume = Fields.of(result, "the trade volume");
    return new FeeRates(
        volume.text("currency"),
        volume.notNegative("volume"),
        percentages(result.path("fees")),
        percentages(result.path("fees_maker")));
  }

  /** Kraken leaves the map out when no pair was asked for. */
  private static Map<String, BigDecimal> percentages(JsonNode fees)
      throws UnreadableAnswerException {
    if (fees.isMissingNode() || fees.isNull()) {
      return Map.of();
    }
    // Not bounded below: makers may be paid.
    return map(fees, "fees", (pair, node) -> Fields.of(node, "a fee").decimal("fee"));
  }

  /** TradesHistory. */
  static TradesPage trades(JsonNode result) throws UnreadableAnswerException {
    Fields page = Fields.of(result, "the trades");
    return new TradesPage(
        fills(result.path("trades")), page.has("count") ? (Integer) page.count("count") : null);
  }

  /** Fills by their ids, as QueryTrades shows them too. */
  static Map<String, TradeFill> fills(JsonNode map) throws UnreadableAnswerException {
    return map(map, "trades", MoreResults::fill);
  }

  private static TradeFill fill(String txid, JsonNode node) throws UnreadableAnswerException {
    Fields fill = Fields.of(node, "a trade");
    JsonNode maker = node.path("maker");
    return new TradeFill(
        txid,
        fill.text("ordertxid"),
        fill.text("pair"),
        side(fill.text("type")),
        fill.text("ordertype"),
        fill.time("time"),
        fill.notNegative("price"),
        fill.notNegative("cost"),
        fill.decimal("fee"),
        fill.notNegative("vol"),
        maker.isBoolean() ? (Boolean) maker.booleanValue() : null);
  }

  private static OrderSide side(String text) throws UnreadableAnswerException {
    try {
      return OrderSide.of(text);
    } catch (IllegalArgumentException e) {
      throw new UnreadableAnswerException("a trade is neither buy nor sell");
    }
  }

  static String amendId(JsonNode result) throws UnreadableAnswerException {
    return Fields.of(result, "the amendment").text("amend_id");
  }

  static CancelAllTimer cancelAllTimer(JsonNode result) throws UnreadableAnswerException {
    Fields timer = Fields.of(result, "the timer");
    Instant now = instant("currentTime", timer.text("currentTime"));
    if (now == null) {
      throw new UnreadableAnswerException("currentTime is missing");
    }
    return new CancelAllTimer(now, instant("triggerTime", timer.text("triggerTime")));
  }

  /** Null for "0", which Kraken writes when the timer is off. */
  private static @Nullable Instant instant(String name, String text)
      throws UnreadableAnswerException {
    if (text.equals("0")) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnreadableAnswerException(name + " is no time");
    }
  }
}
