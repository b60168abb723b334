package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trading over a websocket: requests are translated into the calls of REST. */
final class SocketTrading {

  /** Shorter than over REST (add_order reference). */
  private static final Duration DEADLINE_MIN = Duration.ofMillis(500);

  private final SocketChannels channels;
  private final PrivateCalls calls;

  SocketTrading(SocketChannels channels, PrivateCalls calls) {
    this.channels = channels;
    this.calls = calls;
  }

  void handle(SocketSession session, String method, ObjectNode request, Instant now) {
    JsonNode params = request.path("params");
    for (Call call : calls(method, params)) {
      ObjectNode answer = SocketJson.answer(method, SocketMethods.requestId(request), now, now);
      try {
        if (call.endpoint() == null) {
          throw new Refusal("Malformed request");
        }
        ApiKey key = channels.key(session, params, now);
        Map<String, String> fields =
            call.endpoint() == PrivateEndpoint.ADD_ORDER
                ? SocketOrder.fields(params, now)
                : call.fields();
        if (!call.endpoint().isAllowed(key)) {
          throw new Refusal("EGeneral:Permission denied");
        }
        ObjectNode result =
            calls.result(
                new PrivateCalls.Admitted(
                    key, call.endpoint(), Parameters.of(fields), now, DEADLINE_MIN),
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

  private static List<Call> calls(String method, JsonNode params) {
    return switch (method) {
      case "add_order" -> List.of(addOrder(params));
      case "cancel_order" -> cancelOrder(params);
      case "cancel_all" -> List.of(new Call(PrivateEndpoint.CANCEL_ALL, Map.of(), Map.of()));
      default -> List.of(new Call(null, Map.of(), Map.of()));
    };
  }

  private static Call addOrder(JsonNode params) {
    Map<String, String> echo = new LinkedHashMap<>();
    copy(params, "cl_ord_id", echo, "cl_ord_id");
    copy(params, "order_userref", echo, "order_userref");
    return new Call(PrivateEndpoint.ADD_ORDER, Map.of(), echo);
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
