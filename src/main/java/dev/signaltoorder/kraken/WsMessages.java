package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Requests and common fields of the websocket protocol v2. */
final class WsMessages {

  static final String PING = "{\"method\":\"ping\"}";

  private WsMessages() {}

  static String instruments(String method) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("channel", "instrument").put("snapshot", true);
    return request(method, params);
  }

  /** Best prices: sent when they change, not only on trades. */
  static String ticker(String method, Collection<String> symbols) {
    ObjectNode params = symbols("ticker", symbols).put("event_trigger", "bbo");
    return request(method, params);
  }

  static String book(String method, int depth, Collection<String> symbols) {
    return request(method, symbols("book", symbols).put("depth", depth));
  }

  /** Own orders and fills, with all open orders and the latest fills as a snapshot. */
  static String executions(String token) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params
        .put("channel", "executions")
        .put("token", token)
        .put("snap_orders", true)
        .put("snap_trades", true)
        .put("order_status", true)
        .put("ratecounter", true);
    return request("subscribe", params);
  }

  static String noExecutions(String token) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("channel", "executions").put("token", token);
    return request("unsubscribe", params);
  }

  private static ObjectNode symbols(String channel, Collection<String> symbols) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("channel", channel);
    symbols.forEach(params.putArray("symbol")::add);
    return params;
  }

  private static String request(String method, ObjectNode params) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("method", method).set("params", params);
    return new String(KrakenJson.write(request), StandardCharsets.UTF_8);
  }

  /** The message as an object. */
  static JsonNode read(byte[] raw) throws UnreadableAnswerException {
    JsonNode message = KrakenJson.read(raw);
    if (!message.isObject()) {
      throw new UnreadableAnswerException("the message is not an object");
    }
    return message;
  }

  /** The moment Kraken made the message, cut to microseconds; null if it does not say. */
  static @Nullable Instant madeAt(JsonNode data) throws UnreadableAnswerException {
    String text = Fields.of(data, "the data").optionalText("timestamp");
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException e) {
      throw new UnreadableAnswerException("the timestamp is none");
    }
  }

  /**
   * The moment a message speaks of; null if it does not say. Never later than its arrival, whatever
   * our clock shows: a price may seem older than it is, but not younger.
   */
  static @Nullable Instant asOf(JsonNode data, FeedTime received) throws UnreadableAnswerException {
    Instant made = madeAt(data);
    return made != null && made.isAfter(received.at()) ? received.at() : made;
  }
}
