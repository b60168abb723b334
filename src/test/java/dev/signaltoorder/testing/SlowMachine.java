package dev.signaltoorder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the service rightly refuses on a machine that is slow or stood still: a price, balances or a
 * signal that grew too old, an order that could not be sent in time. Never a refusal that has any
 * other cause as well.
 */
public final class SlowMachine {
  private static final Set<String> TOO_OLD =
      Set.of(
          "stale-price",
          "stale-signal",
          "clock-skew",
          "exchange-no-price",
          "exchange-down",
          "exchange-rate-limited");

  /** What rules show that lack a value, or a leader's first look at the account. */
  private static final Set<String> NOT_READ_YET = Set.of("unknown", "NOT_ARMED");

  /** Of orders that were never sent; one that a halt held back is not among them. */
  private static final Pattern NOT_IN_TIME =
      Pattern.compile(
          "look-ups in open and closed|never sent: .*(in time|to the deadline|lately|of this kind wait"
              + "|loop has ended|about to end|closed)");

  private SlowMachine() {}

  /** Whether that alone is why a signal became no order. */
  public static boolean isWhyNot(JsonNode story) {
    JsonNode row = story.path("row");
    String reasons = row.path("reasons").toString();
    return switch (row.path("outcome").asText()) {
      case "REJECTED", "EXPIRED" -> onlyTooOld(story.path("summary").path("rules"));
      case "NOT_PLACED" ->
          NOT_IN_TIME.matcher(reasons).find()
              || calls(story).anyMatch(call -> call.contains("EService:Deadline elapsed"));
      case "REFUSED_BY_EXCHANGE" -> reasons.contains("Invalid arguments:deadline");
      default -> false;
    };
  }

  private static boolean onlyTooOld(JsonNode rules) {
    List<JsonNode> denied = new ArrayList<>();
    for (JsonNode rule : rules) {
      if (rule.path("verdict").asText().equals("DENY")) {
        denied.add(rule);
      }
    }
    return !denied.isEmpty() && denied.stream().allMatch(SlowMachine::isTooOld);
  }

  /** What a rule needs and does not know had no time to come. */
  private static boolean isTooOld(JsonNode rule) {
    return TOO_OLD.contains(rule.path("code").asText())
        || NOT_READ_YET.contains(rule.path("actual").asText())
        || rule.path("explanation").asText().equals("The free balance is not known.");
  }

  private static Stream<String> calls(JsonNode story) {
    List<String> replies = new ArrayList<>();
    for (JsonNode call : story.path("summary").path("krakenCalls")) {
      if (call.path("purpose").asText().equals("add-order")) {
        replies.add(call.path("rawReply").asText());
      }
    }
    return replies.stream();
  }
}
