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
import java.time.Clock;
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
  private final RefusalPage pages;
  private final Clock clock;

  PerformanceResource(
      PerformanceReader reader, PerformancePage page, RefusalPage pages, Clock clock) {
    this.reader = reader;
    this.page = page;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * As {@code Accept} asks: JSON (the default), of everything when no time is given; or the
   * console's page, then of the last {@value PerformanceRanges#DEFAULT_DAYS} days.
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  public Response performance(@Context UriInfo uri, @Context HttpHeaders headers) {
    boolean html =
        Representation.preferred(headers, List.of(Representation.JSON, Representation.HTML))
            == Representation.HTML;
    if (html) {
      return pages.orPage(Section.PERFORMANCE, () -> page(uri));
    }
    PerformanceQuery query =
        PerformanceQuery.parse(uri.getQueryParameters(), ReportParameters.Times.EXACT);
    return Response.ok(reader.read(query), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private String page(UriInfo uri) {
    PerformanceRanges ranges = new PerformanceRanges(clock);
    PerformanceQuery query =
        ranges.withTime(
            PerformanceQuery.parse(uri.getQueryParameters(), ReportParameters.Times.FORM));
    return page.render(query, ranges, reader.read(query));
  }
}
