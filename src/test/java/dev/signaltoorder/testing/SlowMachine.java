package dev.signaltoorder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the service rightly refuses on a machine that is slow or stood still: a price, balances or a
 * signal that grew too old, an order that could not be sent in time. Never a refusal that has any
 * other cause as well.
 */
public final class SlowMachine {
  private static final Set<String> TOO_OLD =
      Set.of("stale-price", "stale-signal", "clock-skew", "exchange-no-price");

  /** Of orders that were never sent; one that a halt held back is not among them. */
  private static final List<String> NOT_IN_TIME =
      List.of(
          "never sent: it could not be sent in time",
          "never sent: the lease of the account is about to end",
          "never sent: the account's loop has ended",
          "never sent: the stop did not let go of its coins in time");

  private SlowMachine() {}

  /** Whether that alone is why a signal became no order. */
  public static boolean isWhyNot(JsonNode story) {
    JsonNode row = story.path("row");
    String reasons = row.path("reasons").toString();
    return switch (row.path("outcome").asText()) {
      case "REJECTED", "EXPIRED" -> onlyTooOld(story.path("summary").path("rules"));
      case "NOT_PLACED" ->
          NOT_IN_TIME.stream().anyMatch(reasons::contains)
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
        || rule.path("actual").asText().equals("unknown")
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
