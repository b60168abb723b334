package dev.signaltoorder.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a person should know, by class. */
final class NoticeTranslator implements Translator {
  /** The class of the one event that is no fact. */
  static final String CONTRADICTION = "contradiction";

  private static final int TEXT_MAX = 500;

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("trading-halted", "halt"),
          Map.entry("trading-resumed", "resume"),
          Map.entry("order-quarantined", "quarantine"),
          Map.entry("order-in-doubt", "doubt"),
          Map.entry("invariant-violated", "invariant"),
          Map.entry("key-checked", "key"),
          Map.entry("keys-rotated", "rotation"),
          Map.entry("checkpoint-key-replaced", "rotation"),
          Map.entry("secrets-replaced", "rotation"),
          Map.entry("certificate-replaced", "rotation"),
          Map.entry("keys-not-rotated", "key"),
          Map.entry("account-locked-out", "key"),
          Map.entry("account-armed", "arming"),
          Map.entry("account-disarmed", "arming"),
          Map.entry("source-silent", "silence"),
          Map.entry("protection-failed", "protection"),
          Map.entry("rules-activated", "rules"),
          Map.entry("rules-proposed", "rules"),
          Map.entry("act-proposed", "waiting"));

  @Override
  public Set<String> kinds() {
    return CLASSES.keySet();
  }

  @Override
  public Set<String> types() {
    Set<String> types = new TreeSet<>(CLASSES.values());
    types.add(CONTRADICTION);
    return types;
  }

  @Override
  public List<OutboundEvent> of(CommittedFact fact) {
    String type = CLASSES.get(fact.kind());
    if (type == null
        || (fact.kind().equals("key-checked") && fact.body().path("refusals").isEmpty())) {
      return List.of();
    }
    String sentence = sentence(fact);
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", fact.account())
            .put("seq", fact.seq())
            .put("kind", fact.kind())
            .put("text", sentence);
    if (fact.signalId() != null) {
      data.put("signalId", fact.signalId());
    }
    if (fact.orderId() != null) {
      data.put("orderId", fact.orderId());
    }
    String text = cut("[" + fact.account() + "] " + sentence);
    return List.of(new OutboundEvent(fact.eventId(), type, fact.recordedAt(), data, text));
  }

  /**
   * An event that is no fact.
   *
   * @param what is contradicted
   */
  static OutboundEvent contradiction(String account, String what, Instant at) {
    String sentence = cut("the database contradicts the record: " + what);
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", account)
            .put("kind", CONTRADICTION)
            .put("text", sentence);
    String id = account + "-" + CONTRADICTION + "-" + Integer.toHexString(what.hashCode());
    return new OutboundEvent(id, CONTRADICTION, at, data, "[" + account + "] " + sentence);
  }

  private static String sentence(CommittedFact fact) {
    JsonNode body = fact.body();
    return cut(
        switch (fact.kind()) {
          case "trading-halted" ->
              "trading is halted ("
                  + body.path("scope").asText()
                  + swept(body)
                  + ") by "
                  + whoAndWhy(body);
          case "trading-resumed" -> "trading goes on, resumed by " + whoAndWhy(body);
          case "order-quarantined" ->
              "order " + fact.orderId() + " needs a person: " + body.path("why").asText();
          case "order-in-doubt" ->
              "order " + fact.orderId() + " is in doubt: " + body.path("cause").asText();
          case "invariant-violated" ->
              "what must never be: "
                  + body.path("kind").asText()
                  + ": "
                  + body.path("detail").asText();
          case "key-checked" -> "the Kraken key is refused: " + joined(body.path("refusals"));
          case "keys-rotated" ->
              "Kraken keys "
                  + body.path("from").asText()
                  + " gave way to "
                  + body.path("to").asText();
          case "checkpoint-key-replaced" ->
              "checkpoints are signed with key "
                  + body.path("to").asText()
                  + ", no longer with "
                  + body.path("from").asText();
          case "secrets-replaced" ->
              "other secrets of "
                  + body.path("what").asText()
                  + " are in force: "
                  + body.path("from").asText()
                  + " gave way to "
                  + body.path("to").asText();
          case "certificate-replaced" ->
              "another certificate of "
                  + body.path("what").asText()
                  + " is shown, good until "
                  + body.path("notAfter").asText()
                  + ": "
                  + body.path("from").asText()
                  + " gave way to "
                  + body.path("to").asText();
          case "keys-not-rotated" ->
              "new Kraken keys are not used: " + body.path("reason").asText();
          case "account-locked-out" ->
              "Kraken has locked the account out until " + body.path("until").asText();
          case "account-armed" -> "armed by " + body.path("actor").asText();
          case "account-disarmed" -> "disarmed by " + body.path("actor").asText();
          case "source-silent" ->
              "the source " + body.path("source").asText() + " has sent nothing for too long";
          case "protection-failed" ->
              (body.path("unprotected").asText().equals("0")
                      ? "the stop cannot be changed in "
                      : "no stop for " + body.path("unprotected").asText() + " of ")
                  + body.path("pair").asText()
                  + ": "
                  + body.path("why").asText();
          case "rules-activated" ->
              "rules version "
                  + body.path("ruleSet").path("version").asText()
                  + " by "
                  + body.path("ruleSet").path("author").asText();
          case "rules-proposed" -> "looser rules wait for a second operator";
          case "act-proposed" ->
              "waits for a second operator: "
                  + body.path("act").asText().toLowerCase(Locale.ROOT)
                  + ", asked for by "
                  + body.path("actor").asText();
          default -> fact.kind();
        });
  }

  /** What is cancelled beside open entries. */
  private static String swept(JsonNode body) {
    JsonNode sweep = body.path("sweep");
    return (sweep.path("stops").asBoolean() ? ", stops too" : "")
        + (sweep.path("exits").asBoolean() ? ", exits too" : "");
  }

  private static String whoAndWhy(JsonNode body) {
    return body.path("actor").asText() + ": " + body.path("reason").asText();
  }

  private static String joined(JsonNode texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(all.isEmpty() ? "" : "; ").append(text.asText()));
    return all.toString();
  }

  /** Part of it comes from outside: one line, and not too long. */
  private static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > TEXT_MAX ? line.substring(0, TEXT_MAX) + "…" : line;
  }
}
