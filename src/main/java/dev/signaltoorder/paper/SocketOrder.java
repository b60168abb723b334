package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates {@code add_order} of the websocket into AddOrder's parameters. */
final class SocketOrder {

  /** Kraken's own deadline for an order that names none (add_order reference). */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("symbol", "pair"),
          Map.entry("side", "type"),
          Map.entry("order_type", "ordertype"),
          Map.entry("order_qty", "volume"),
          Map.entry("cl_ord_id", "cl_ord_id"),
          Map.entry("order_userref", "userref"),
          Map.entry("validate", "validate"),
          Map.entry("reduce_only", "reduce_only"),
          Map.entry("time_in_force", "timeinforce"),
          Map.entry("display_qty", "displayvol"),
          Map.entry("stp_type", "stptype"),
          Map.entry("deadline", "deadline"));

  /**
   * What was read above or below; anything else is refused: to ignore it would be another order.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "token",
          "limit_price",
          "limit_price_type",
          "triggers",
          "conditional",
          "cash_order_qty",
          "expire_time",
          "effective_time",
          "post_only",
          "margin",
          "fee_preference",
          "no_mpp",
          "sender_sub_id");

  private SocketOrder() {}

  static Map<String, String> fields(JsonNode params, Instant now) throws Refusal {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> given : params.properties()) {
      String as = SAME.get(given.getKey());
      if (as != null) {
        fields.put(as, Parameters.text(given.getValue()));
      } else if (!KNOWN.contains(given.getKey())) {
        throw Refusal.invalidArgument(given.getKey());
      }
    }
    fields.computeIfPresent("timeinforce", (name, value) -> value.toUpperCase(Locale.ROOT));
    fields.putIfAbsent("deadline", now.plus(DEADLINE).toString());
    prices(params, fields);
    conditional(params.path("conditional"), fields);
    time(params, "expire_time", fields, "expiretm");
    time(params, "effective_time", fields, "starttm");
    flags(params, fields);
    if (params.path("margin").asBoolean()) {
      fields.put("leverage", "2");
    }
    return fields;
  }

  private static void prices(JsonNode params, Map<String, String> fields) {
    String limit = price(params, "limit_price", "limit_price_type");
    JsonNode triggers = params.path("triggers");
    String trigger = price(triggers, "price", "price_type");
    if (trigger != null) {
      fields.put("price", trigger);
      if (limit != null) {
        fields.put("price2", limit);
      }
    } else if (limit != null) {
      fields.put("price", limit);
    }
    if (triggers.has("reference")) {
      fields.put("trigger", triggers.path("reference").asText());
    }
  }

  private static void conditional(JsonNode close, Map<String, String> fields) {
    if (!close.isObject()) {
      return;
    }
    fields.put("close[ordertype]", close.path("order_type").asText());
    String limit = price(close, "limit_price", "limit_price_type");
    String trigger = price(close, "trigger_price", "trigger_price_type");
    if (trigger != null) {
      fields.put("close[price]", trigger);
      if (limit != null) {
        fields.put("close[price2]", limit);
      }
    } else if (limit != null) {
      fields.put("close[price]", limit);
    }
  }

  /** {@code pct} and {@code quote} are offsets with a sign; {@code static} is a price. */
  private static @Nullable String price(JsonNode node, String name, String typeName) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String text = Parameters.text(value);
    String signed = text.startsWith("-") || text.startsWith("+") ? text : "+" + text;
    return switch (node.path(typeName).asText("static")) {
      case "pct" -> signed + "%";
      case "quote" -> signed;
      default -> text;
    };
  }

  private static void time(JsonNode params, String name, Map<String, String> fields, String as)
      throws Refusal {
    if (!params.has(name)) {
      return;
    }
    try {
      Instant time = OffsetDateTime.parse(params.path(name).asText()).toInstant();
      fields.put(as, Long.toString(time.getEpochSecond()));
    } catch (DateTimeParseException e) {
      throw Refusal.invalidArgument(name);
    }
  }

  private static void flags(JsonNode params, Map<String, String> fields) {
    Set<String> flags = new LinkedHashSet<>();
    if (params.path("post_only").asBoolean()) {
      flags.add("post");
    }
    if (params.has("fee_preference")) {
      flags.add(params.path("fee_preference").asText());
    }
    if (params.has("cash_order_qty")) {
      flags.add("viqc");
      fields.put("volume", Parameters.text(params.path("cash_order_qty")));
    }
    if (!flags.isEmpty()) {
      fields.put("oflags", String.join(",", flags));
    }
  }
}
