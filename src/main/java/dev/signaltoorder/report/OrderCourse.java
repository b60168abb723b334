package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * The states that orders went through, and their fills. Kraken tells how much of an order has been
 * executed so far; a fill here is what was added from one telling to the next, so it can sum up
 * several trades.
 */
final class OrderCourse {
  private final ArrayNode states = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode fills = JsonNodeFactory.instance.arrayNode();
  private final Map<String, Executed> executed = new HashMap<>();

  private record Executed(BigDecimal volume, BigDecimal cost, BigDecimal fee) {
    private static final Executed NOTHING =
        new Executed(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  ArrayNode states() {
    return states;
  }

  ArrayNode fills() {
    return fills;
  }

  /** Takes what is about an order and passes over everything else. */
  void add(StoryFact fact) {
    JsonNode body = fact.body();
    switch (fact.kind()) {
      case "order-intended" -> state(fact, "INTENDED", "");
      case "order-placed" ->
          state(fact, "OPEN", body.path("how").asText() + " " + body.path("txid").asText());
      case "order-refused" -> state(fact, "REFUSED", body.path("error").asText());
      case "order-not-placed" -> state(fact, "NOT_PLACED", body.path("proof").asText());
      case "order-in-doubt" -> state(fact, "IN_DOUBT", body.path("cause").asText());
      case "order-quarantined" -> state(fact, "QUARANTINED", body.path("why").asText());
      case "order-progressed" -> {
        state(fact, "OPEN", "");
        fill(fact);
      }
      case "order-ended" -> {
        String reason = body.path("reason").asText("");
        state(fact, "ENDED", (body.path("status").asText() + " " + reason).strip());
        fill(fact);
      }
      default -> {
        // Not about an order.
      }
    }
  }

  private void state(StoryFact fact, String state, String detail) {
    ObjectNode entry = entry(states, fact);
    entry.put("state", state);
    entry.put("detail", detail.isEmpty() ? null : detail);
  }

  private void fill(StoryFact fact) {
    JsonNode execution = fact.body().path("execution");
    Executed now =
        new Executed(
            amount(execution, "volume"), amount(execution, "cost"), amount(execution, "fee"));
    String orderId = fact.body().path("orderId").asText();
    Executed before = executed.getOrDefault(orderId, Executed.NOTHING);
    executed.put(orderId, now);
    if (now.volume().compareTo(before.volume()) == 0) {
      return;
    }
    ObjectNode entry = entry(fills, fact);
    entry.put("volume", now.volume().subtract(before.volume()).toPlainString());
    entry.put("cost", now.cost().subtract(before.cost()).toPlainString());
    entry.put("fee", now.fee().subtract(before.fee()).toPlainString());
    entry.set("soFar", execution);
  }

  private static ObjectNode entry(ArrayNode list, StoryFact fact) {
    ObjectNode entry = list.addObject();
    entry.put("seq", fact.seq());
    entry.put("at", fact.recordedAt().toString());
    entry.put("orderId", fact.body().path("orderId").asText());
    return entry;
  }

  private static BigDecimal amount(JsonNode execution, String field) {
    JsonNode amount = execution.path(field);
    return amount.isMissingNode() || amount.isNull()
        ? BigDecimal.ZERO
        : new BigDecimal(amount.asText());
  }
}
