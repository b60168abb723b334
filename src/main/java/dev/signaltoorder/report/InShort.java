package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a signal and why, in a few sentences for somebody who knows nothing of the
 * program: each rule that refused with its limit and the actual value, or the order, how its size
 * came about, and how it went.
 */
final class InShort {
  private InShort() {}

  /**
   * Empty while nothing is decided.
   *
   * @param summary of a story, with {@code rules}, {@code decision}, {@code intents}, {@code
   *     orderStates} and {@code fills}
   */
  static List<String> of(JsonNode summary) {
    JsonNode decision = summary.path("decision");
    List<String> sentences = new ArrayList<>();
    if (!decision.isObject()) {
      return sentences;
    }
    JsonNode rules = summary.path("rules");
    if (decision.path("approved").asBoolean()) {
      approved(decision, rules, sentences);
      String course = course(summary, Wording.text(decision.path("pair"), "symbol"));
      if (!course.isEmpty()) {
        sentences.add(course);
      }
    } else if (Wording.text(decision, "outcome").equals("DONE")) {
      sentences.add("There was nothing to do, so no order was placed.");
      rules.forEach(rule -> sentences.add(Wording.text(rule, "explanation")));
    } else {
      refused(rules, sentences);
    }
    return sentences;
  }

  /** How the order itself went, which is the first one; stops and take-profits come after it. */
  private static String course(JsonNode summary, String pair) {
    JsonNode intent = summary.path("intents").path(0);
    String orderId = Wording.text(intent, "orderId");
    JsonNode fill = last(summary.path("fills"), orderId);
    if (!fill.isMissingNode()) {
      JsonNode soFar = fill.path("soFar");
      String side = Wording.text(intent.path("intent").path("plan"), "side");
      return (side.equals("BUY") ? "Bought " : "Sold ")
          + Wording.number(soFar, "volume")
          + " "
          + Wording.base(pair)
          + " at "
          + Wording.number(soFar, "averagePrice")
          + " on average: "
          + Wording.number(soFar, "cost")
          + " "
          + Wording.quote(pair)
          + ", and a fee of "
          + Wording.number(soFar, "fee")
          + " "
          + Wording.quote(pair)
          + ".";
    }
    JsonNode state = last(summary.path("orderStates"), orderId);
    String detail = Wording.text(state, "detail");
    return switch (Wording.text(state, "state")) {
      case "OPEN" -> "It is open at Kraken; nothing of it is executed so far.";
      case "REFUSED" -> "Kraken refused it: " + detail + ".";
      case "NOT_PLACED" -> "It was not placed: " + detail + ".";
      case "IN_DOUBT" -> "Whether Kraken took it is being looked up: " + detail + ".";
      case "QUARANTINED" -> "Whether Kraken took it must be settled by a person: " + detail + ".";
      case "ENDED" -> "It ended and nothing of it was executed: " + detail + ".";
      default -> "";
    };
  }

  private static JsonNode last(JsonNode entries, String orderId) {
    JsonNode last = MissingNode.getInstance();
    for (JsonNode entry : entries) {
      last = Wording.text(entry, "orderId").equals(orderId) ? entry : last;
    }
    return last;
  }

  private static void refused(JsonNode rules, List<String> sentences) {
    int refusals = count(rules, "DENY");
    sentences.add(
        "No order was placed: "
            + (refusals == 1 ? "one rule refused." : refusals + " rules refused.")
            + " Every one of them must pass.");
    for (JsonNode rule : rules) {
      if (verdict(rule).equals("DENY")) {
        sentences.add(
            Wording.text(rule, "explanation")
                + " (Rule "
                + Wording.text(rule, "code")
                + ". Allowed: "
                + Wording.text(rule, "limit")
                + ". This signal: "
                + Wording.text(rule, "actual")
                + ".)");
      }
    }
  }

  private static void approved(JsonNode decision, JsonNode rules, List<String> sentences) {
    JsonNode plan = decision.path("plan");
    sentences.add(
        "Approved: "
            + (plan.isObject() ? Wording.plan(plan) : "the strategy's open orders in the pair go")
            + ". "
            + passed(count(rules, "PASS"))
            + ", none refused.");
    size(decision, rules, sentences);
  }

  private static void size(JsonNode decision, JsonNode rules, List<String> sentences) {
    JsonNode sizing = decision.path("sizing");
    String pair = Wording.text(decision.path("pair"), "symbol");
    if (sizing.path("requested").isTextual()) {
      sentences.add(
          "Its size comes from "
              + Wording.size(Wording.text(sizing, "requested"), Wording.text(sizing, "unit"), pair)
              + (sizing.path("fromDefault").asBoolean()
                  ? ", the rules' size for signals that name none."
                  : ", which the signal asked for."));
    }
    if (sizing.path("scalePercent").isTextual()) {
      sentences.add(
          "The signal's confidence makes it "
              + Wording.number(sizing, "scalePercent")
              + " % of that.");
    }
    String capping = Wording.text(sizing, "cappedBy");
    for (JsonNode rule : rules) {
      if (Wording.text(rule, "code").equals(capping)) {
        sentences.add(
            "It was made smaller, from "
                + Wording.number(sizing, "sizedVolume")
                + " to "
                + Wording.number(sizing, "volume")
                + " "
                + Wording.base(pair)
                + ", because rule "
                + capping
                + " allows no more: "
                + Wording.text(rule, "limit")
                + ".");
      }
    }
  }

  private static String passed(int rules) {
    return rules == 1 ? "One rule passed" : rules + " rules passed";
  }

  private static int count(JsonNode rules, String verdict) {
    int count = 0;
    for (JsonNode rule : rules) {
      count += verdict(rule).equals(verdict) ? 1 : 0;
    }
    return count;
  }

  private static String verdict(JsonNode rule) {
    return Wording.text(rule, "verdict");
  }
}
