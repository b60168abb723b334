package dev.signaltoorder.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * The console: the report as a page to work with. A person reads its refusals, so they are a page
 * too.
 */
@Path("/")
@RolesAllowed("reviewer")
class ConsoleResource {
  private static final String PATH = "/";

  private final ConsolePage console;

  ConsoleResource(ConsolePage console) {
    this.console = console;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public Response page(@Context UriInfo uri) {
    try {
      ReportQuery query =
          ReportParameters.parse(uri.getQueryParameters(), ReportParameters.Times.FORM);
      return Response.ok(console.render(PATH, query), MediaType.TEXT_HTML_TYPE).build();
    } catch (ReportQueryException refused) {
      return Response.status(Response.Status.BAD_REQUEST)
          .type(MediaType.TEXT_HTML_TYPE)
          .entity(console.renderRefusal(refused.problems()))
          .build();
    }
  }
}
