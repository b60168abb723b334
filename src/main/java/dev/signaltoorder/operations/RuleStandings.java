package dev.signaltoorder.operations;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.risk.RuleLoosening;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Elsewhere;
import dev.signaltoorder.trading.RuleProposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all accounts, as far as this process knows them: of accounts that another process
 * leads a few seconds late. Usually they are the same; they differ while a change has not reached
 * every account, and where an account was added.
 */
final class RuleStandings {
  private final List<AccountStatus> known;
  private final List<String> unknown;

  /**
   * From values.
   *
   * @param known accounts that have rules, at least one, in the order of the configuration
   * @param unknown names of the accounts of which nothing is known
   */
  RuleStandings(List<AccountStatus> known, List<String> unknown) {
    this.known = List.copyOf(known);
    this.unknown = List.copyOf(unknown);
  }

  /**
   * At this moment.
   *
   * @throws ProblemException 503 when no account's rules are known
   */
  static RuleStandings of(Accounts accounts) {
    Map<String, AccountStatus> told = new LinkedHashMap<>();
    for (Elsewhere account : accounts.elsewhere()) {
      AccountStatus status = account.lastKnown();
      if (status != null) {
        told.put(account.account(), status);
      }
    }
    accounts.status().forEach(status -> told.put(status.account(), status));
    List<AccountStatus> known = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : accounts.names()) {
      AccountStatus status = told.get(name);
      if (status == null || status.rules() == null) {
        unknown.add(name);
      } else {
        known.add(status);
      }
    }
    if (known.isEmpty()) {
      throw new ProblemException(
          Problem.of("not-serving", "No account is serving", 503, "Try again in a moment."));
    }
    return new RuleStandings(known, unknown);
  }

  /** The rules with the highest version that is active anywhere, and what else there is. */
  RulesResource.Rules answer() {
    AccountStatus latest = latest();
    SortedMap<String, RulesResource.Rules> each = new TreeMap<>();
    if (differ()) {
      known.forEach(
          status ->
              each.put(
                  status.account(),
                  RulesResource.Rules.of(active(status), status.proposal(), status.scheduled())));
    }
    return RulesResource.Rules.of(active(latest), latest.proposal(), latest.scheduled())
        .with(each.isEmpty() ? null : each, unknown);
  }

  /** The rules with the highest version that is active anywhere. */
  RuleSet active() {
    return active(latest());
  }

  private AccountStatus latest() {
    // Of equal ones the first.
    return known.stream()
        .sorted(Comparator.comparingLong((AccountStatus s) -> active(s).version()).reversed())
        .toList()
        .getFirst();
  }

  private static RuleSet active(AccountStatus status) {
    return Objects.requireNonNull(status.rules());
  }

  /** Whether the accounts have other rules, or other rules wait there. */
  private boolean differ() {
    AccountStatus first = known.getFirst();
    return !known.stream()
        .allMatch(
            status ->
                active(status).version() == active(first).version()
                    && active(status).rules().equals(active(first).rules())
                    && Objects.equals(version(proposed(status)), version(proposed(first)))
                    && Objects.equals(version(status.scheduled()), version(first.scheduled())));
  }

  private static @Nullable Long version(@Nullable RuleSet set) {
    return set == null ? null : set.version();
  }

  private static @Nullable RuleSet proposed(AccountStatus status) {
    RuleProposal proposal = status.proposal();
    return proposal == null ? null : proposal.ruleSet();
  }

  /**
   * Wanted rules with the number they are to have everywhere: a fresh one, higher than any that is
   * active or waits on some account. If they are what has the highest number already, because the
   * same change did not reach every account, or was made before, they keep that number.
   */
  RuleSet numbered(RuleSet wanted, Instant now) {
    long highest = 0;
    List<RuleSet> holders = new ArrayList<>();
    for (AccountStatus status : known) {
      for (RuleSet set : sets(status)) {
        if (set.version() > highest) {
          holders.clear();
          highest = set.version();
        }
        if (set.version() == highest) {
          holders.add(set);
        }
      }
    }
    boolean same = holders.stream().allMatch(set -> isSame(set, wanted, now));
    boolean everywhere = unknown.isEmpty() && holders.size() == known.size();
    if (same && everywhere && holders.getFirst().reason().equals(wanted.reason())) {
      return holders.getFirst();
    }
    return new RuleSet(
        same && !everywhere ? highest : highest + 1,
        wanted.activeFrom(),
        wanted.author(),
        wanted.reason(),
        wanted.rules());
  }

  private static List<RuleSet> sets(AccountStatus status) {
    List<RuleSet> sets = new ArrayList<>();
    sets.add(active(status));
    RuleSet proposed = proposed(status);
    if (proposed != null) {
      sets.add(proposed);
    }
    RuleSet scheduled = status.scheduled();
    if (scheduled != null) {
      sets.add(scheduled);
    }
    return sets;
  }

  private static boolean isSame(RuleSet set, RuleSet wanted, Instant now) {
    boolean sameTime =
        set.activeFrom().equals(wanted.activeFrom())
            || (!set.activeFrom().isAfter(now) && !wanted.activeFrom().isAfter(now));
    return sameTime && set.author().equals(wanted.author()) && set.rules().equals(wanted.rules());
  }

  /**
   * What may be looser on some account, one line each with both values; those that do not concern
   * every account name theirs.
   */
  List<String> loosenedBy(SortedMap<String, SortedMap<String, String>> rules) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (AccountStatus status : known) {
      for (String line : RuleLoosening.of(active(status).rules(), rules)) {
        lines.computeIfAbsent(line, key -> new ArrayList<>()).add(status.account());
      }
    }
    List<String> loosened = new ArrayList<>();
    lines.forEach(
        (line, names) ->
            loosened.add(
                names.size() == known.size() ? line : String.join(", ", names) + ": " + line));
    return loosened;
  }
}
