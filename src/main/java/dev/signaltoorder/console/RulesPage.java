package dev.signaltoorder.console;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.report.PageFrames;
import dev.signaltoorder.report.Section;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.RuleProposal;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The active rules and how much of their limits is used; operators change them from here. */
@Path("/console/rules")
@RolesAllowed({"reviewer", "operator"})
class RulesPage {
  private final Standing standing;
  private final PageFrames frames;
  private final SecurityIdentity reader;

  RulesPage(Standing standing, PageFrames frames, SecurityIdentity reader) {
    this.standing = standing;
    this.frames = frames;
    this.reader = reader;
  }

  @GET
  @Blocking
  @Produces(MediaType.TEXT_HTML)
  public String page() {
    List<Standing.Seen> accounts = standing.accounts();
    for (Standing.Seen seen : accounts) {
      RuleSet rules = seen.status().rules();
      if (rules != null) {
        return Pages.rules(view(rules, seen.status(), accounts)).render();
      }
    }
    throw new ProblemException(
        Problem.of("not-serving", "No account is serving", 503, "Try again in a moment."));
  }

  private RulesView view(RuleSet rules, AccountStatus status, List<Standing.Seen> accounts) {
    return new RulesView(
        frames.frame(Section.RULES),
        reader.hasRole("operator"),
        Long.toString(rules.version()),
        Words.time(rules.activeFrom()),
        rules.author(),
        rules.reason(),
        waiting(rules, status),
        accounts.stream()
            .map(
                seen ->
                    new RulesView.Usages(
                        seen.status().account(),
                        "usage-" + seen.status().account(),
                        seen.told(),
                        seen.status().limits().stream().map(UsageBars::of).toList()))
            .toList(),
        RuleForms.of(rules));
  }

  private static List<RulesView.Waiting> waiting(RuleSet active, AccountStatus status) {
    List<RulesView.Waiting> waiting = new ArrayList<>();
    RuleProposal proposal = status.proposal();
    if (proposal != null) {
      waiting.add(
          waiting(
              active,
              proposal.ruleSet(),
              true,
              "Another operator has to confirm them before "
                  + Words.time(proposal.expiresAt())
                  + "."));
    }
    RuleSet scheduled = status.scheduled();
    if (scheduled != null) {
      waiting.add(
          waiting(
              active,
              scheduled,
              false,
              "They take effect at " + Words.time(scheduled.activeFrom()) + "."));
    }
    return waiting;
  }

  private static RulesView.Waiting waiting(
      RuleSet active, RuleSet next, boolean confirmable, String when) {
    return new RulesView.Waiting(
        Long.toString(next.version()),
        next.author(),
        next.reason(),
        confirmable,
        when,
        changes(active, next));
  }

  /** One line for each parameter that is not the same. */
  static List<String> changes(RuleSet before, RuleSet after) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> codes = new TreeSet<>(before.rules().keySet());
    codes.addAll(after.rules().keySet());
    for (String code : codes) {
      Map<String, String> was = before.rules().getOrDefault(code, new java.util.TreeMap<>());
      Map<String, String> is = after.rules().getOrDefault(code, new java.util.TreeMap<>());
      TreeSet<String> names = new TreeSet<>(was.keySet());
      names.addAll(is.keySet());
      for (String name : names) {
        String old = was.getOrDefault(name, "nothing");
        String fresh = is.getOrDefault(name, "nothing");
        if (!old.equals(fresh)) {
          changes.add("%s, %s: %s becomes %s".formatted(Words.rule(code), name, old, fresh));
        }
      }
    }
    return changes;
  }
}
