package dev.signaltoorder.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.RuleSetValidation;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Message;
import dev.signaltoorder.trading.RuleConfirmation;
import dev.signaltoorder.trading.RuleProposal;
import dev.signaltoorder.trading.TradingConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The rule set: read by reviewers and operators, changed by operators, whole and versioned. */
@Path("/operations/rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RulesResource {
  private static final Duration FARTHEST = Duration.ofDays(366);

  private final Accounts accounts;
  private final RuleCommands commands;
  private final Clock clock;
  private final RuleConfirmation confirmation;

  RulesResource(Accounts accounts, RuleCommands commands, TradingConfig config, Clock clock) {
    this.confirmation = RuleConfirmation.read(config.rules(), new ArrayList<>());
    this.accounts = accounts;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * A version of the rules, as the contract has it.
   *
   * @param pending rules that wait for a second operator, or null
   * @param scheduled rules that wait for their time, or null
   * @param accounts every account's rules where they differ; null where they do not
   * @param unknown names of the accounts whose rules are not known at the moment
   */
  public record Rules(
      long version,
      String activeFrom,
      String author,
      String reason,
      SortedMap<String, SortedMap<String, String>> rules,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pending pending,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rules scheduled,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SortedMap<String, Rules> accounts,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unknown) {
    static Rules of(RuleSet set, @Nullable RuleProposal proposal, @Nullable RuleSet scheduled) {
      return new Rules(
          set.version(),
          set.activeFrom().toString(),
          set.author(),
          set.reason(),
          set.rules(),
          proposal == null ? null : Pending.of(proposal),
          scheduled == null ? null : of(scheduled, null, null),
          null,
          List.of());
    }

    Rules with(@Nullable SortedMap<String, Rules> each, List<String> others) {
      return new Rules(
          version, activeFrom, author, reason, rules, pending, scheduled, each, others);
    }
  }

  /**
   * Rules that wait for a second operator.
   *
   * @param loosened what may be looser, one line each
   */
  public record Pending(
      long version,
      String author,
      String reason,
      String expiresAt,
      List<String> loosened,
      SortedMap<String, SortedMap<String, String>> rules) {
    static Pending of(RuleProposal proposal) {
      RuleSet set = proposal.ruleSet();
      return new Pending(
          set.version(),
          set.author(),
          set.reason(),
          proposal.expiresAt().toString(),
          proposal.loosened(),
          set.rules());
    }
  }

  /**
   * The active rules, and those that wait. Where accounts differ: those of the highest version, and
   * every account's.
   */
  @GET
  @RolesAllowed({"operator", "reviewer"})
  public Rules active() {
    return RuleStandings.of(accounts).answer();
  }

  /**
   * Replaces all rules of all accounts by a validated set, under the next version: 200. Where
   * loosening must be confirmed and the set may let more through on some account, it waits for a
   * second operator: 202. With an {@code activeFrom} that is still to come it waits for that time:
   * 202. The same again changes nothing where it is done.
   */
  @PUT
  @RolesAllowed("operator")
  public Response replace(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("reason", "rules", "activeFrom"));
    String reason = request.reason();
    SortedMap<String, SortedMap<String, String>> rules = RuleTexts.read(request);
    RuleSetValidation.problems(rules)
        .forEach(
            found ->
                request.wrong(
                    "/" + found.field().replace('.', '/'), found.problem(), found.allowed()));
    Instant now = clock.instant();
    Instant activeFrom = activeFrom(request, now);
    request.check();
    RuleStandings standings = RuleStandings.of(accounts);
    String author = who.getUserPrincipal().getName();
    RuleSet next = standings.numbered(new RuleSet(0, activeFrom, author, reason, rules), now);
    List<String> loosened = confirmation.required() ? standings.loosenedBy(rules) : List.of();
    if (!loosened.isEmpty()) {
      Instant expiresAt = now.plus(confirmation.within());
      RuleProposal proposal = new RuleProposal(next, loosened, expiresAt);
      commands.change(new Message.ProposeRules(proposal));
      return Response.accepted(Rules.of(standings.active(), proposal, null)).build();
    }
    commands.change(new Message.ActivateRules(next, confirmation.required()));
    return next.activeFrom().isAfter(now)
        ? Response.accepted(Rules.of(standings.active(), null, next)).build()
        : Response.ok(Rules.of(next, null, null)).build();
  }

  /** From when on; now where the request does not say. */
  private static Instant activeFrom(OperatorRequest request, Instant now) {
    JsonNode wanted = request.node("activeFrom");
    if (wanted.isMissingNode() || wanted.isNull()) {
      return now;
    }
    try {
      Instant from = Instant.parse(wanted.asText());
      if (!from.isBefore(now) && from.isBefore(now.plus(FARTHEST))) {
        return from;
      }
      request.wrong("/activeFrom", "is not ahead, or too far", "up to 366 days from now");
    } catch (DateTimeException e) {
      request.wrong("/activeFrom", "is no time", "RFC 3339 in UTC, 2026-11-22T10:15:30Z");
    }
    return now;
  }

  /** A second operator confirms the proposed rules of a version: they take effect. */
  @POST
  @Path("/confirm")
  @RolesAllowed("operator")
  public Rules confirm(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("version"));
    long version = version(request);
    request.check();
    commands.confirm(new Message.ConfirmRules(version, who.getUserPrincipal().getName()));
    return active();
  }

  /** An operator rejects the proposed rules of a version. */
  @POST
  @Path("/reject")
  @RolesAllowed("operator")
  public Rules reject(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("version", "reason"));
    long version = version(request);
    String reason = request.reason();
    request.check();
    commands.reject(new Message.RejectRules(version, who.getUserPrincipal().getName(), reason));
    return active();
  }

  private static long version(OperatorRequest request) {
    JsonNode version = request.node("version");
    if (!version.isIntegralNumber() || !version.canConvertToLong()) {
      request.wrong("/version", "is no version", "the version that GET shows as pending");
      return -1;
    }
    return version.longValue();
  }
}
