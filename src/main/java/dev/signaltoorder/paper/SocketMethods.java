package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client may ask for over a websocket. */
final class SocketMethods {

  private final MarketBoard board;
  private final SocketChannels channels;
  private final SocketTrading trading;
  private long connections = 15_145_599_420_523L;

  SocketMethods(MarketBoard board, SocketChannels channels, SocketTrading trading) {
    this.board = board;
    this.channels = channels;
    this.trading = trading;
  }

  /** Pushed on connect and whenever the system's status changes. */
  ObjectNode status() {
    ObjectNode message = Json.object().put("channel", "status").put("type", "update");
    message
        .putArray("data")
        .addObject()
        .put("version", "2.0.10")
        .put("system", board.systemStatus())
        .put("api_version", "v2")
        .put("connection_id", ++connections);
    return message;
  }

  void handle(SocketSession session, ObjectNode request, Instant now) {
    JsonNode name = request.path("method");
    String method = name.isTextual() ? name.asText() : null;
    ObjectNode answer = SocketJson.answer(method, requestId(request), now, now);
    if (method == null) {
      session.send(SocketJson.failed(answer, "Malformed request"), now);
      return;
    }
    switch (method) {
      case "ping" -> session.send(answer.put("method", "pong"), now);
      case "subscribe" -> subscribe(session, request, now);
      case "unsubscribe" -> unsubscribe(session, request, now);
      default -> trading.handle(session, method, request, now);
    }
  }

  static @Nullable Long requestId(ObjectNode request) {
    JsonNode id = request.path("req_id");
    return id.isIntegralNumber() ? id.longValue() : null;
  }

  private void subscribe(SocketSession session, ObjectNode request, Instant now) {
    JsonNode params = request.path("params");
    for (String symbol : symbols(params)) {
      ObjectNode answer = SocketJson.answer("subscribe", requestId(request), now, now);
      try {
        SocketSubscription made = channels.open(session, params, symbol, now);
        if (session.subscription(made.channel(), made.symbol()) != null) {
          throw new Refusal("Already subscribed");
        }
        session.send(SocketJson.succeeded(answer, made.acknowledged()), now);
        made.snapshot(now).forEach(message -> session.send(message, now));
        session.add(made);
      } catch (Refusal refusal) {
        session.send(failed(answer, symbol, refusal), now);
      }
    }
  }

  private void unsubscribe(SocketSession session, ObjectNode request, Instant now) {
    JsonNode params = request.path("params");
    for (String symbol : symbols(params)) {
      ObjectNode answer = SocketJson.answer("unsubscribe", requestId(request), now, now);
      SocketSubscription known =
          session.subscription(params.path("channel").asText(), symbol.isEmpty() ? null : symbol);
      if (known == null) {
        session.send(failed(answer, symbol, new Refusal("Subscription Not Found")), now);
      } else {
        session.remove(known);
        session.send(SocketJson.succeeded(answer, known.acknowledged()), now);
      }
    }
  }

  private static ObjectNode failed(ObjectNode answer, String symbol, Refusal refusal) {
    if (!symbol.isEmpty()) {
      answer.put("symbol", symbol);
    }
    return SocketJson.failed(answer, refusal.error());
  }

  /** One empty name for a request without symbols. */
  private static List<String> symbols(JsonNode params) {
    JsonNode symbols = params.path("symbol");
    if (!symbols.isArray() || symbols.isEmpty()) {
      return List.of(symbols.asText(""));
    }
    List<String> names = new ArrayList<>();
    symbols.forEach(symbol -> names.add(symbol.asText()));
    return names;
  }
}
