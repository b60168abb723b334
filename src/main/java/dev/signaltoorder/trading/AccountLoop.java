package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drives one account: one platform thread, the only one that touches the account's core and writes
 * its journal. While it holds the account's lease it drains what is waiting, steps the core for
 * each message, appends all facts in one commit, and only then lets the effects go. When a commit
 * fails or is in doubt it throws the core away, gives up the lease and starts again from the
 * journal. While another process leads the account it waits for the lease.
 */
final class AccountLoop implements Runnable {
  private static final Logger LOG = Logger.getLogger(AccountLoop.class);

  /** A term that lasted this long was not stopped by what stopped the one before. */
  private static final Duration LASTING = Duration.ofSeconds(10);

  private static final int MOST_DOUBLINGS = 5;

  /**
   * A stop waits so long for the answers to orders that were sent: longer than a call takes with
   * the standard time-outs.
   */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /** So long in all, with the calls that a closed client still lets end. */
  static final Duration STOPS_WITHIN = Duration.ofSeconds(20);

  private final LoopContext with;
  private final Membership membership;
  private final Mailbox mailbox = new Mailbox();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable Term term;
  private long terms;
  private int failedTerms;
  private String lastFailure = "";

  AccountLoop(LoopContext with, Membership membership) {
    this.with = with;
    this.membership = membership;
    this.thread = Thread.ofPlatform().name("account-" + with.setup().account()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  /**
   * Stops after the batch in hand and the answers to what was sent, then gives the lease up. Does
   * not wait for that. Said twice, it waits for no answer.
   */
  void stop() {
    stopping = true;
    thread.interrupt();
  }

  /** Waits for the end, until this reading of {@link System#nanoTime}. */
  void awaitEnd(long untilNanos) {
    try {
      // Also of a thread that was never started; and 0 would mean for ever.
      thread.join(Math.max(1, (untilNanos - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the account looked like after its last batch; null while it is not led here. */
  @Nullable AccountStatus status() {
    Term now = term;
    return now == null ? null : now.status();
  }

  int waiting() {
    return mailbox.size();
  }

  long oldestWaitingNanos() {
    return mailbox.oldestNanos();
  }

  /** Something waits for the account in the database. Never blocks. */
  void ring() {
    Term now = term;
    if (now != null) {
      now.ring();
    }
  }

  /**
   * Hands a message in. The answer completes after the commit; exceptionally with {@link
   * NotLedHereException} when the account is not led here, or was lost before it was certain that
   * the message was stored.
   */
  CompletableFuture<Object> submit(Message message) {
    return mailbox.submit(message);
  }

  @Override
  public void run() {
    String account = with.setup().account();
    awaitTheOthers();
    while (!stopping) {
      try {
        long startedNanos = System.nanoTime();
        Optional<Lease> lease =
            membership.takeIfOurs(
                account,
                () ->
                    with.journal()
                        .takeLease(
                            account, membership.replica(), with.setup().lease().timeToLive()));
        if (lease.isPresent()) {
          lead(lease.get(), startedNanos);
        } else {
          pause();
        }
      } catch (RuntimeException | Error e) {
        logOnce(e);
        pause();
      }
    }
  }

  /**
   * A term that fails at once is not followed by the next at once: each begins with a fact, and
   * where a disk is full, those would take the last of it.
   */
  private void lead(Lease lease, long startedNanos) {
    try {
      leadOnce(lease, startedNanos);
      failedTerms = 0;
    } catch (RuntimeException | Error e) {
      boolean lasted = System.nanoTime() - startedNanos > LASTING.toNanos();
      failedTerms = lasted ? 1 : failedTerms + 1;
      if (failedTerms == 1) {
        lastFailure = "";
      }
      logOnce(e);
      pause(LeaseTimes.RETRY.multipliedBy(1L << Math.min(failedTerms - 1, MOST_DOUBLINGS)));
    }
  }

  private void leadOnce(Lease lease, long startedNanos) {
    terms++;
    SendGate gate = new SendGate(System::nanoTime, with.setup().lease().sendMargin());
    try (Exchange exchange = with.setup().exchange().get()) {
      Term leading = new Term(with, mailbox, lease, gate, exchange, terms, startedNanos);
      term = leading;
      leading.begin();
      serve(leading, lease.account());
      leading.leave();
    } finally {
      gate.end();
      Term ended = term;
      term = null;
      if (ended != null) {
        ended.end();
      }
      mailbox.close();
      giveUp(lease);
      membership.leftOff(lease.account());
    }
  }

  private void serve(Term leading, String account) {
    boolean caught = false;
    try {
      while (!stopping && !(membership.handsOver(account) && leading.isQuiet())) {
        leading.turn();
      }
    } catch (InterruptedException e) {
      LOG.debugf("account %s: interrupted, stopping", account);
      caught = true;
    }
    // What is left to do must not be interrupted again by the same wish.
    boolean interrupted = Thread.interrupted() || caught;
    LOG.debugf("account %s: left, interrupted: %s", account, interrupted);
    if (stopping) {
      hearOut(leading, account, interrupted);
    }
  }

  /**
   * What was sent is answered in a moment: heard now, it is on record and no doubt for whoever
   * leads next.
   *
   * @param interrupted the wish to stop has interrupted already; else it may do so still
   */
  private static void hearOut(Term leading, String account, boolean interrupted) {
    leading.beginNothing();
    long startedNanos = System.nanoTime();
    boolean known = interrupted;
    boolean again = false;
    while (!again
        && leading.isSending()
        && System.nanoTime() - startedNanos < ANSWERS_WITHIN.toNanos()) {
      try {
        leading.turn();
      } catch (InterruptedException e) {
        LOG.debugf("account %s: interrupted while answers were awaited", account);
        again = known;
        known = true;
      }
    }
    boolean left = Thread.interrupted();
    LOG.debugf("account %s: heard out, interrupted: %s", account, left);
  }

  /** What goes on failing the same way is said once, not four times a second. */
  private void logOnce(Throwable e) {
    String failure = String.valueOf(e.getMessage());
    if (!failure.equals(lastFailure)) {
      LOG.errorf(e, "account %s: starting again from the journal", with.setup().account());
    }
    lastFailure = failure;
  }

  private void giveUp(Lease lease) {
    try {
      with.journal().release(lease);
    } catch (RuntimeException e) {
      LOG.warnf("account %s: lease not released, it ends by itself", lease.account());
    }
  }

  /** A start needs no whole pause for this. */
  private void awaitTheOthers() {
    try {
      membership.awaitFirstLook(LeaseTimes.RETRY);
    } catch (InterruptedException e) {
      LOG.debug("interrupted while waiting for the others");
    }
  }

  private void pause() {
    pause(LeaseTimes.RETRY);
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      if (!stopping) {
        LOG.debug("interrupted while waiting");
      }
    }
  }
}
