package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One websocket connection: what it subscribed to and what it is told. Used under the lock. */
final class SocketSession {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);

  private final SocketMethods methods;
  private final boolean isPrivate;
  private final Consumer<ObjectNode> outlet;
  private final List<SocketSubscription> subscriptions = new ArrayList<>();
  private final Map<String, ApiKey> proven = new HashMap<>();
  private Instant lastHeard;
  private Instant lastSent;
  private String systemStatus = "";

  /**
   * @param outlet takes each message at once, without blocking
   */
  SocketSession(
      SocketMethods methods, boolean isPrivate, Consumer<ObjectNode> outlet, Instant now) {
    this.methods = methods;
    this.isPrivate = isPrivate;
    this.outlet = outlet;
    this.lastHeard = now;
    this.lastSent = now;
  }

  boolean isPrivate() {
    return isPrivate;
  }

  /** Handles one message of the client. */
  void receive(String text, Instant now) {
    lastHeard = now;
    ObjectNode request = request(text);
    if (request == null) {
      send(SocketJson.failed(SocketJson.answer(null, null, now, now), "Malformed request"), now);
      return;
    }
    methods.handle(this, request, now);
  }

  private static @Nullable ObjectNode request(String text) {
    try {
      JsonNode read = Json.read(text.getBytes(StandardCharsets.UTF_8));
      return read instanceof ObjectNode object ? object : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Tells what happened, and that the connection is alive when nothing did. */
  void publish(String status, List<ExchangeEvent> events, Instant now) {
    if (!status.equals(systemStatus)) {
      systemStatus = status;
      send(methods.status(), now);
    }
    for (SocketSubscription subscription : List.copyOf(subscriptions)) {
      subscription.updates(events, now).forEach(message -> send(message, now));
    }
    if (!subscriptions.isEmpty() && !now.isBefore(lastSent.plus(HEARTBEAT))) {
      send(Json.object().put("channel", "heartbeat"), now);
    }
  }

  /** Kraken closes a connection that neither subscribes nor pings. */
  boolean isIdle(Instant now) {
    return subscriptions.isEmpty() && now.isAfter(lastHeard.plus(IDLE_MAX));
  }

  void send(ObjectNode message, Instant now) {
    lastSent = now;
    outlet.accept(message);
  }

  @Nullable SocketSubscription subscription(String channel, @Nullable String symbol) {
    for (SocketSubscription known : subscriptions) {
      if (known.channel().equals(channel) && Objects.equals(known.symbol(), symbol)) {
        return known;
      }
    }
    return null;
  }

  /** A token that was good once on this connection stays good on it. */
  @Nullable ApiKey provenBy(String token) {
    return proven.get(token);
  }

  void prove(String token, ApiKey key) {
    proven.put(token, key);
  }

  void add(SocketSubscription subscription) {
    subscriptions.add(subscription);
  }

  void remove(SocketSubscription subscription) {
    subscriptions.remove(subscription);
  }
}
