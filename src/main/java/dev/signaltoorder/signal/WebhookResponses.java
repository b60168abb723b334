package dev.signaltoorder.signal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signaltoorder.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The table of answers: every {@link WebhookAnswer} in HTTP. */
final class WebhookResponses {
  private WebhookResponses() {}

  static Response of(WebhookAnswer answer) {
    return switch (answer) {
      case WebhookAnswer.Accepted accepted -> stored(202, accepted.signalId(), "ACCEPTED");
      case WebhookAnswer.Duplicate duplicate -> stored(200, duplicate.signalId(), "DUPLICATE");
      case WebhookAnswer.RateLimited limited -> later(answer, limited.retryAfterSeconds());
      case WebhookAnswer.Unavailable away -> later(answer, away.retryAfterSeconds());
      case WebhookAnswer.Conflict c -> problemOf(answer).toResponse();
      case WebhookAnswer.Invalid i -> problemOf(answer).toResponse();
      case WebhookAnswer.Refused r -> problemOf(answer).toResponse();
      case WebhookAnswer.TooLarge t -> problemOf(answer).toResponse();
    };
  }

  /** The problem of an answer that is no success. */
  static Problem problemOf(WebhookAnswer answer) {
    return switch (answer) {
      case WebhookAnswer.Conflict conflict ->
          Problem.of(
                  "delivery-id-reused",
                  "Delivery id reused",
                  422,
                  "This delivery id came before with another body. Nothing was traded.")
              .withInstance("urn:uuid:" + conflict.firstSignalId());
      case WebhookAnswer.Invalid invalid ->
          Problem.of(
                  "invalid-signal",
                  "Not a valid signal",
                  422,
                  "The delivery is on record and was not traded.")
              .withInstance("urn:uuid:" + invalid.signalId())
              .withErrors(errors(invalid.problems()));
      // One text for every cause: who is not let in learns nothing about why.
      case WebhookAnswer.Refused r -> Problem.ofStatus(401, "The delivery is not authentic.");
      case WebhookAnswer.TooLarge t -> Problem.ofStatus(413, "A body may have 64 KiB.");
      case WebhookAnswer.RateLimited r -> Problem.ofStatus(429, "Send again after Retry-After.");
      case WebhookAnswer.Unavailable u ->
          Problem.ofStatus(503, "Nothing was acknowledged. Send again after Retry-After.");
      case WebhookAnswer.Accepted a -> throw new IllegalArgumentException("no problem: " + a);
      case WebhookAnswer.Duplicate d -> throw new IllegalArgumentException("no problem: " + d);
    };
  }

  private static List<Problem.FieldError> errors(List<FieldProblem> problems) {
    return problems.stream()
        .map(p -> new Problem.FieldError(p.field(), p.problem(), p.allowed()))
        .toList();
  }

  private static Response later(WebhookAnswer answer, long seconds) {
    return Response.fromResponse(problemOf(answer).toResponse())
        .header("Retry-After", Long.toString(seconds))
        .build();
  }

  private static Response stored(int status, UUID signalId, String state) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("signalId", signalId.toString())
            .put("status", state)
            .toString();
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
