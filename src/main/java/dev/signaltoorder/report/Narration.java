package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.report.SignalOutcome.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * A fact in plain words.
 *
 * @param tone colours the headline
 * @param headline one sentence
 * @param lines more, one sentence each
 */
record Narration(Tone tone, String headline, List<String> lines) {

  static Narration of(StoryFact fact) {
    JsonNode body = fact.body();
    return switch (fact.kind()) {
      case "signal-received" -> received(body);
      case "signal-invalid" -> invalid(body);
      case "delivery-conflict" ->
          plain(
              Tone.ALARM,
              "The delivery id "
                  + text(body, "deliveryId")
                  + " came again with another body. Nothing was traded for it.");
      case "market-read" ->
          plain(Tone.QUIET, "Read the market: " + Wording.call(body) + Wording.callEnd(body) + ".");
      case "signal-decided" -> decided(body);
      case "cancel-wanted" ->
          plain(Tone.WAITING, "Orders to cancel: " + Wording.list(body.path("orderIds")) + ".");
      case "cancel-done" -> plain(Tone.GOOD, "Every order it was after has ended.");
      case "order-intended" -> intended(body);
      case "kraken-called" -> krakenCalled(body);
      case "order-placed" ->
          plain(
              Tone.GOOD,
              "Kraken has the order: "
                  + text(body, "txid")
                  + " ("
                  + Wording.howPlaced(text(body, "how"))
                  + ").");
      case "order-refused" ->
          plain(Tone.BAD, "Kraken refused the order: " + text(body, "error") + ".");
      case "order-not-placed" ->
          plain(
              Tone.QUIET,
              (body.path("presumed").asBoolean()
                      ? "No order seems to exist: "
                      : "It is certain that no order exists: ")
                  + text(body, "proof")
                  + ".");
      case "order-still-absent" ->
          plain(Tone.QUIET, "Asked once more: Kraken still shows no such order.");
      case "invariant-violated" ->
          plain(
              Tone.ALARM,
              "What must never be: "
                  + text(body, "kind")
                  + ", "
                  + text(body, "detail")
                  + ". The account is halted.");
      case "order-in-doubt" ->
          plain(
              Tone.ALARM,
              "An order may exist: "
                  + text(body, "cause")
                  + ". It is looked up and never sent again.");
      case "order-quarantined" ->
          plain(
              Tone.ALARM,
              "Look-ups could not settle it: " + text(body, "why") + ". A person must.");
      case "order-settled" -> settled(body);
      case "order-progressed" ->
          plain(Tone.GOOD, "Executed so far: " + Wording.execution(body.path("execution")) + ".");
      case "order-ended" -> ended(body);
      default -> {
        Narration protection = ProtectionNarration.of(fact.kind(), body);
        yield protection == null ? plain(Tone.QUIET, "Recorded: " + fact.kind() + ".") : protection;
      }
    };
  }

  private static Narration received(JsonNode body) {
    JsonNode signal = body.path("signal");
    List<String> lines = new ArrayList<>();
    lines.add("Delivery id " + text(body, "deliveryId") + ".");
    if (signal.path("eventTime").isTextual()) {
      lines.add("The sender says it arose at " + text(signal, "eventTime") + ".");
    }
    if (signal.path("reasoning").isTextual()) {
      lines.add("The sender's reasoning: " + text(signal, "reasoning"));
    }
    return new Narration(
        Tone.QUIET,
        "Signal received from "
            + text(body, "source")
            + ": "
            + text(signal, "action")
            + " "
            + text(signal, "pair")
            + ", strategy "
            + text(signal, "strategy")
            + ".",
        lines);
  }

  private static Narration invalid(JsonNode body) {
    List<String> lines = new ArrayList<>();
    for (JsonNode problem : body.path("problems")) {
      lines.add(
          text(problem, "field")
              + ": "
              + text(problem, "problem")
              + "; allowed: "
              + text(problem, "allowed"));
    }
    return new Narration(
        Tone.BAD,
        "Authentic delivery " + text(body, "deliveryId") + ", but no valid signal.",
        lines);
  }

  private static Narration decided(JsonNode body) {
    JsonNode decision = body.path("decision");
    List<String> lines = new ArrayList<>();
    int passed = 0;
    int notApplicable = 0;
    for (JsonNode result : decision.path("results")) {
      switch (text(result, "verdict")) {
        case "DENY" -> lines.add(Wording.rule(result));
        case "PASS" -> passed++;
        default -> notApplicable++;
      }
    }
    lines.add("Rules passed: " + passed + "; not applicable: " + notApplicable + ".");
    JsonNode sizing = decision.path("sizing");
    if (sizing.path("problem").isTextual()) {
      lines.add("No volume: " + text(sizing, "problem") + ".");
    }
    for (String problem : List.of("pairProblem", "snapshotProblem")) {
      if (body.path("input").path(problem).isTextual()) {
        lines.add(
            (problem.startsWith("pair") ? "Pair: " : "Prices: ")
                + text(body.path("input"), problem)
                + ".");
      }
    }
    String ruleSet = " under rule set " + text(decision, "ruleSetVersion") + ".";
    String outcome = text(body, "outcome");
    if (decision.path("approved").asBoolean()) {
      return new Narration(Tone.GOOD, "Approved" + ruleSet, lines);
    }
    return outcome.equals("DONE")
        ? new Narration(Tone.QUIET, "Nothing to do" + ruleSet, lines)
        : new Narration(
            Tone.BAD,
            "Not approved" + ruleSet + " Outcome: " + SignalOutcome.wordsOf(outcome) + ".",
            lines);
  }

  private static Narration intended(JsonNode body) {
    JsonNode intent = body.path("intent");
    List<String> lines = new ArrayList<>();
    lines.add("Client order id " + text(intent, "clientOrderId") + ".");
    lines.add("Kraken must refuse it after " + text(intent, "deadline") + ".");
    if (intent.path("validateOnly").asBoolean()) {
      lines.add("Only to be validated: Kraken places nothing.");
    }
    JsonNode protective = intent.path("protective");
    if (protective.isObject()) {
      lines.add("Why: " + text(protective, "why") + ".");
    }
    String what = ProtectionNarration.orderName(protective);
    return new Narration(
        Tone.WAITING, what + " intended: " + Wording.plan(intent.path("plan")) + ".", lines);
  }

  private static Narration krakenCalled(JsonNode body) {
    Tone tone =
        switch (text(body, "outcome")) {
          case "REPLY" -> Tone.QUIET;
          case "NOT_SENT" -> Tone.BAD;
          default -> Tone.ALARM;
        };
    String headline =
        "Kraken, "
            + text(body, "purpose")
            + ": "
            + Wording.call(body)
            + Wording.callEnd(body)
            + ".";
    return plain(tone, headline);
  }

  private static Narration settled(JsonNode body) {
    String found =
        body.path("txid").isTextual()
            ? "Kraken has it as " + text(body, "txid")
            : "there is no such order at Kraken";
    return new Narration(
        Tone.WAITING,
        text(body, "actor") + " settled the order: " + found + ".",
        List.of("Reason: " + text(body, "reason")));
  }

  private static Narration ended(JsonNode body) {
    List<String> lines = new ArrayList<>();
    lines.add("Executed in all: " + Wording.execution(body.path("execution")) + ".");
    if (body.path("reason").isTextual()) {
      lines.add("Kraken's reason: " + text(body, "reason") + ".");
    }
    return new Narration(
        Tone.QUIET, "The order is finished at Kraken: " + text(body, "status") + ".", lines);
  }

  private static Narration plain(Tone tone, String headline) {
    return new Narration(tone, headline, List.of());
  }

  private static String text(JsonNode node, String field) {
    return Wording.text(node, field);
  }
}
