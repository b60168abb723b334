package dev.signaltoorder.operations;

import dev.signaltoorder.paper.SimulatedExchange;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Message;
import dev.signaltoorder.trading.TradingConfig;
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
import java.util.Map;

/**
 * Drills in paper mode: the simulated exchange goes wrong as an operator says. Recorded in the
 * journal of every account before it is done. In another mode none of this exists.
 */
@Path("/paper/faults")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PaperFaultsResource {
  private final PaperExchange paper;
  private final Accounts accounts;
  private final Commands commands;
  private final TradingConfig config;

  PaperFaultsResource(
      PaperExchange paper, Accounts accounts, Commands commands, TradingConfig config) {
    this.paper = paper;
    this.accounts = accounts;
    this.commands = commands;
    this.config = config;
  }

  /**
   * What is wrong with the simulated exchange now.
   *
   * @param calls faults of calls, by endpoint
   * @param messages faults of websocket messages, by channel
   * @param statuses of the system, and of pairs that are not online
   */
  public record Faults(
      Map<String, String> calls, Map<String, String> messages, Map<String, String> statuses) {}

  /** What is switched on. */
  @GET
  @RolesAllowed("operator")
  public Faults faults() {
    return shown(exchange());
  }

  /** Switches one thing; answers what is switched on afterwards. */
  @POST
  @RolesAllowed("operator")
  public Faults change(byte[] body, @Context SecurityContext who) {
    SimulatedExchange exchange = exchange();
    PaperFaultRequest request = PaperFaultRequest.read(body, exchange);
    String actor = who.getUserPrincipal().getName();
    commands.run(accounts.names(), account -> new Message.Drill(actor, request.text()));
    request.apply(exchange);
    return shown(exchange);
  }

  private SimulatedExchange exchange() {
    if (!config.mode().equals("paper")) {
      throw new ProblemException(
          Problem.ofStatus(404, "The simulated exchange exists in paper mode only."));
    }
    return paper.server().exchange();
  }

  private static Faults shown(SimulatedExchange exchange) {
    return new Faults(
        exchange.faults().shown(), exchange.socketFaults().shown(), exchange.statuses());
  }
}
