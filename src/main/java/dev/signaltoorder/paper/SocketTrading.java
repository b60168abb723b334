package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trading over a websocket: requests are translated into the calls of REST. */
final class SocketTrading {

  /** Kraken's own deadline for an order that names none (add_order reference). */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final SocketChannels channels;
  private final PrivateCalls calls;

  SocketTrading(SocketChannels channels, PrivateCalls calls) {
    this.channels = channels;
    this.calls = calls;
  }

  void handle(SocketSession session, String method, ObjectNode request, Instant now) {
    JsonNode params = request.path("params");
    for (Call call : calls(method, params, now)) {
      ObjectNode answer = SocketJson.answer(method, SocketMethods.requestId(request), now, now);
      try {
        if (call.endpoint() == null) {
          throw new Refusal("Malformed request");
        }
        ApiKey key = channels.key(session, params, now);
        if (!call.endpoint().isAllowed(key)) {
          throw new Refusal("EGeneral:Permission denied");
        }
        ObjectNode result =
            calls.result(
                new PrivateCalls.Admitted(key, call.endpoint(), Parameters.of(call.fields()), now),
                Duration.ZERO,
                now);
        session.send(SocketJson.succeeded(answer, shown(call, result)), now);
      } catch (Refusal refusal) {
        session.send(SocketJson.failed(answer, refusal.error()), now);
      }
    }
  }

  /**
   * @param endpoint null for a method that does not exist
   * @param echo what the answer names the order by
   */
  private record Call(
      @Nullable PrivateEndpoint endpoint, Map<String, String> fields, Map<String, String> echo) {}

  private static List<Call> calls(String method, JsonNode params, Instant now) {
    return switch (method) {
      case "add_order" -> List.of(addOrder(params, now));
      case "cancel_order" -> cancelOrder(params);
      case "cancel_all" -> List.of(new Call(PrivateEndpoint.CANCEL_ALL, Map.of(), Map.of()));
      default -> List.of(new Call(null, Map.of(), Map.of()));
    };
  }

  private static Call addOrder(JsonNode params, Instant now) {
    Map<String, String> fields = new LinkedHashMap<>();
    copy(params, "symbol", fields, "pair");
    copy(params, "side", fields, "type");
    copy(params, "order_type", fields, "ordertype");
    copy(params, "order_qty", fields, "volume");
    copy(params, "limit_price", fields, "price");
    copy(params, "cl_ord_id", fields, "cl_ord_id");
    copy(params, "order_userref", fields, "userref");
    copy(params, "validate", fields, "validate");
    copy(params, "reduce_only", fields, "reduce_only");
    copy(params, "time_in_force", fields, "timeinforce");
    fields.computeIfPresent("timeinforce", (name, value) -> value.toUpperCase(Locale.ROOT));
    copy(params, "deadline", fields, "deadline");
    fields.putIfAbsent("deadline", now.plus(DEADLINE).toString());
    if (params.path("post_only").asBoolean()) {
      fields.put("oflags", "post");
    }
    Map<String, String> echo = new LinkedHashMap<>();
    copy(params, "cl_ord_id", echo, "cl_ord_id");
    copy(params, "order_userref", echo, "order_userref");
    return new Call(PrivateEndpoint.ADD_ORDER, fields, echo);
  }

  /** One call, and so one answer, for each order named. */
  private static List<Call> cancelOrder(JsonNode params) {
    List<Call> calls = new ArrayList<>();
    params.path("order_id").forEach(id -> calls.add(cancel("txid", "order_id", id)));
    params.path("cl_ord_id").forEach(id -> calls.add(cancel("cl_ord_id", "cl_ord_id", id)));
    params.path("order_userref").forEach(id -> calls.add(cancel("txid", "order_userref", id)));
    return calls.isEmpty() ? List.of(new Call(null, Map.of(), Map.of())) : calls;
  }

  private static Call cancel(String field, String echoed, JsonNode id) {
    return new Call(
        PrivateEndpoint.CANCEL_ORDER, Map.of(field, id.asText()), Map.of(echoed, id.asText()));
  }

  private static void copy(JsonNode from, String name, Map<String, String> to, String as) {
    JsonNode value = from.path(name);
    if (!value.isMissingNode() && !value.isNull()) {
      to.put(as, Parameters.text(value));
    }
  }

  /** A websocket answer has one {@code order_id}, empty for an order that was only validated. */
  private static ObjectNode shown(Call call, ObjectNode result) {
    ObjectNode shown = Json.object();
    if (call.endpoint() == PrivateEndpoint.ADD_ORDER) {
      shown.put("order_id", result.path("txid").path(0).asText(""));
    } else if (call.endpoint() == PrivateEndpoint.CANCEL_ALL) {
      return result;
    }
    call.echo()
        .forEach(
            (name, value) -> {
              if (name.equals("order_userref")) {
                shown.put(name, Integer.parseInt(value));
              } else {
                shown.put(name, value);
              }
            });
    return shown;
  }
}
