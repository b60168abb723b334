package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.FeedStatus;
import dev.signaltoorder.kraken.KrakenAccountStatus;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.CommandResult;
import dev.signaltoorder.trading.Elsewhere;
import dev.signaltoorder.trading.Message;
import dev.signaltoorder.trading.Sweep;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/**
 * What an operator can do. Every act is a fact with its actor; an answer means it is committed and
 * in force.
 */
@Path("/operations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OperationsResource {
  private static final List<String> SCOPES = List.of("ENTRIES", "ALL", "CANCEL_ALL");
  private static final List<String> KEEP_OR_CANCEL = List.of("keep", "cancel");
  private static final Set<String> OF_A_HALT = Set.of("scope", "reason", "stops", "exits");
  private static final String HALT_BODY =
      "scope: ENTRIES, ALL or CANCEL_ALL; reason; optional, for CANCEL_ALL: stops and exits, each"
          + " keep (also when left out) or cancel.";
  private static final String DONE = "What happened on each account";
  private static final String WAITS =
      "On record; another operator has to do the same in time (operations.second-operator)";
  private static final int MOST_NAME = 64;
  private static final Pattern TXID = Pattern.compile("[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{6}");

  private final Accounts accounts;
  private final Commands commands;
  private final TradingConfig config;
  private final KrakenClients kraken;
  private final Clock clock;
  private final KrakenFeeds feeds;

  OperationsResource(
      Accounts accounts,
      Commands commands,
      TradingConfig config,
      KrakenClients kraken,
      KrakenFeeds feeds,
      Clock clock) {
    this.feeds = feeds;
    this.accounts = accounts;
    this.commands = commands;
    this.config = config;
    this.kraken = kraken;
    this.clock = clock;
  }

  /**
   * How the service stands.
   *
   * @param mode paper, validate or live
   * @param accounts the accounts that this process leads
   * @param elsewhere those that another process leads, with what it last said of them
   * @param kraken how each account stands with Kraken's limits, as this process knows
   * @param notServing names of the configured accounts that nobody leads
   * @param feeds the websocket feeds; none where the configuration says REST only
   */
  public record Status(
      String mode,
      String time,
      List<AccountStatus> accounts,
      List<Elsewhere> elsewhere,
      Map<String, KrakenAccountStatus> kraken,
      List<String> notServing,
      List<FeedStatus> feeds) {}

  /** The answer to a command: per account what happened. */
  public record Done(Map<String, String> accounts) {}

  /** How everything stands. */
  @GET
  @Path("/status")
  @RolesAllowed({"operator", "reviewer"})
  public Status status() {
    List<AccountStatus> here = accounts.status();
    List<Elsewhere> elsewhere = accounts.elsewhere();
    Set<String> led = new TreeSet<>();
    here.forEach(status -> led.add(status.account()));
    elsewhere.forEach(account -> led.add(account.account()));
    return new Status(
        config.mode(),
        clock.instant().toString(),
        here,
        elsewhere,
        kraken.status(),
        accounts.names().stream().filter(name -> !led.contains(name)).toList(),
        feeds.status());
  }

  /**
   * Halts all accounts. When this has answered 200, no order begins any more within the scope.
   * {@code CANCEL_ALL} cancels open entries; stops and exits that rest stay, unless {@code stops}
   * or {@code exits} say {@code cancel}.
   */
  @POST
  @Path("/halt")
  @RolesAllowed("operator")
  @Operation(summary = "Halt all accounts", description = HALT_BODY)
  public Done halt(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, OF_A_HALT);
    String scope = request.oneOf("scope", SCOPES);
    Sweep sweep = sweep(request, scope);
    String reason = request.reason();
    request.check();
    String actor = actor(who);
    return onAll(account -> new Message.Halt(scope, actor, reason, sweep));
  }

  /** What a halt would do at this moment, on every account. Nothing is halted. */
  @POST
  @Path("/halt/drill")
  @RolesAllowed("operator")
  @Operation(summary = "What such a halt would do; nothing is halted", description = HALT_BODY)
  public Done rehearse(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, OF_A_HALT);
    String scope = request.oneOf("scope", SCOPES);
    Sweep sweep = sweep(request, scope);
    String reason = request.reason();
    request.check();
    String actor = actor(who);
    return onAll(account -> new Message.RehearseHalt(scope, actor, reason, sweep));
  }

  private static Sweep sweep(OperatorRequest request, String scope) {
    return new Sweep(cancels(request, "stops", scope), cancels(request, "exits", scope));
  }

  private static boolean cancels(OperatorRequest request, String what, String scope) {
    boolean cancels = request.oneOfOrFirst(what, KEEP_OR_CANCEL).equals("cancel");
    if (cancels && !scope.equals("CANCEL_ALL")) {
      request.wrong(
          "/" + what, "cancels nothing under " + scope, "keep; cancel with CANCEL_ALL only");
    }
    return cancels;
  }

  /** Lets all accounts trade again. */
  @POST
  @Path("/resume")
  @RolesAllowed("operator")
  @APIResponseSchema(value = Done.class, responseCode = "200", responseDescription = DONE)
  @APIResponse(responseCode = "202", description = WAITS)
  public Response resume(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("reason"));
    String reason = request.reason();
    request.check();
    String actor = actor(who);
    return answered(onAll(account -> new Message.Resume(actor, reason)));
  }

  /** Allows live orders on one account; its name must be repeated. */
  @POST
  @Path("/arm")
  @RolesAllowed("operator")
  @APIResponseSchema(value = Done.class, responseCode = "200", responseDescription = DONE)
  @APIResponse(responseCode = "202", description = WAITS)
  public Response arm(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("account", "confirm"));
    String account = knownAccount(request);
    if (!request.node("confirm").asText().equals(account)) {
      request.wrong("/confirm", "does not repeat the account's name", account);
    }
    request.check();
    return answered(onOne(account, new Message.Arm(actor(who))));
  }

  /** Forbids live orders on one account. */
  @POST
  @Path("/disarm")
  @RolesAllowed("operator")
  public Done disarm(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("account"));
    String account = knownAccount(request);
    request.check();
    return onOne(account, new Message.Disarm(actor(who)));
  }

  /**
   * Settles a quarantined order after a person has looked at Kraken: with the order id found there,
   * or with "none".
   */
  @POST
  @Path("/settle")
  @RolesAllowed("operator")
  @APIResponseSchema(value = Done.class, responseCode = "200", responseDescription = DONE)
  @APIResponse(responseCode = "202", description = WAITS)
  public Response settle(byte[] body, @Context SecurityContext who) {
    OperatorRequest request =
        OperatorRequest.read(body, Set.of("account", "orderId", "txid", "reason"));
    String account = knownAccount(request);
    String orderId = request.text("orderId", MOST_NAME);
    String txid = request.text("txid", MOST_NAME);
    String reason = request.reason();
    UUID order = null;
    try {
      order = UUID.fromString(orderId);
    } catch (IllegalArgumentException e) {
      request.wrong("/orderId", "is no order id", "the UUID that the report shows");
    }
    if (!txid.equals("none") && !TXID.matcher(txid).matches()) {
      request.wrong("/txid", "is no order id of Kraken", "OXXXXX-XXXXX-XXXXXX, or none");
    }
    request.check();
    String placed = txid.equals("none") ? "" : txid;
    return answered(
        onOne(
            account,
            new Message.Settle(Objects.requireNonNull(order), placed, actor(who), reason)));
  }

  private String knownAccount(OperatorRequest request) {
    String account = request.text("account", MOST_NAME);
    if (!account.isEmpty() && !accounts.names().contains(account)) {
      request.wrong("/account", "is no account here", String.join(", ", accounts.names()));
    }
    return account;
  }

  private Done onAll(Function<String, Message> command) {
    Map<String, String> done = new TreeMap<>();
    commands
        .run(accounts.names(), command)
        .forEach((account, result) -> done.put(account, result.text()));
    return new Done(done);
  }

  private Done onOne(String account, Message command) {
    CommandResult result = commands.run(account, command);
    if (!result.done()) {
      throw new ProblemException(
          Problem.of("refused", "The command was refused", 409, result.text()));
    }
    return new Done(Map.of(account, result.text()));
  }

  /** 202 where only the wish is on record, and another operator has to do the same. */
  private static Response answered(Done done) {
    boolean waits = done.accounts().values().stream().anyMatch(CommandResult::isWaiting);
    return Response.status(waits ? Response.Status.ACCEPTED : Response.Status.OK)
        .entity(done)
        .build();
  }

  private static String actor(SecurityContext who) {
    return who.getUserPrincipal().getName();
  }
}
