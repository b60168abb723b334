package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the {@code {"error":[...],"result":...}} of an outcome says. HTTP 200 even for errors;
 * entries that begin with W are warnings (Kraken documentation, "Spot REST Introduction").
 */
sealed interface Envelope {

  /** No error. {@code result} is a missing node if the body had none. */
  record Clean(JsonNode result, List<String> warnings) implements Envelope {}

  /**
   * Kraken's errors in their order, never empty, warnings left out.
   *
   * @param result usually missing or empty
   */
  record Errors(List<String> errors, JsonNode result) implements Envelope {}

  /** There is no answer that could be trusted; why, without repeating any of it. */
  record Unusable(String why) implements Envelope {}

  static Envelope of(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.NotSent notSent ->
          new Unusable("not sent: " + notSent.cause() + ", " + notSent.detail());
      case CallOutcome.NoReply noReply ->
          new Unusable("no reply: " + noReply.cause() + ", " + noReply.detail());
      case CallOutcome.Reply reply -> ofReply(reply);
    };
  }

  private static Envelope ofReply(CallOutcome.Reply reply) {
    if (reply.httpStatus() != 200) {
      return new Unusable("HTTP " + reply.httpStatus());
    }
    if (!reply.complete()) {
      return new Unusable("the body is cut short");
    }
    try {
      return ofDocument(KrakenJson.read(reply.body()));
    } catch (UnreadableAnswerException e) {
      return new Unusable(e.getMessage() == null ? "unreadable" : e.getMessage());
    }
  }

  private static Envelope ofDocument(JsonNode document) {
    JsonNode errorNode = document.path("error");
    if (!errorNode.isArray()) {
      return new Unusable("no error array");
    }
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (JsonNode entry : errorNode) {
      if (!entry.isTextual()) {
        return new Unusable("an error that is not text");
      }
      // A text without a category is an error too: only W... is known to be harmless.
      (entry.textValue().startsWith("W") ? warnings : errors).add(entry.textValue());
    }
    JsonNode result = document.has("result") ? document.get("result") : MissingNode.getInstance();
    return errors.isEmpty()
        ? new Clean(result, List.copyOf(warnings))
        : new Errors(List.copyOf(errors), result);
  }
}
