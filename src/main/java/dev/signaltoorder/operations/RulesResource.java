package dev.signaltoorder.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.RuleSetValidation;
import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.CommandResult;
import dev.signaltoorder.trading.Elsewhere;
import dev.signaltoorder.trading.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rule set: read by reviewers and operators, changed by operators, whole and versioned. */
@Path("/operations/rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RulesResource {
  private final Accounts accounts;
  private final Commands commands;
  private final Clock clock;

  RulesResource(Accounts accounts, Commands commands, Clock clock) {
    this.accounts = accounts;
    this.commands = commands;
    this.clock = clock;
  }

  /** A version of the rules, as the contract has it. */
  public record Rules(
      long version,
      String activeFrom,
      String author,
      String reason,
      SortedMap<String, SortedMap<String, String>> rules) {
    static Rules of(RuleSet set) {
      return new Rules(
          set.version(), set.activeFrom().toString(), set.author(), set.reason(), set.rules());
    }
  }

  /** The active rules. */
  @GET
  @RolesAllowed({"operator", "reviewer"})
  public Rules active() {
    return Rules.of(current());
  }

  /** Replaces all rules by a validated set, under the next version. */
  @PUT
  @RolesAllowed("operator")
  public Rules replace(byte[] body, @Context SecurityContext who) {
    OperatorRequest request = OperatorRequest.read(body, Set.of("reason", "rules"));
    String reason = request.reason();
    SortedMap<String, SortedMap<String, String>> rules = rules(request);
    RuleSetValidation.problems(rules)
        .forEach(
            found ->
                request.wrong(
                    "/" + found.field().replace('.', '/'), found.problem(), found.allowed()));
    request.check();
    RuleSet next =
        new RuleSet(
            current().version() + 1,
            clock.instant(),
            who.getUserPrincipal().getName(),
            reason,
            rules);
    Map<String, CommandResult> results =
        commands.run(accounts.names(), account -> new Message.ActivateRules(next));
    results.forEach(
        (account, result) -> {
          if (!result.done()) {
            throw new ProblemException(
                Problem.of(
                    "refused", "The rules were not changed", 409, account + ": " + result.text()));
          }
        });
    return Rules.of(next);
  }

  private RuleSet current() {
    for (AccountStatus status : accounts.status()) {
      if (status.rules() != null) {
        return status.rules();
      }
    }
    for (Elsewhere account : accounts.elsewhere()) {
      AccountStatus status = account.lastKnown();
      if (status != null && status.rules() != null) {
        return status.rules();
      }
    }
    throw new ProblemException(
        Problem.of("not-serving", "No account is serving", 503, "Try again in a moment."));
  }

  private static SortedMap<String, SortedMap<String, String>> rules(OperatorRequest request) {
    SortedMap<String, SortedMap<String, String>> rules = new TreeMap<>();
    JsonNode node = request.node("rules");
    if (!node.isObject()) {
      request.wrong("/rules", "is no JSON object", "rule code to parameters");
      return rules;
    }
    for (Map.Entry<String, JsonNode> rule : node.properties()) {
      SortedMap<String, String> parameters = new TreeMap<>();
      if (!rule.getValue().isObject()) {
        request.wrong("/rules/" + rule.getKey(), "is no JSON object", "parameter to value");
        continue;
      }
      for (Map.Entry<String, JsonNode> parameter : rule.getValue().properties()) {
        String text = text(parameter.getValue());
        if (text == null) {
          request.wrong(
              "/rules/" + rule.getKey() + "/" + parameter.getKey(),
              "is no text, number, truth value or list of them",
              "a value as the rules' documentation shows it");
        } else {
          parameters.put(parameter.getKey(), text);
        }
      }
      rules.put(rule.getKey(), parameters);
    }
    return rules;
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isTextual() || value.isBoolean()) {
      return value.asText();
    }
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    if (!value.isArray()) {
      return null;
    }
    StringJoiner list = new StringJoiner(",");
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        return null;
      }
      list.add(element.textValue());
    }
    return list.toString();
  }
}
