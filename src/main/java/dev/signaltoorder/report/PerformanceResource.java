package dev.signaltoorder.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/**
 * How well signals were carried out, and what came of them. Parameters: {@code from} (inclusive),
 * {@code to} (exclusive), {@code source}, {@code strategy}, {@code pair}, {@code groupBy}.
 */
@Path("/audit/performance")
@RolesAllowed("reviewer")
class PerformanceResource {
  private final PerformanceReader reader;
  private final PerformancePage page;

  PerformanceResource(PerformanceReader reader, PerformancePage page) {
    this.reader = reader;
    this.page = page;
  }

  /** As {@code Accept} asks: JSON (the default) or the console's page. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  public Response performance(@Context UriInfo uri, @Context HttpHeaders headers) {
    boolean html =
        Representation.preferred(headers, List.of(Representation.JSON, Representation.HTML))
            == Representation.HTML;
    PerformanceQuery query =
        PerformanceQuery.parse(
            uri.getQueryParameters(),
            html ? ReportParameters.Times.FORM : ReportParameters.Times.EXACT);
    Performance performance = reader.read(query);
    return html
        ? Response.ok(page.render(query, performance), MediaType.TEXT_HTML_TYPE).build()
        : Response.ok(performance, MediaType.APPLICATION_JSON_TYPE).build();
  }
}
