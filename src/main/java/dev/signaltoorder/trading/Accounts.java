package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Inbox;
import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.journal.Journal;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All accounts of this process: the door to their loops. Thread-safe. */
public final class Accounts implements SignalIntake, AutoCloseable {
  private final Map<String, AccountLoop> loops = new LinkedHashMap<>();
  private final Markets markets;
  private final Inbox inbox;
  private final RefusalRecorder refusals;

  public Accounts(
      List<AccountSetup> setups, Journal journal, Inbox inbox, Markets markets, Clock clock) {
    for (AccountSetup setup : setups) {
      loops.put(setup.account(), new AccountLoop(setup, journal, markets, clock));
    }
    this.markets = markets;
    this.inbox = inbox;
    this.refusals = new RefusalRecorder(journal, clock);
  }

  /** Starts a loop per account. */
  public void start() {
    loops.values().forEach(AccountLoop::start);
    refusals.start();
  }

  @Override
  public void close() {
    loops.values().forEach(AccountLoop::stop);
    refusals.stop();
  }

  /** The accounts' names. */
  public List<String> names() {
    return List.copyOf(loops.keySet());
  }

  /** How the accounts stand; one that is not serving is missing. */
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

  /** Messages waiting in the loops' mailboxes, all accounts together. */
  public int waiting() {
    return loops.values().stream().mapToInt(AccountLoop::waiting).sum();
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
   * An operator's command for one account. Completes after its commit, and after its effect: a
   * halt's answer means that no AddOrder begins any more.
   */
  public CompletionStage<CommandResult> command(String account, Message command) {
    AccountLoop loop = loops.get(account);
    if (loop == null) {
      return CompletableFuture.completedFuture(
          new CommandResult(false, "no such account: " + account));
    }
    return loop.submit(command).thenApply(CommandResult.class::cast);
  }

  private CompletionStage<Receipt> take(Delivery delivery, Message message) {
    AccountLoop loop = loops.get(delivery.account());
    if (loop == null) {
      return CompletableFuture.failedFuture(
          new IntakeUnavailableException("no account " + delivery.account() + " here", null));
    }
    Optional<InboxEntry> first;
    try {
      first = inbox.find(delivery.source(), delivery.deliveryId());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new IntakeUnavailableException("the database is away", e));
    }
    if (first.isEmpty()) {
      return loop.submit(message).thenApply(Receipt.class::cast);
    }
    if (first.get().bodySha256().equals(delivery.bodySha256())) {
      return CompletableFuture.completedFuture(new Receipt.Duplicate(first.get().signalId()));
    }
    return loop.submit(new Message.ConflictArrived(delivery, first.get().signalId()))
        .thenApply(Receipt.class::cast);
  }
}
