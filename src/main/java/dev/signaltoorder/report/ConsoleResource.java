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
  private final RefusalPage pages;

  ConsoleResource(ConsolePage console, RefusalPage pages) {
    this.console = console;
    this.pages = pages;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public Response page(@Context UriInfo uri) {
    return pages.orPage(
        Section.SIGNALS,
        () ->
            console.render(
                PATH,
                ReportParameters.parse(uri.getQueryParameters(), ReportParameters.Times.FORM)));
  }
}
