package dev.signaltoorder.operations;

import dev.signaltoorder.operations.Commands.Given;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Message;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Gives a change of the rules to all accounts, and says what became of it where it did not become
 * the same everywhere.
 */
@Singleton
class RuleCommands {
  private final Accounts accounts;
  private final Commands commands;

  RuleCommands(Accounts accounts, Commands commands) {
    this.accounts = accounts;
    this.commands = commands;
  }

  /**
   * A numbered rule set for all accounts. One account is asked first: of two changes that were made
   * at once, it refuses the second before any other account has heard of it.
   *
   * @throws ProblemException 409 or 503, saying where it is in force and where not
   */
  void change(Message command) {
    List<String> names = new ArrayList<>(accounts.names());
    String first = names.stream().filter(accounts::isServed).findFirst().orElseGet(names::getFirst);
    SortedMap<String, Given> given = commands.give(List.of(first), name -> command);
    names.remove(first);
    if (given.values().stream().noneMatch(RuleCommands::isRefused)) {
      given.putAll(commands.give(names, name -> command));
    }
    check(given);
  }

  /**
   * A word about proposed rules, for all accounts.
   *
   * @throws ProblemException 409 or 503, saying where it is in force and where not
   */
  void confirm(Message.ConfirmRules command) {
    check(commands.give(accounts.names(), name -> command));
  }

  /**
   * A word about proposed rules, for all accounts. An account where none of that version wait needs
   * no rejection, as long as there is another where they did.
   *
   * @throws ProblemException 409 or 503, saying where it is in force and where not
   */
  void reject(Message.RejectRules command) {
    SortedMap<String, Given> given = commands.give(accounts.names(), name -> command);
    boolean rejected = given.values().stream().anyMatch(Given::done);
    if (!rejected || given.values().stream().anyMatch(each -> !each.known())) {
      check(given);
    }
  }

  private static boolean isRefused(Given given) {
    return given.known() && !given.done();
  }

  private static void check(SortedMap<String, Given> given) {
    List<String> done = new ArrayList<>();
    List<String> not = new ArrayList<>();
    given.forEach(
        (account, each) -> (each.done() ? done : not).add(account + " (" + each.text() + ")"));
    if (not.isEmpty()) {
      return;
    }
    String detail =
        done.isEmpty()
            ? String.join(", ", not)
            : "done: %s; not done: %s. The same may be sent again: where it is done, nothing changes."
                .formatted(String.join(", ", done), String.join(", ", not));
    if (given.values().stream().anyMatch(each -> !each.known())) {
      throw new ProblemException(
          Problem.of("not-in-force", "The command is not in force everywhere", 503, detail));
    }
    throw new ProblemException(
        done.isEmpty()
            ? Problem.of("refused", "The rules were not changed", 409, detail)
            : Problem.of("in-part", "The rules were changed on some accounts only", 409, detail));
  }
}
