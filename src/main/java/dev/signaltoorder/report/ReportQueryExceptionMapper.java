package dev.signaltoorder.report;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Wrong parameters are answered with 400 and all their problems. */
@Provider
class ReportQueryExceptionMapper implements ExceptionMapper<ReportQueryException> {

  @Override
  public Response toResponse(ReportQueryException refused) {
    return ReportProblem.badRequest(refused.problems());
  }
}
