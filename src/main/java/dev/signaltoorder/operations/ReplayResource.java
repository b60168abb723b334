package dev.signaltoorder.operations;

import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.RuleSetValidation;
import dev.signaltoorder.trading.ReplayQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What stored signals would have become under other rules. Touches nothing. */
@Path("/operations/rules/replay")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("operator")
public class ReplayResource {
  private static final int MOST_TEXT = 100;

  private final ReplayJobs jobs;
  private final Clock clock;

  ReplayResource(ReplayJobs jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Begins a replay; 202 with its id and place. */
  @POST
  public Response start(byte[] body, @Context SecurityContext who, @Context UriInfo here) {
    OperatorRequest request =
        OperatorRequest.read(body, Set.of("rules", "from", "to", "source", "strategy", "pair"));
    SortedMap<String, SortedMap<String, String>> rules = RuleTexts.read(request);
    RuleSetValidation.problems(rules)
        .forEach(
            found ->
                request.wrong(
                    "/" + found.field().replace('.', '/'), found.problem(), found.allowed()));
    Instant now = clock.instant();
    ReplayQuery query =
        new ReplayQuery(
            time(request, "from", Instant.EPOCH),
            time(request, "to", now),
            filter(request, "source"),
            filter(request, "strategy"),
            filter(request, "pair"));
    if (!query.from().isBefore(query.to())) {
      request.wrong("/from", "is not before the end", "a time before \"to\"");
    }
    request.check();
    RuleSet candidate =
        new RuleSet(0, now, who.getUserPrincipal().getName(), "what-if replay", rules);
    ReplayJobs.View view = jobs.start(candidate, query).view();
    return Response.accepted(view)
        .location(here.getAbsolutePathBuilder().path(view.id().toString()).build())
        .build();
  }

  /** How the last replay stands; with its result once it has ended. */
  @GET
  @Path("/{id}")
  public Response state(@PathParam("id") String id) {
    return Response.ok(jobs.find(id).view()).build();
  }

  /** Ends the replay; what it has found so far is its result. */
  @DELETE
  @Path("/{id}")
  public Response cancel(@PathParam("id") String id) {
    jobs.cancel(id);
    return Response.accepted(jobs.find(id).view()).build();
  }

  private static Instant time(OperatorRequest request, String name, Instant absent) {
    if (request.node(name).isMissingNode() || request.node(name).isNull()) {
      return absent;
    }
    try {
      return Instant.parse(request.text(name, MOST_TEXT));
    } catch (DateTimeException e) {
      request.wrong("/" + name, "is no time", "RFC 3339 in UTC, 2026-11-22T10:15:30Z");
      return absent;
    }
  }

  private static @Nullable String filter(OperatorRequest request, String name) {
    return request.node(name).isMissingNode() || request.node(name).isNull()
        ? null
        : request.text(name, MOST_TEXT);
  }
}
