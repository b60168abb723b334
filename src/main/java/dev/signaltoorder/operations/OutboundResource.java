package dev.signaltoorder.operations;

import dev.signaltoorder.outbound.Outbound;
import dev.signaltoorder.outbound.OutletStatus;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** How notifications and the feed are getting on. */
@Path("/operations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Operations")
public class OutboundResource {
  private static final Logger LOG = Logger.getLogger(OutboundResource.class);
  private static final int NAME_MAX = 64;

  private final Outbound outbound;

  OutboundResource(Outbound outbound) {
    this.outbound = outbound;
  }

  /** The answer to a replay. */
  public record Moved(String outlet, String account, long nextFact) {}

  /** Every receiver: how far it has got, and whether it takes what it is told. */
  @GET
  @Path("/notifications")
  @RolesAllowed({"operator", "reviewer"})
  @Operation(summary = "Delivery state of notifications and feed, per receiver and account")
  public List<OutletStatus> notifications() {
    try {
      return outbound.status();
    } catch (SQLException e) {
      throw away();
    }
  }

  /** Tells a receiver again from a fact on, or skips to one. */
  @POST
  @Path("/notifications/replay")
  @RolesAllowed("operator")
  @Operation(summary = "Tell a receiver again from a fact on, or skip to one")
  public Moved replay(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("outlet", "account", "nextFact"));
    String outlet = request.text("outlet", NAME_MAX);
    String account = request.text("account", NAME_MAX);
    boolean whole =
        request.node("nextFact").isIntegralNumber() && request.node("nextFact").canConvertToLong();
    long next = request.node("nextFact").asLong(-1);
    if (!whole || next < 0) {
      request.wrong("/nextFact", "is no number of a fact", "0 up to the account's number of facts");
    }
    request.check();
    try {
      if (!outbound.replay(outlet, account, next)) {
        throw new ProblemException(
            Problem.of(
                "not-found",
                "No such receiver, account or fact",
                404,
                "GET /operations/notifications lists them"));
      }
    } catch (SQLException e) {
      throw away();
    }
    LOG.infof(
        "%s is told of account %s from fact %d on, by %s",
        outlet, account, next, who.getUserPrincipal().getName());
    return new Moved(outlet, account, next);
  }

  private static ProblemException away() {
    return new ProblemException(
        Problem.of("unavailable", "The database is away", 503, "Nothing was changed."));
  }
}
