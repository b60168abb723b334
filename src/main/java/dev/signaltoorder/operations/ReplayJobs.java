package dev.signaltoorder.operations;

import dev.signaltoorder.journal.SelectedFacts;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.ReplayQuery;
import dev.signaltoorder.trading.ReplayResult;
import dev.signaltoorder.trading.RulesReplay;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What-if replays: one at a time, the last one kept until the next begins. */
@Singleton
class ReplayJobs {
  private static final Logger LOG = Logger.getLogger(ReplayJobs.class);

  private final DataSource dataSource;
  private final Accounts accounts;
  private final Clock clock;
  private @Nullable Job last;

  ReplayJobs(DataSource dataSource, Accounts accounts, Clock clock) {
    this.dataSource = dataSource;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** One replay and how it stands. Fields are written by its thread only. */
  static final class Job {
    private final UUID id = UUID.randomUUID();
    private final RulesReplay replay;
    private final Instant startedAt;
    private volatile @Nullable Instant finishedAt;
    private volatile @Nullable ReplayResult result;
    private volatile @Nullable String failure;

    private Job(RulesReplay replay, Instant startedAt) {
      this.replay = replay;
      this.startedAt = startedAt;
    }

    View view() {
      Instant finished = finishedAt;
      String state =
          finished == null
              ? "RUNNING"
              : result == null ? "FAILED" : replay.canceled() ? "CANCELED" : "DONE";
      return new View(
          id,
          state,
          startedAt.toString(),
          finished == null ? null : finished.toString(),
          replay.progress(),
          replay.expected(),
          failure,
          finished == null ? null : result);
    }
  }

  /**
   * How a replay stands.
   *
   * @param state RUNNING, DONE, CANCELED or FAILED
   * @param factsRead progress
   * @param factsToRead of so many; 0 until they are counted
   * @param result once it has ended; of a canceled one what it had found
   */
  record View(
      UUID id,
      String state,
      String startedAt,
      @Nullable String finishedAt,
      long factsRead,
      long factsToRead,
      @Nullable String failure,
      @Nullable ReplayResult result) {}

  /**
   * Begins a replay over all accounts of this process.
   *
   * @throws ProblemException 409 while another one runs
   */
  synchronized Job start(RuleSet rules, ReplayQuery query) {
    Job before = last;
    if (before != null && before.finishedAt == null) {
      throw new ProblemException(
          Problem.of("busy", "A replay is running", 409, "Wait for " + before.id + " or end it."));
    }
    Job job =
        new Job(new RulesReplay(new SelectedFacts(dataSource), rules, query), clock.instant());
    last = job;
    // It changes nothing, so it is no fact; who looked for looser rules may matter all the same.
    LOG.infof("%s replays stored signals by other rules: replay %s", rules.author(), job.id);
    Thread.ofPlatform().name("rules-replay").daemon().start(() -> run(job));
    return job;
  }

  private void run(Job job) {
    try {
      job.result = job.replay.run(accounts.names());
    } catch (RuntimeException e) {
      LOG.error("a replay of rules failed", e);
      job.failure = "it could not be finished: see the log";
    } finally {
      job.finishedAt = clock.instant();
    }
  }

  /**
   * The last replay.
   *
   * @throws ProblemException 404 when it is not this one
   */
  synchronized Job find(String id) {
    Job job = last;
    if (job == null || !job.id.toString().equals(id)) {
      throw new ProblemException(
          Problem.of("not-found", "No such replay", 404, "Only the last one is kept."));
    }
    return job;
  }

  /** Ends a replay that runs; one that has ended stays as it is. */
  void cancel(String id) {
    Job job = find(id);
    if (job.finishedAt == null) {
      job.replay.cancel();
    }
  }

  @PreDestroy
  synchronized void stop() {
    if (last != null) {
      last.replay.cancel();
    }
  }
}
