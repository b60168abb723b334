package dev.signaltoorder.report;

import dev.signaltoorder.journal.ArchiveUnavailableException;
import dev.signaltoorder.journal.ExportRange;
import dev.signaltoorder.journal.JournalExport;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The journal with its proofs, as lines of JSON. Parameters: {@code from} (inclusive), {@code to}
 * (exclusive), {@code account}. An answer without its last line was cut off.
 */
@Path("/audit/export")
@RolesAllowed("reviewer")
class ExportResource {
  private static final String NDJSON = "application/x-ndjson";

  /** An export holds a connection of the pool for as long as its reader takes. */
  private static final int AT_ONCE = 2;

  private final JournalExport export;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE);

  ExportResource(JournalExport export, Clock clock) {
    this.export = export;
    this.clock = clock;
  }

  /**
   * Streams; 503 while two others are being read, or when bytes were moved into an archive that is
   * not here. A header says how many facts will come.
   */
  @GET
  @Produces(NDJSON)
  public Response export(@Context UriInfo uri) {
    EvidenceParameters parameters =
        new EvidenceParameters(uri.getQueryParameters(), List.of("from", "to", "account"));
    ExportRange range = parameters.range();
    parameters.done();
    long facts = expected(range);
    StreamingOutput body =
        out -> {
          // Here and not before: whoever is gone before the first byte keeps no place.
          if (!free.tryAcquire()) {
            throw new ProblemException(
                Problem.ofStatus(503, "two exports are being read already; try again later"));
          }
          try {
            export.write(range, clock.instant(), out);
          } finally {
            free.release();
          }
        };
    return Response.ok(body, NDJSON)
        .header("Export-Facts", facts)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-export.ndjson\"")
        .build();
  }

  private long expected(ExportRange range) {
    try {
      return export.expected(range);
    } catch (ArchiveUnavailableException e) {
      throw new ProblemException(
          Problem.ofStatus(503, "bytes that belong to this export are in " + e.getMessage()));
    }
  }
}
