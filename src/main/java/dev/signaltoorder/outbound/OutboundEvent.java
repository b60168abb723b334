package dev.signaltoorder.outbound;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Something to tell others, made from one committed fact.
 *
 * @param id the same whenever this fact is told, without "."
 * @param type its class, for example {@code halt} or {@code order.ended}
 * @param at when the fact was recorded
 * @param data what it says; no secret in it
 * @param text one line for people
 */
public record OutboundEvent(String id, String type, Instant at, ObjectNode data, String text) {

  /** Its payload as one line of JSON. */
  public String json() {
    return payload().toString();
  }

  /** As Standard Webhooks has it. */
  ObjectNode payload() {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("type", type);
    payload.put("timestamp", at.toString());
    payload.put("id", id);
    payload.set("data", data);
    return payload;
  }
}
