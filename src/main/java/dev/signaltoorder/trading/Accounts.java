package dev.signaltoorder.trading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.journal.Bell;
import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalException;
import dev.signaltoorder.journal.Replicas;
import dev.signaltoorder.journal.SharedTables;
import dev.signaltoorder.journal.WaitingDeliveries.Outcome;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.IntakeUnavailableException;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.signal.RefusedDelivery;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalIntake;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All accounts, whoever leads them: the door to the loops of this process, and to those of the
 * others. Thread-safe.
 */
public final class Accounts implements SignalIntake, AutoCloseable {
  private final Map<String, AccountLoop> loops = new LinkedHashMap<>();
  private final Markets markets;
  private final SharedTables tables;
  private final RefusalRecorder refusals;
  private final Membership membership;
  private final Bell bell;
  private final RemoteCommands remote;
  private final HandOverCodec codec = new HandOverCodec();
  private final ObjectMapper json = FactCodec.newMapper();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * For one process; nothing runs yet.
   *
   * @param setups the same accounts in every process over one database
   * @param observer hears what the loops of this process do
   */
  public Accounts(
      List<AccountSetup> setups,
      Journal journal,
      FactReader facts,
      SharedTables tables,
      DataSource dataSource,
      Markets markets,
      Clock clock,
      LoopObserver observer) {
    this.markets = markets;
    this.tables = tables;
    this.refusals = new RefusalRecorder(journal, clock);
    this.membership =
        new Membership(
            tables.replicas(),
            setups.stream().map(AccountSetup::account).toList(),
            setups.stream()
                .map(setup -> setup.lease().alive())
                .findFirst()
                .orElseGet(LeaseTimes.STANDARD::alive),
            this::tellStatus);
    for (AccountSetup setup : setups) {
      LoopContext context =
          new LoopContext(setup, journal, facts, tables, markets, clock, observer);
      loops.put(setup.account(), new AccountLoop(context, membership));
    }
    this.bell = new Bell(dataSource, this::heard);
    this.remote = new RemoteCommands(tables, bell);
  }

  /** Starts a loop per account. */
  public void start() {
    membership.start();
    bell.start();
    loops.values().forEach(AccountLoop::start);
    refusals.start();
  }

  /** Gives all accounts up; what comes in meanwhile is left for the next leader. */
  @Override
  public void close() {
    loops.values().forEach(AccountLoop::stop);
    long untilNanos = System.nanoTime() + AccountLoop.STOPS_WITHIN.toNanos();
    loops.values().forEach(loop -> loop.awaitEnd(untilNanos));
    membership.stop();
    refusals.stop();
    bell.close();
  }

  private void heard(String account) {
    AccountLoop loop = loops.get(account);
    if (loop != null) {
      loop.ring();
    }
  }

  /** The accounts' names. */
  public List<String> names() {
    return List.copyOf(loops.keySet());
  }

  /** How the accounts stand that are led here. */
  public List<AccountStatus> status() {
    List<AccountStatus> all = new ArrayList<>();
    for (AccountLoop loop : loops.values()) {
      AccountStatus status = loop.status();
      if (status != null) {
        all.add(status);
      }
    }
    return all;
  }

  /** The accounts that another process leads. */
  public List<Elsewhere> elsewhere() {
    List<Elsewhere> all = new ArrayList<>();
    loops.forEach(
        (account, loop) -> {
          Replicas.Leading leading = membership.leading(account).orElse(null);
          if (loop.status() == null
              && leading != null
              && leading.held()
              && !membership.replica().equals(leading.holder())) {
            all.add(
                new Elsewhere(
                    account,
                    leading.name(),
                    leading.holder(),
                    leading.since(),
                    leading.told(),
                    read(leading.status())));
          }
        });
    return all;
  }

  private @Nullable AccountStatus read(@Nullable String status) {
    try {
      return status == null ? null : json.readValue(status, AccountStatus.class);
    } catch (JsonProcessingException e) {
      // Of another version: better nothing than something wrong.
      return null;
    }
  }

  private void tellStatus() {
    for (AccountStatus status : status()) {
      try {
        tables.replicas().tell(status.account(), json.writeValueAsString(status));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a status cannot be written", e);
      }
    }
  }

  /** Whether some process leads the account, or did moments ago. */
  public boolean isServed(String account) {
    AccountLoop loop = loops.get(account);
    return (loop != null && loop.status() != null)
        || (membership.isInTouch() && membership.isServed(account));
  }

  /** Messages waiting in the loops' mailboxes, all accounts together. */
  public int waiting() {
    return loops.values().stream().mapToInt(AccountLoop::waiting).sum();
  }

  /** How long the message has waited that waits longest for this account's loop, nanoseconds. */
  public long oldestWaitingNanos(String account) {
    AccountLoop loop = loops.get(account);
    return loop == null ? 0 : loop.oldestWaitingNanos();
  }

  @Override
  public CompletionStage<Receipt> accept(Delivery delivery, Signal signal) {
    MarketView market = markets.now(signal.pair());
    return take(delivery, new Message.SignalArrived(delivery, signal, market));
  }

  @Override
  public CompletionStage<Receipt> acceptInvalid(Delivery delivery, List<FieldProblem> problems) {
    return take(delivery, new Message.InvalidArrived(delivery, problems));
  }

  @Override
  public void recordRefusal(RefusedDelivery refusal) {
    refusals.record(refusal);
  }

  /**
   * An operator's command for one account, whoever leads it. Completes after its commit, and after
   * its effect: a halt's answer means that no AddOrder begins any more. Completes exceptionally
   * with {@link CommandNotInForceException} when that is not known.
   */
  public CompletionStage<CommandResult> command(String account, Message command) {
    AccountLoop loop = loops.get(account);
    if (loop == null) {
      return CompletableFuture.completedFuture(
          new CommandResult(false, "no such account: " + account));
    }
    return loop.submit(command)
        .thenApply(CommandResult.class::cast)
        .exceptionallyComposeAsync(
            notLed(
                failure -> {
                  if (!failure.untouched()) {
                    throw new CommandNotInForceException(
                        "the commit is in doubt: look at the status, or give it again");
                  }
                  return remote.give(account, command);
                }),
            blocking);
  }

  private CompletionStage<Receipt> take(Delivery delivery, Message message) {
    AccountLoop loop = loops.get(delivery.account());
    if (loop == null) {
      return CompletableFuture.failedFuture(
          new IntakeUnavailableException("no account " + delivery.account() + " here", null));
    }
    // Also when a commit is in doubt: if it happened, its delivery id shows that.
    return loop.submit(message)
        .thenApply(Receipt.class::cast)
        .exceptionallyComposeAsync(notLed(failure -> handOver(delivery, message)), blocking);
  }

  /** What to do instead when the account is not led here. */
  private static <T> Function<Throwable, CompletionStage<T>> notLed(
      Function<NotLedHereException, T> instead) {
    return failure -> {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (!(cause instanceof NotLedHereException notLedHere)) {
        return CompletableFuture.failedFuture(cause);
      }
      try {
        return CompletableFuture.completedFuture(instead.apply(notLedHere));
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }

  private Receipt handOver(Delivery delivery, Message message) {
    Outcome outcome;
    try {
      outcome = tables.deliveries().handOver(codec.handedOver(delivery, message));
    } catch (JournalException e) {
      throw new IntakeUnavailableException("the database is away", e);
    }
    return switch (outcome) {
      case Outcome.Stored stored -> {
        bell.ring(delivery.account());
        yield new Receipt.Accepted(delivery.signalId());
      }
      case Outcome.Duplicate duplicate -> new Receipt.Duplicate(duplicate.firstSignalId());
      case Outcome.Conflict conflict -> {
        bell.ring(delivery.account());
        yield new Receipt.Conflict(conflict.firstSignalId());
      }
      case Outcome.Full full ->
          throw new IntakeUnavailableException(
              "too many deliveries wait for a leader of " + delivery.account(), null);
    };
  }
}
