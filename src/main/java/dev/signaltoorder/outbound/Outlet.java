package dev.signaltoorder.outbound;

import java.util.Set;

/**
 * One receiver.
 *
 * @param name unique: "notifications." or "feed." and the configured name
 * @param type slack, telegram, email or webhook
 * @param events types of events that it wants
 * @param forPeople a flood is cut short
 */
record Outlet(
    String name,
    String type,
    Translator translator,
    Set<String> events,
    Sending sending,
    Pauses pauses,
    boolean forPeople) {

  boolean wants(OutboundEvent event) {
    return events.contains(event.type());
  }
}
