package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws from a signal's facts what a reviewer looks for first: {@code delivery, signal, snapshot,
 * marketReads[], rules[], decision, cancels[], intents[], krakenCalls[], inShort[], orderStates[],
 * fills[], durations}. What did not happen is null or empty. Amounts are as the facts have them,
 * times in microseconds.
 */
final class StorySummary {
  private final ObjectNode summary = JsonNodeFactory.instance.objectNode();
  private final ArrayNode marketReads;
  private final ArrayNode rules;
  private final ArrayNode cancels;
  private final ArrayNode intents;
  private final ArrayNode krakenCalls;
  private final OrderCourse orders = new OrderCourse();
  private final @Nullable Instant receivedAt;
  private @Nullable Instant decidedAt;
  private @Nullable Instant sentAt;
  private @Nullable Instant answeredAt;

  private StorySummary(@Nullable Instant receivedAt) {
    this.receivedAt = receivedAt;
    summary.putNull("delivery");
    summary.putNull("signal");
    summary.putNull("snapshot");
    marketReads = summary.putArray("marketReads");
    rules = summary.putArray("rules");
    summary.putNull("decision");
    cancels = summary.putArray("cancels");
    intents = summary.putArray("intents");
    krakenCalls = summary.putArray("krakenCalls");
  }

  static ObjectNode of(List<StoryFact> facts, @Nullable Instant receivedAt) {
    StorySummary drawn = new StorySummary(receivedAt);
    facts.forEach(drawn::add);
    return drawn.finish();
  }

  private void add(StoryFact fact) {
    JsonNode body = fact.body();
    switch (fact.kind()) {
      case "signal-received" -> {
        summary.set("delivery", delivery(body, fact));
        summary.set("signal", body.path("signal"));
      }
      case "signal-invalid" -> {
        ObjectNode delivery = delivery(body, fact);
        delivery.set("problems", body.path("problems"));
        summary.set("delivery", delivery);
      }
      case "market-read" -> marketReads.add(call(fact));
      case "signal-decided" -> addDecision(body);
      case "cancel-wanted" -> body.path("orderIds").forEach(cancels::add);
      case "order-intended" -> {
        ObjectNode intent = intents.addObject();
        intent.put("orderId", body.path("orderId").asText());
        intent.set("intent", body.path("intent"));
        orders.add(fact);
      }
      case "kraken-called" -> addKrakenCall(fact);
      default -> orders.add(fact);
    }
  }

  private static ObjectNode delivery(JsonNode body, StoryFact fact) {
    ObjectNode delivery = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("source", "deliveryId", "bodySha256", "receivedAt")) {
      delivery.set(field, body.path(field));
    }
    delivery.put("raw", fact.raw());
    delivery.put("rawEncoding", fact.rawEncoding());
    delivery.put("rawArchive", fact.rawArchive());
    return delivery;
  }

  private void addDecision(JsonNode body) {
    JsonNode input = body.path("input");
    JsonNode judged = body.path("decision");
    summary.set("snapshot", input.path("snapshot").isObject() ? input.get("snapshot") : null);
    judged.path("results").forEach(rules::add);
    ObjectNode decision = JsonNodeFactory.instance.objectNode();
    decision.set("decidedAt", input.path("now"));
    decision.set("outcome", body.path("outcome"));
    decision.set("approved", judged.path("approved"));
    decision.set("ruleSetVersion", judged.path("ruleSetVersion"));
    ArrayNode reasons = decision.putArray("reasons");
    for (JsonNode result : judged.path("results")) {
      if (result.path("verdict").asText().equals("DENY")) {
        reasons.add(result.path("code"));
      }
    }
    for (String field : List.of("pair", "pairProblem", "snapshotProblem", "account")) {
      decision.set(field, known(input.path(field)));
    }
    decision.set("plan", known(judged.path("plan")));
    decision.set("sizing", known(judged.path("sizing")));
    summary.set("decision", decision);
    decidedAt = JournalRow.timeOf(input.path("now"));
  }

  private void addKrakenCall(StoryFact fact) {
    krakenCalls.add(call(fact));
    JsonNode body = fact.body();
    if (body.path("purpose").asText().equals("add-order") && sentAt == null) {
      sentAt = JournalRow.timeOf(body.path("startedAt"));
      answeredAt = JournalRow.timeOf(body.path("finishedAt"));
    }
  }

  private static ObjectNode call(StoryFact fact) {
    ObjectNode call = JsonNodeFactory.instance.objectNode();
    call.put("seq", fact.seq());
    call.setAll((ObjectNode) fact.body().deepCopy());
    call.put(
        "durationMicros",
        StoryFact.microsBetween(
            JournalRow.timeOf(call.path("startedAt")), JournalRow.timeOf(call.path("finishedAt"))));
    call.put("rawReply", fact.raw());
    call.put("rawEncoding", fact.rawEncoding());
    call.put("rawArchive", fact.rawArchive());
    return call;
  }

  private ObjectNode finish() {
    ArrayNode inShort = summary.putArray("inShort");
    summary.set("orderStates", orders.states());
    summary.set("fills", orders.fills());
    InShort.of(summary).forEach(inShort::add);
    ObjectNode durations = summary.putObject("durations");
    Instant eventTime = JournalRow.timeOf(summary.path("signal").path("eventTime"));
    durations.put("senderToReceiptMicros", StoryFact.microsBetween(eventTime, receivedAt));
    durations.put("receiptToDecisionMicros", StoryFact.microsBetween(receivedAt, decidedAt));
    durations.put("decisionToOrderSentMicros", StoryFact.microsBetween(decidedAt, sentAt));
    durations.put("krakenAddOrderMicros", StoryFact.microsBetween(sentAt, answeredAt));
    return summary;
  }

  private static JsonNode known(JsonNode node) {
    return node.isMissingNode() ? JsonNodeFactory.instance.nullNode() : node;
  }
}
