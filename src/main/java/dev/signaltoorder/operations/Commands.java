package dev.signaltoorder.operations;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.CommandNotInForceException;
import dev.signaltoorder.trading.CommandResult;
import dev.signaltoorder.trading.Message;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands commands to accounts and waits until they are committed and in force. */
@Singleton
class Commands {
  private static final long MOST_SECONDS = 10;

  private final Accounts accounts;

  Commands(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * What became of a command on one account.
   *
   * @param known false when it is not known to be in force
   * @param done true when it took effect, and is recorded
   * @param text what happened, or why it did not
   */
  record Given(boolean known, boolean done, String text) {}

  /** The same command for several accounts at once; what became of it on each. */
  SortedMap<String, Given> give(Collection<String> names, Function<String, Message> command) {
    Map<String, CompletableFuture<CommandResult>> running = new LinkedHashMap<>();
    names.forEach(
        name ->
            running.put(name, accounts.command(name, command.apply(name)).toCompletableFuture()));
    SortedMap<String, Given> given = new TreeMap<>();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    running.forEach((name, future) -> given.put(name, awaited(future, until)));
    return given;
  }

  private static Given awaited(CompletableFuture<CommandResult> future, long until) {
    try {
      long left = Math.max(1, until - System.nanoTime());
      CommandResult result = future.get(left, TimeUnit.NANOSECONDS);
      return new Given(true, result.done(), result.text());
    } catch (TimeoutException e) {
      return unknown("no answer within " + MOST_SECONDS + " s; it may still take effect");
    } catch (ExecutionException e) {
      return unknown(why(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  private static Given unknown(String why) {
    return new Given(false, false, why);
  }

  /**
   * The same command for several accounts at once.
   *
   * @throws ProblemException 503 naming the accounts where it is not in force
   */
  Map<String, CommandResult> run(Collection<String> names, Function<String, Message> command) {
    Map<String, CommandResult> results = new TreeMap<>();
    Map<String, String> failed = new TreeMap<>();
    give(names, command)
        .forEach(
            (name, given) -> {
              if (given.known()) {
                results.put(name, new CommandResult(given.done(), given.text()));
              } else {
                failed.put(name, given.text());
              }
            });
    if (!failed.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              "not-in-force",
              "The command is not in force everywhere",
              503,
              "accounts where it is not: " + failed));
    }
    return results;
  }

  private static String why(@Nullable Throwable cause) {
    return cause instanceof CommandNotInForceException
        ? String.valueOf(cause.getMessage())
        : "the database is away; nothing is known to be recorded";
  }

  CommandResult run(String account, Message command) {
    return Objects.requireNonNull(run(List.of(account), name -> command).get(account));
  }
}
