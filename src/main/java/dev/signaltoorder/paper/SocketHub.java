package dev.signaltoorder.paper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All open websocket connections. Used under the exchange's lock. */
final class SocketHub {

  private final List<SocketSession> sessions = new ArrayList<>();

  void add(SocketSession session) {
    sessions.add(session);
  }

  void remove(SocketSession session) {
    sessions.remove(session);
  }

  void publish(String systemStatus, List<ExchangeEvent> events, Instant now) {
    for (SocketSession session : List.copyOf(sessions)) {
      session.publish(systemStatus, events, now);
    }
  }
}
