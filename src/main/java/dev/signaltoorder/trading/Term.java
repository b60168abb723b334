package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Appending;
import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.CommandAnswer;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.kraken.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One uninterrupted time of leading an account. Owned by the loop's thread. Any exception ends it:
 * then the state is thrown away, because what was committed is not known any more.
 */
final class Term {
  private static final Logger LOG = Logger.getLogger(Term.class);
  private static final int MOST_PER_BATCH = 256;
  private static final Duration TICK = Duration.ofMillis(100);

  private final LoopContext with;
  private final Mailbox mailbox;
  private final Lease lease;
  private final SendGate gate;
  private final Exchange exchange;
  private final EffectRunner effects;
  private final long number;
  private final Pickup pickup;
  private final FactCodec codec = new FactCodec();
  private final AccountState state;
  private final AccountCore core;
  private final StateSaving saving;
  private long size;
  private Instant lastTick = Instant.EPOCH;
  private long renewedNanos;
  private volatile @Nullable AccountStatus status;

  /**
   * Folds the journal; serves nothing yet.
   *
   * @param number never used before in this process
   * @param startedNanos read before the lease was taken
   */
  Term(
      LoopContext with,
      Mailbox mailbox,
      Lease lease,
      SendGate gate,
      Exchange exchange,
      long number,
      long startedNanos) {
    this.with = with;
    this.mailbox = mailbox;
    this.lease = lease;
    this.gate = gate;
    this.exchange = exchange;
    this.number = number;
    this.pickup = new Pickup(with, mailbox, number);
    this.effects =
        new EffectRunner(
            exchange,
            with.markets(),
            gate,
            with.clock(),
            message -> mailbox.post(message, number),
            () -> with.observer().alarmed(lease.account()));
    renewed(startedNanos);
    AccountSetup setup = with.setup();
    Rebuild.Result rebuilt =
        new Rebuild(with.facts(), with.tables().snapshots(), setup.version())
            .run(lease, this::renewIfDue);
    this.state = rebuilt.state();
    this.size = rebuilt.size();
    this.saving =
        new StateSaving(
            with.tables().snapshots(), lease.account(), setup.version(), rebuilt.savedAt());
    LOG.infof(
        "account %s: %d facts, of which %d were saved as state; rebuilt in %d ms",
        lease.account(), size, rebuilt.savedAt(), (System.nanoTime() - startedNanos) / 1_000_000);
    this.core =
        new AccountCore(state, setup.engine(), setup.policy(), setup.ids(), with.clock().instant());
  }

  /** What the account looked like after the last batch; null before the first. Any thread. */
  @Nullable AccountStatus status() {
    return status;
  }

  /** Something waits in the database. Any thread. */
  void ring() {
    pickup.ring();
  }

  /**
   * Settles what the last term left, carries out the commands and takes the deliveries that waited.
   * Only then the mailbox opens.
   */
  void begin() {
    AccountSetup setup = with.setup();
    if (state.ruleBook().active() == null) {
      LOG.infof(
          "account %s: new, so it begins with the configured rules; those that operators have set"
              + " for other accounts are not its own until they are set again",
          lease.account());
    }
    Step first =
        core.begin(
            new Fact.LoopStarted(lease.holder(), lease.fencing(), setup.mode(), setup.version()),
            setup.rules());
    commit(null, List.of(first), List.of());
    effects.haltAsRecorded(state);
    // A halt that was answered while nobody led the account holds before anything is sent.
    drain(pickup::commands);
    effects.release(first);
    drain(pickup::deliveries);
    exchange.listen(message -> mailbox.post(message, number));
    pickup.start();
    LOG.infof("account %s: serving", lease.account());
    mailbox.open();
  }

  private void drain(java.util.function.Supplier<List<Mailbox.Envelope>> source) {
    List<Mailbox.Envelope> waiting = source.get();
    while (!waiting.isEmpty()) {
      handle(waiting);
      waiting = source.get();
    }
  }

  /** One batch: what waits, or a tick. */
  void turn() throws InterruptedException {
    List<Mailbox.Envelope> batch = mailbox.take(MOST_PER_BATCH, TICK);
    try {
      handle(batch);
    } catch (RuntimeException | Error e) {
      Mailbox.refuse(batch, new NotLedHereException(false, e));
      throw e;
    }
  }

  /** The loop ends this term by its own will: the next one shall start fast. */
  void leave() {
    if (core.deadMansSwitchMayBeSet()) {
      CallRecord call = LastCall.switchOff(exchange, lease.account());
      if (call != null) {
        Step step = new Step(state);
        step.record(CallFacts.called(call, "dead-mans-switch", null, null));
        commit(null, List.of(step), List.of());
      }
    }
    saving
        .saveNow(state, size)
        .ifPresent(
            saved -> {
              Step step = new Step(state);
              step.record(saved);
              commit(null, List.of(step), List.of());
            });
  }

  void end() {
    pickup.end();
  }

  /** True when no call to AddOrder is under way: a good moment to hand the account over. */
  boolean isQuiet() {
    return state.undecided().isEmpty() && !isSending();
  }

  /** True while a call to AddOrder is under way, or an order waits for its turn. */
  boolean isSending() {
    return state.liveOrders().values().stream().anyMatch(Order::onItsWay);
  }

  /** From now on turns only bring to an end what has begun: no signal is decided, no entry sent. */
  void beginNothing() {
    gate.leave();
    core.leave();
  }

  private void handle(List<Mailbox.Envelope> batch) {
    List<Mailbox.Envelope> mine = batch.stream().filter(each -> each.isFor(number)).toList();
    Claims claims = new Claims(mine);
    List<Claims.Claimed> claimed;
    List<Step> steps = new ArrayList<>();
    List<@Nullable Object> answers = new ArrayList<>();
    List<UUID> commands = new ArrayList<>();
    try (Appending appending =
        claims.isNeeded() ? with.journal().begin(lease, size, timeToLive()) : null) {
      claimed = claims.in(appending);
      Instant now = with.clock().instant();
      List<CommandAnswer> results = new ArrayList<>();
      for (Claims.Claimed each : claimed) {
        Object answer = each.answer();
        if (each.message() != null) {
          Step step = core.step(each.message(), now);
          steps.add(step);
          answer = step.answer() == null ? new CommandResult(true, "done") : step.answer();
        }
        answers.add(answer);
        if (each.envelope().row() instanceof Mailbox.Row.Command row
            && answer instanceof CommandResult result) {
          commands.add(row.id());
          results.add(new CommandAnswer(row.id(), result.done(), result.text()));
        }
      }
      tickIfDue(steps, now);
      recordSaved(steps);
      commit(appending, steps, results);
    }
    steps.forEach(effects::release);
    if (!commands.isEmpty()) {
      with.tables().commands().inForce(commands);
    }
    pickup.done(mine);
    saving.saveIfDue(state, size);
    status = core.status(lease.account(), mailbox.size());
    for (int i = 0; i < claimed.size(); i++) {
      CompletableFuture<Object> reply = claimed.get(i).envelope().reply();
      if (reply != null) {
        reply.complete(answers.get(i));
      }
    }
  }

  private void recordSaved(List<Step> steps) {
    saving
        .written()
        .ifPresent(
            saved -> {
              Step step = new Step(state);
              step.record(saved);
              steps.add(step);
            });
  }

  private void tickIfDue(List<Step> steps, Instant now) {
    if (now.isBefore(lastTick) || !now.isBefore(lastTick.plus(TICK))) {
      lastTick = now;
      steps.add(core.step(new Message.Tick(), now));
    }
  }

  /**
   * @param begun the commit in which something was claimed, or null when nothing had to be
   */
  private void commit(@Nullable Appending begun, List<Step> steps, List<CommandAnswer> results) {
    List<JournalEntry> entries = new ArrayList<>();
    for (Step step : steps) {
      step.facts().forEach(recorded -> entries.add(codec.encode(recorded)));
    }
    if (begun == null && entries.isEmpty()) {
      renewIfDue();
      return;
    }
    long before = System.nanoTime();
    Batch batch = new Batch(with.clock().instant(), entries, state.takeTouched());
    if (begun == null) {
      with.journal().append(lease, size, batch, timeToLive());
    } else {
      begun.commit(batch, results);
    }
    size += entries.size();
    core.journalHolds(size);
    renewed(before);
    with.observer()
        .committed(
            lease.account(),
            steps.stream().flatMap(step -> step.facts().stream()).map(Recorded::fact).toList(),
            System.nanoTime() - before);
  }

  private Duration timeToLive() {
    return with.setup().lease().timeToLive();
  }

  private void renewIfDue() {
    long before = System.nanoTime();
    if (before - renewedNanos < with.setup().lease().renewEvery().toNanos()) {
      return;
    }
    if (!with.journal().renew(lease, timeToLive())) {
      throw new IllegalStateException("the lease of " + lease.account() + " has ended");
    }
    renewed(before);
  }

  private void renewed(long before) {
    renewedNanos = before;
    // Counted from before the statement: the database's own count began later, so ours ends
    // first.
    gate.leaseUntil(before + timeToLive().toNanos());
  }
}
