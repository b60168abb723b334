package dev.signaltoorder.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of signals, for programs: only what the table below names leaves the house, so a new
 * field of a fact stays inside until somebody writes it down here.
 */
final class FeedTranslator implements Translator {
  private static final String SNAPSHOT = "price.snapshot";

  /** Fields that say what an event is about; always in it. */
  private static final Set<String> IDS = Set.of("account", "seq", "signalId", "orderId");

  /**
   * @param fields name in the event to place in the fact
   */
  private record Form(String type, Map<String, String> fields) {}

  private static final Map<String, String> EXECUTION =
      Map.of(
          "volume", "/execution/volume",
          "cost", "/execution/cost",
          "fee", "/execution/fee",
          "averagePrice", "/execution/averagePrice");

  private static final Form SNAPSHOT_FORM =
      new Form(
          SNAPSHOT,
          Map.of(
              "snapshotId", "/input/snapshot/snapshotId",
              "pair", "/input/snapshot/pair",
              "bid", "/input/snapshot/bid",
              "ask", "/input/snapshot/ask",
              "last", "/input/snapshot/last",
              "mid", "/input/snapshot/mid",
              "spreadBps", "/input/snapshot/spreadBps",
              "takenAt", "/input/snapshot/takenAt",
              "origin", "/input/snapshot/origin"));

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          form(
              "signal-received",
              "signal.received",
              Map.of(
                  "source", "/source",
                  "deliveryId", "/deliveryId",
                  "receivedAt", "/receivedAt",
                  "strategy", "/signal/strategy",
                  "pair", "/signal/pair",
                  "action", "/signal/action")),
          form(
              "signal-invalid",
              "signal.invalid",
              Map.of(
                  "source", "/source",
                  "deliveryId", "/deliveryId",
                  "receivedAt", "/receivedAt",
                  "problems", "/problems")),
          form(
              "signal-decided",
              "signal.decided",
              Map.of(
                  "outcome", "/outcome",
                  "approved", "/decision/approved",
                  "ruleSetVersion", "/decision/ruleSetVersion",
                  "plan", "/decision/plan",
                  "snapshotId", "/input/snapshot/snapshotId")),
          form(
              "order-intended",
              "order.intended",
              Map.of(
                  "clientOrderId", "/intent/clientOrderId",
                  "strategy", "/intent/strategy",
                  "plan", "/intent/plan",
                  "approvedAt", "/intent/approvedAt",
                  "deadline", "/intent/deadline")),
          form("order-placed", "order.placed", Map.of("txid", "/txid", "how", "/how")),
          form("order-refused", "order.refused", Map.of("error", "/error")),
          form("order-not-placed", "order.not-placed", Map.of("proof", "/proof")),
          form("order-in-doubt", "order.in-doubt", Map.of("cause", "/cause")),
          form("order-quarantined", "order.quarantined", Map.of("why", "/why")),
          form("order-progressed", "order.filled", EXECUTION),
          form("order-ended", "order.ended", with(EXECUTION, "status", "reason")),
          form(
              "balances-read",
              "balances.read",
              Map.of("balances", "/balances", "equity", "/equity")),
          form("trading-halted", "trading.halted", Map.of("scope", "/scope")),
          form("trading-resumed", "trading.resumed", Map.of()));

  private static Map.Entry<String, Form> form(
      String kind, String type, Map<String, String> fields) {
    return Map.entry(kind, new Form(type, fields));
  }

  private static Map<String, String> with(Map<String, String> fields, String... more) {
    Map<String, String> all = new java.util.TreeMap<>(fields);
    for (String name : more) {
      all.put(name, "/" + name);
    }
    return all;
  }

  private final Set<String> wanted;

  /**
   * @param wanted fields beside the ids; empty: all
   */
  FeedTranslator(Set<String> wanted) {
    this.wanted = wanted;
  }

  /** All fields there are, for the check of the configuration. */
  static Set<String> fields() {
    Set<String> all = new TreeSet<>(SNAPSHOT_FORM.fields().keySet());
    FORMS.values().forEach(form -> all.addAll(form.fields().keySet()));
    all.add("denied");
    return all;
  }

  @Override
  public Set<String> kinds() {
    return FORMS.keySet();
  }

  @Override
  public Set<String> types() {
    Set<String> types = new TreeSet<>();
    FORMS.values().forEach(form -> types.add(form.type()));
    types.add(SNAPSHOT);
    return types;
  }

  @Override
  public List<OutboundEvent> of(CommittedFact fact) {
    Form form = FORMS.get(fact.kind());
    if (form == null) {
      return List.of();
    }
    List<OutboundEvent> events = new ArrayList<>();
    if (fact.kind().equals("signal-decided")
        && fact.body().path("input").path("snapshot").isObject()) {
      events.add(event(fact, SNAPSHOT_FORM, fact.eventId() + "-price"));
    }
    events.add(event(fact, form, fact.eventId()));
    return events;
  }

  private OutboundEvent event(CommittedFact fact, Form form, String id) {
    ObjectNode data =
        JsonNodeFactory.instance.objectNode().put("account", fact.account()).put("seq", fact.seq());
    if (fact.signalId() != null) {
      data.put("signalId", fact.signalId());
    }
    if (fact.orderId() != null) {
      data.put("orderId", fact.orderId());
    }
    form.fields()
        .forEach(
            (name, place) -> {
              JsonNode value = fact.body().at(place);
              if (isWanted(name) && !value.isMissingNode() && !value.isNull()) {
                data.set(name, value);
              }
            });
    if (form.type().equals("signal.decided") && isWanted("denied")) {
      data.set("denied", denied(fact.body().at("/decision/results")));
    }
    return new OutboundEvent(id, form.type(), fact.recordedAt(), data, form.type());
  }

  private boolean isWanted(String name) {
    return wanted.isEmpty() || wanted.contains(name) || IDS.contains(name);
  }

  /** The rules that said no, with both numbers. */
  private static ArrayNode denied(JsonNode results) {
    ArrayNode denied = JsonNodeFactory.instance.arrayNode();
    for (JsonNode result : results) {
      if (result.path("verdict").asText().equals("DENY")) {
        denied
            .addObject()
            .put("rule", result.path("code").asText())
            .put("limit", result.path("limit").asText())
            .put("actual", result.path("actual").asText());
      }
    }
    return denied;
  }
}
