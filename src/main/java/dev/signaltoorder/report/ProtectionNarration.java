package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.report.SignalOutcome.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the protection of a position, in plain words. */
final class ProtectionNarration {
  private ProtectionNarration() {}

  /** What an order is to its position; {@code protective}: missing or null for a signal's own. */
  static String orderName(JsonNode protective) {
    return switch (protective.path("role").asText()) {
      case "STOP" -> "Protective stop";
      case "TAKE_PROFIT" -> "Take-profit sell";
      case "CLOSE" -> "Emergency sell";
      default -> "Order";
    };
  }

  /** Null for a fact of another kind. */
  static @Nullable Narration of(String kind, JsonNode body) {
    return switch (kind) {
      case "protection-wanted" -> wanted(body);
      case "protection-ended" ->
          told(Tone.QUIET, "Nothing is left to protect: " + text(body, "why") + ".");
      case "protection-failed" ->
          told(
              Tone.ALARM,
              (text(body, "unprotected").equals("0")
                      ? "The stop could not be changed: "
                      : text(body, "unprotected") + " could not be protected: ")
                  + text(body, "why")
                  + ".");
      case "stop-moved" ->
          told(
              Tone.GOOD,
              "The stop moves up to " + text(body, "stop") + ": " + text(body, "why") + ".");
      case "protection-pair-changed" ->
          told(
              Tone.QUIET,
              "Kraken's rules for "
                  + text(body, "pair")
                  + " are others now: the tick is "
                  + text(body.path("rules"), "tickSize")
                  + ", the least order "
                  + text(body.path("rules"), "orderMin")
                  + (body.path("stop").isTextual() ? ", the stop-loss " + text(body, "stop") : "")
                  + ".");
      case "target-reached" ->
          told(
              Tone.GOOD,
              "The bid is "
                  + text(body, "bid")
                  + ": the take-profit "
                  + text(body.path("level"), "price")
                  + " is reached.");
      case "amend-wanted" ->
          told(Tone.WAITING, "The stop shall change: " + text(body, "why") + ".");
      case "order-amended" -> amended(body);
      case "amend-failed" ->
          told(
              Tone.BAD,
              "The stop was not changed"
                  + (body.path("unknown").asBoolean() ? ", as far as is known: " : ": ")
                  + text(body, "error")
                  + ".");
      case "sell-held" -> told(Tone.WAITING, "The sell waits until the stop lets go of its coins.");
      case "sell-released" -> told(Tone.GOOD, "The stop has let go: the sell may go out.");
      default -> null;
    };
  }

  private static Narration wanted(JsonNode body) {
    StringBuilder text = new StringBuilder("To be protected from the first fill on");
    if (body.path("stop").isTextual()) {
      text.append(", stop-loss at ").append(text(body, "stop"));
    }
    for (JsonNode level : body.path("levels")) {
      text.append(", take-profit at ").append(text(level, "price"));
    }
    return told(Tone.QUIET, text.append('.').toString());
  }

  private static Narration amended(JsonNode body) {
    String trigger = body.path("stop").isTextual() ? " at " + text(body, "stop") : "";
    return told(Tone.GOOD, "The stop rests for " + text(body, "volume") + trigger + " now.");
  }

  private static Narration told(Tone tone, String headline) {
    return new Narration(tone, headline, List.of());
  }

  private static String text(JsonNode node, String field) {
    return Wording.text(node, field);
  }
}
