package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Answers of this package that are errors, as RFC 9457 problem bodies. */
final class ReportProblem {
  private static final String MEDIA_TYPE = "application/problem+json";

  private ReportProblem() {}

  static Response badRequest(List<String> problems) {
    return answer(Response.Status.BAD_REQUEST, "The request has wrong parameters", problems);
  }

  static Response notFound(String detail) {
    return answer(Response.Status.NOT_FOUND, "Not found", List.of(detail));
  }

  private static Response answer(Response.Status status, String title, List<String> problems) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status.getStatusCode());
    body.put("detail", String.join("; ", problems));
    ArrayNode list = body.putArray("problems");
    problems.forEach(list::add);
    return Response.status(status).type(MEDIA_TYPE).entity(body.toString()).build();
  }
}
