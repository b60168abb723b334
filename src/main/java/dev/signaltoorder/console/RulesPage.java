package dev.signaltoorder.console;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.report.PageFrames;
import dev.signaltoorder.report.Section;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.trading.RuleProposal;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    List<Standing.Seen> accounts =
        standing.accounts().stream().filter(seen -> seen.status().rules() != null).toList();
    if (accounts.isEmpty()) {
      throw new ProblemException(
          Problem.of("not-serving", "No account is serving", 503, "Try again in a moment."));
    }
    return Pages.rules(view(accounts)).render();
  }

  private RulesView view(List<Standing.Seen> accounts) {
    RuleSet rules = latest(accounts);
    return new RulesView(
        frames.frame(Section.RULES),
        reader.hasRole("operator"),
        Long.toString(rules.version()),
        Words.time(rules.activeFrom()),
        rules.author(),
        rules.reason(),
        others(rules, accounts),
        standing.unknown(),
        waiting(accounts),
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

  /** Those of the highest version; of equal ones the first. */
  private static RuleSet latest(List<Standing.Seen> accounts) {
    return accounts.stream()
        .map(RulesPage::active)
        .sorted(Comparator.comparingLong(RuleSet::version).reversed())
        .toList()
        .getFirst();
  }

  private static RuleSet active(Standing.Seen seen) {
    return Objects.requireNonNull(seen.status().rules());
  }

  private static List<RulesView.Other> others(RuleSet shown, List<Standing.Seen> accounts) {
    List<RulesView.Other> others = new ArrayList<>();
    for (Standing.Seen seen : accounts) {
      RuleSet own = active(seen);
      if (own.version() != shown.version() || !own.rules().equals(shown.rules())) {
        others.add(
            new RulesView.Other(
                seen.status().account(),
                "Version %d, since %s, set by %s: %s."
                    .formatted(
                        own.version(), Words.time(own.activeFrom()), own.author(), own.reason()),
                changes(own, shown)));
      }
    }
    return others;
  }

  /** What waits, each once, with the accounts where it does if it does not everywhere. */
  private List<RulesView.Waiting> waiting(List<Standing.Seen> accounts) {
    List<RulesView.Waiting> waiting = new ArrayList<>();
    Map<String, List<Standing.Seen>> proposals = new TreeMap<>();
    Map<String, List<Standing.Seen>> scheduled = new TreeMap<>();
    for (Standing.Seen seen : accounts) {
      RuleProposal proposal = seen.status().proposal();
      if (proposal != null) {
        String key = proposal.ruleSet().version() + " " + proposal.ruleSet().author();
        proposals.computeIfAbsent(key, version -> new ArrayList<>()).add(seen);
      }
      RuleSet later = seen.status().scheduled();
      if (later != null) {
        String key = later.version() + " " + later.author();
        scheduled.computeIfAbsent(key, version -> new ArrayList<>()).add(seen);
      }
    }
    for (List<Standing.Seen> where : proposals.values()) {
      RuleProposal proposal = Objects.requireNonNull(where.getFirst().status().proposal());
      String when =
          "Another operator has to confirm them before " + Words.time(proposal.expiresAt()) + ".";
      waiting.add(
          waiting(
              active(where.getFirst()), proposal.ruleSet(), true, when + only(where, accounts)));
    }
    for (List<Standing.Seen> where : scheduled.values()) {
      RuleSet later = Objects.requireNonNull(where.getFirst().status().scheduled());
      String when = "They take effect at " + Words.time(later.activeFrom()) + ".";
      waiting.add(waiting(active(where.getFirst()), later, false, when + only(where, accounts)));
    }
    return waiting;
  }

  private static String only(List<Standing.Seen> where, List<Standing.Seen> accounts) {
    return where.size() == accounts.size()
        ? ""
        : " Only here: account "
            + String.join(", ", where.stream().map(seen -> seen.status().account()).toList())
            + ".";
  }

  /** Whoever proposed rules may take them back, not confirm them. */
  private RulesView.Waiting waiting(RuleSet active, RuleSet next, boolean proposed, String when) {
    return new RulesView.Waiting(
        Long.toString(next.version()),
        next.author(),
        next.reason(),
        proposed && !next.author().equals(reader.getPrincipal().getName()),
        proposed,
        when,
        changes(active, next));
  }

  /** One line for each parameter that is not the same. */
  static List<String> changes(RuleSet before, RuleSet after) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> codes = new TreeSet<>(before.rules().keySet());
    codes.addAll(after.rules().keySet());
    for (String code : codes) {
      Map<String, String> was = before.rules().getOrDefault(code, new TreeMap<>());
      Map<String, String> is = after.rules().getOrDefault(code, new TreeMap<>());
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
