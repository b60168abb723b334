package dev.signaltoorder.report;

import dev.signaltoorder.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The report's refusals, in the words of every other refusal of this service. */
final class ReportProblem {
  private static final String ALLOWED = "; allowed: ";

  private ReportProblem() {}

  /** 400 with everything that is wrong; each text is "name: problem; allowed: what". */
  static Response badRequest(List<String> problems) {
    return Problem.of(
            "bad-request", "The request has wrong parameters", 400, String.join("; ", problems))
        .withErrors(problems.stream().map(ReportProblem::error).toList())
        .toResponse();
  }

  /** 404. */
  static Response notFound(String detail) {
    return Problem.of("not-found", "There is no such thing here", 404, detail).toResponse();
  }

  private static Problem.FieldError error(String text) {
    int colon = text.indexOf(": ");
    int allowed = text.indexOf(ALLOWED);
    if (colon < 0 || allowed < colon) {
      return new Problem.FieldError("", text, "");
    }
    return new Problem.FieldError(
        text.substring(0, colon),
        text.substring(colon + 2, allowed),
        text.substring(allowed + ALLOWED.length()));
  }
}
