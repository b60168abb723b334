package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.signal.IntakeUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drives one account: one platform thread, the only one that touches the account's core and writes
 * its journal. It drains what is waiting, steps the core for each message, appends all facts in one
 * commit, and only then lets the effects go. When a commit fails or is in doubt it throws the core
 * away, gives up the lease and starts again from the journal.
 */
final class AccountLoop implements Runnable {
  private static final Logger LOG = Logger.getLogger(AccountLoop.class);
  private static final int MOST_PER_BATCH = 256;
  private static final int SUMMARIES_EVERY = 10_000;
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMillis(250);

  private final AccountSetup setup;
  private final Journal journal;
  private final Markets markets;
  private final Clock clock;
  private final UUID holder = UUID.randomUUID();
  private final FactCodec codec = new FactCodec();
  private final Mailbox mailbox = new Mailbox();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable AccountStatus status;
  private long term;
  private String lastFailure = "";

  AccountLoop(AccountSetup setup, Journal journal, Markets markets, Clock clock) {
    this.setup = setup;
    this.journal = journal;
    this.markets = markets;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("account-" + setup.account()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** Stops after the batch in hand; gives the lease up. */
  void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the account looked like after its last batch; null while it is not serving. */
  @Nullable AccountStatus status() {
    return status;
  }

  int waiting() {
    return mailbox.size();
  }

  /**
   * Hands a message in. The answer completes after the commit; exceptionally with {@link
   * IntakeUnavailableException} when nothing was stored.
   */
  CompletableFuture<Object> submit(Message message) {
    if (stopping) {
      return CompletableFuture.failedFuture(
          new IntakeUnavailableException("the service is stopping", null));
    }
    return mailbox.submit(message);
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        Optional<Lease> lease = journal.takeLease(setup.account(), holder, LEASE);
        if (lease.isPresent()) {
          serve(lease.get());
        } else {
          mailbox.refuseAll("another process has the account", null);
          pause();
        }
      } catch (RuntimeException | Error e) {
        logOnce(e);
        mailbox.refuseAll("the journal is away", e);
        pause();
      }
    }
    mailbox.refuseAll("the service is stopping", null);
  }

  private void serve(Lease lease) {
    term++;
    SendGate gate = new SendGate(System::nanoTime, setup.leaseMargin());
    try (Exchange exchange = setup.exchange().get()) {
      Term serving = new Term(lease, gate, exchange);
      serving.begin();
      lastFailure = "";
      while (!stopping) {
        serving.turn();
      }
    } catch (InterruptedException e) {
      LOG.debugf("account %s: interrupted, stopping", setup.account());
    } finally {
      gate.end();
      status = null;
      giveUp(lease);
    }
  }

  /** What goes on failing the same way is said once, not four times a second. */
  private void logOnce(Throwable e) {
    String failure = String.valueOf(e.getMessage());
    if (!failure.equals(lastFailure)) {
      LOG.errorf(e, "account %s: starting again from the journal", setup.account());
    }
    lastFailure = failure;
  }

  private void giveUp(Lease lease) {
    try {
      journal.release(lease);
    } catch (RuntimeException e) {
      LOG.warnf("account %s: lease not released, it ends by itself", setup.account());
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      if (!stopping) {
        LOG.debug("interrupted while waiting");
      }
    }
  }

  /** One uninterrupted time of holding the lease. */
  private final class Term {
    private final Lease lease;
    private final SendGate gate;
    private final EffectRunner effects;
    private final long number = term;
    private final AccountState state = new AccountState();
    private final AccountCore core;
    private long size;
    private Instant lastTick = Instant.EPOCH;
    private long renewedNanos = System.nanoTime();

    Term(Lease lease, SendGate gate, Exchange exchange) {
      this.lease = lease;
      this.gate = gate;
      this.effects = new EffectRunner(exchange, markets, gate, clock, this::post);
      this.core =
          new AccountCore(state, setup.engine(), setup.policy(), setup.ids(), clock.instant());
    }

    private void post(Message message) {
      mailbox.post(message, number);
    }

    void begin() throws InterruptedException {
      long startedNanos = System.nanoTime();
      size =
          journal.replay(
              lease.account(),
              0,
              record -> {
                codec.decode(record).ifPresent(state::apply);
                if (record.seq() % SUMMARIES_EVERY == 0) {
                  state.takeTouched();
                }
              });
      state.takeTouched();
      if (size != lease.journalSize()) {
        throw new IllegalStateException(
            "the journal holds " + size + " facts, its lease says " + lease.journalSize());
      }
      Step step =
          core.begin(
              new Fact.LoopStarted(lease.holder(), lease.fencing(), setup.mode(), setup.version()),
              setup.rules());
      commit(List.of(step));
      effects.haltAsRecorded(state);
      LOG.infof(
          "account %s: serving, %d facts folded in %d ms",
          lease.account(), size, (System.nanoTime() - startedNanos) / 1_000_000);
    }

    void turn() throws InterruptedException {
      List<Mailbox.Envelope> batch = mailbox.take(MOST_PER_BATCH, TICK);
      try {
        handle(batch);
      } catch (RuntimeException | Error e) {
        Mailbox.refuse(batch, "the journal is away", e);
        throw e;
      }
    }

    private void handle(List<Mailbox.Envelope> batch) {
      Instant now = clock.instant();
      List<Step> steps = new ArrayList<>(batch.size() + 1);
      List<Mailbox.Envelope> answered = new ArrayList<>(batch.size());
      for (Mailbox.Envelope envelope : batch) {
        if (envelope.isFor(number)) {
          steps.add(core.step(envelope.message(), now));
          answered.add(envelope);
        }
      }
      if (now.isBefore(lastTick) || !now.isBefore(lastTick.plus(TICK))) {
        lastTick = now;
        steps.add(core.step(new Message.Tick(), now));
      }
      commit(steps);
      steps.forEach(step -> step.effects().forEach(effects::run));
      status = core.status(setup.account(), mailbox.size());
      for (int i = 0; i < answered.size(); i++) {
        CompletableFuture<Object> reply = answered.get(i).reply();
        if (reply != null) {
          Object answer = steps.get(i).answer();
          reply.complete(answer == null ? new CommandResult(true, "done") : answer);
        }
      }
    }

    private void commit(List<Step> steps) {
      List<JournalEntry> entries = new ArrayList<>();
      List<InboxEntry> inbox = new ArrayList<>();
      for (Step step : steps) {
        step.facts().forEach(recorded -> entries.add(codec.encode(recorded)));
        inbox.addAll(step.inbox());
      }
      long before = System.nanoTime();
      if (!entries.isEmpty()) {
        Collection<SignalSummary> changed = state.takeTouched();
        journal.append(lease, size, new Batch(clock.instant(), entries, inbox, changed), LEASE);
        size += entries.size();
        core.journalHolds(size);
      } else if (before - renewedNanos < RENEW_EVERY.toNanos()) {
        return;
      } else if (!journal.renew(lease, LEASE)) {
        throw new IllegalStateException("the lease of " + lease.account() + " was taken over");
      }
      renewedNanos = before;
      // Counted from before the statement: the database's own count began later, so ours ends
      // first.
      gate.leaseUntil(before + LEASE.toNanos());
    }
  }
}
