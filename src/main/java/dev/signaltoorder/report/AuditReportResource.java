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
 * The audit report: totals and one row per signal, newest first. Parameters: {@code from}
 * (inclusive), {@code to} (exclusive), {@code source}, {@code strategy}, {@code pair}, {@code
 * outcome}, {@code rule}, {@code cursor}, {@code limit}, {@code all}.
 */
@Path("/audit")
@RolesAllowed("reviewer")
class AuditReportResource {
  private static final String CSV = "text/csv";
  private static final String PATH = "/audit/report";
  private static final String CSV_PATH = "/audit/report.csv";

  private final ReportReader reader;
  private final ConsolePage console;
  private final RefusalPage pages;
  private final WholeReport whole;

  AuditReportResource(
      ReportReader reader, ConsolePage console, RefusalPage pages, WholeReport whole) {
    this.whole = whole;
    this.reader = reader;
    this.console = console;
    this.pages = pages;
  }

  /**
   * As {@code Accept} asks: JSON (the default); CSV, the rows alone with the next page in the
   * {@code Link} header; or HTML, the console's page under this address. With {@code all=true} JSON
   * and CSV have all rows instead of a page, see {@link WholeReport}.
   */
  @GET
  @Path("/report")
  @Produces({MediaType.APPLICATION_JSON, CSV, MediaType.TEXT_HTML})
  public Response report(@Context UriInfo uri, @Context HttpHeaders headers) {
    Representation form = Representation.preferred(headers, List.of(Representation.values()));
    if (form != Representation.HTML && WholeReport.isAsked(uri.getQueryParameters())) {
      return whole.answer(uri.getQueryParameters(), form);
    }
    return switch (form) {
      case JSON -> Response.ok(reader.read(exact(uri)), MediaType.APPLICATION_JSON_TYPE).build();
      case CSV -> csv(exact(uri), PATH);
      case HTML -> html(uri);
    };
  }

  /** The same rows for a browser, which cannot ask for a media type. */
  @GET
  @Path("/report.csv")
  @Produces(CSV)
  public Response csvFile(@Context UriInfo uri) {
    return WholeReport.isAsked(uri.getQueryParameters())
        ? whole.answer(uri.getQueryParameters(), Representation.CSV)
        : csv(exact(uri), CSV_PATH);
  }

  private Response html(UriInfo uri) {
    return pages.orPage(
        Section.SIGNALS,
        () ->
            console.render(
                PATH,
                ReportParameters.parse(uri.getQueryParameters(), ReportParameters.Times.FORM)));
  }

  private Response csv(ReportQuery query, String path) {
    Report report = reader.read(query);
    Response.ResponseBuilder answer =
        Response.ok(ReportCsv.write(report.rows()), ReportCsv.MEDIA_TYPE)
            .header(HttpHeaders.CONTENT_DISPOSITION, ReportCsv.ATTACHMENT);
    String nextCursor = report.nextCursor();
    if (nextCursor != null) {
      ReportQuery next = query.at(ReportCursor.decode(nextCursor).orElseThrow());
      answer.header(HttpHeaders.LINK, "<" + ReportLinks.to(path, next) + ">; rel=\"next\"");
    }
    return answer.build();
  }

  private static ReportQuery exact(UriInfo uri) {
    return ReportParameters.parse(uri.getQueryParameters(), ReportParameters.Times.EXACT);
  }
}
