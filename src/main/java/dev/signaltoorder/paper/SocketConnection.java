package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection's way out: messages go to the client in order, or wrong as the switches say. */
final class SocketConnection {

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final SocketFaults faults;
  private final Clock clock;
  private final List<String> heldBack = new ArrayList<>();
  private @Nullable Instant silentUntil;

  SocketConnection(Vertx vertx, ServerWebSocket socket, SocketFaults faults, Clock clock) {
    this.vertx = vertx;
    this.socket = socket;
    this.faults = faults;
    this.clock = clock;
  }

  /** Called under the exchange's lock, so in one order; never blocks. */
  void send(ObjectNode message) {
    if (isSilent()) {
      return;
    }
    String channel = message.path("channel").asText();
    SocketFault fault = channel.isEmpty() || channel.equals("status") ? null : faults.take(channel);
    if (fault == null) {
      write(text(message));
      return;
    }
    switch (fault.kind()) {
      case DROP -> {}
      case DUPLICATE -> {
        write(text(message));
        write(text(message));
      }
      case REORDER -> heldBack.add(text(message));
      case CORRUPT -> write(corrupted(message));
      case DELAY -> {
        String late = text(message);
        vertx.setTimer(Math.max(1, fault.time().toMillis()), timer -> writeNow(late));
      }
      case DISCONNECT -> cut();
      case SILENCE -> silentUntil = clock.instant().plus(fault.time());
    }
  }

  private boolean isSilent() {
    Instant until = silentUntil;
    return until != null && clock.instant().isBefore(until);
  }

  /** What was held back follows the first message after it. */
  private void write(String text) {
    writeNow(text);
    List<String> late = List.copyOf(heldBack);
    heldBack.clear();
    late.forEach(this::writeNow);
  }

  private void writeNow(String text) {
    if (!socket.isClosed()) {
      var unused = socket.writeTextMessage(text);
    }
  }

  /** Without a closing handshake, as a broken line. */
  void cut() {
    vertx.runOnContext(nothing -> socket.close((short) 1011));
  }

  private static String text(ObjectNode message) {
    return new String(Json.bytes(message), StandardCharsets.UTF_8);
  }

  private static String corrupted(ObjectNode message) {
    if (message.path("channel").asText().equals("book")
        && message.path("data") instanceof ArrayNode data
        && data.path(0) instanceof ObjectNode book) {
      ObjectNode wrong = book.deepCopy();
      wrong.put("checksum", (book.path("checksum").longValue() + 1) % (1L << 32));
      ObjectNode copy = message.deepCopy();
      copy.putArray("data").add(wrong);
      return text(copy);
    }
    String whole = text(message);
    return whole.substring(0, whole.length() / 2);
  }
}
