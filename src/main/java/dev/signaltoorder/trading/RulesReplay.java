package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SelectedFacts;
import dev.signaltoorder.journal.SelectedFacts.StoredFact;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What if: decided signals, each with the input it was decided with, through another rule set on
 * the same engine. Each signal is judged against the account as it was then, so an order that the
 * other rules would not have placed still counts in the sums of later signals. Reads the journal
 * and changes nothing. One use per object; {@link #cancel} and the progress may be used by other
 * threads.
 */
public final class RulesReplay {
  private static final String DECIDED = "signal-decided";
  private static final String INTENDED = "order-intended";
  private static final List<String> KINDS = List.of(DECIDED, INTENDED);
  private static final int CHUNK = 200;

  /** Decoding is most of the work, and each chunk is decoded alone: on all cores. */
  private static final int DECODERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final int CHUNKS_AHEAD = 2 * DECODERS;

  /** As long as rules look back on approvals. */
  private static final Duration APPROVALS_BEFORE = Duration.ofHours(25);

  private final SelectedFacts facts;
  private final RuleSet rules;
  private final ReplayQuery query;
  private final RiskEngine engine = new RiskEngine();
  private final FactCodec codec = FactCodec.forJudgingAgain();
  private final ReplayTotals totals = new ReplayTotals();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong expected = new AtomicLong();
  private volatile boolean canceled;

  public RulesReplay(SelectedFacts facts, RuleSet rules, ReplayQuery query) {
    this.facts = facts;
    this.rules = rules;
    this.query = query;
  }

  /** Facts read so far. */
  public long progress() {
    return read.get();
  }

  /** Facts to be read in all; 0 until they are counted. */
  public long expected() {
    return expected.get();
  }

  /** Ends {@link #run} soon, with what it has found until then. */
  public void cancel() {
    canceled = true;
  }

  public boolean canceled() {
    return canceled;
  }

  /** Judges everything again; takes as long as it takes. */
  public ReplayResult run(List<String> accounts) {
    ExecutorService decoders = Executors.newFixedThreadPool(DECODERS);
    try {
      for (String account : accounts) {
        expected.addAndGet(facts.count(account, KINDS, begin(), query.to()));
      }
      for (String account : accounts) {
        run(account, decoders);
      }
      return totals.result();
    } finally {
      decoders.shutdownNow();
    }
  }

  private void run(String account, ExecutorService decoders) {
    Judging judging = new Judging(account);
    Deque<Future<List<Fact>>> ahead = new ArrayDeque<>();
    List<StoredFact> chunk = new ArrayList<>(CHUNK);
    facts.read(
        account,
        KINDS,
        begin(),
        query.to(),
        stored -> {
          // Of the time before only the approvals matter.
          if (stored.fact().kind().equals(INTENDED)
              || !stored.recordedAt().isBefore(query.from())) {
            chunk.add(stored);
          }
          if (chunk.size() == CHUNK) {
            ahead.addLast(decode(decoders, chunk));
            chunk.clear();
          }
          if (ahead.size() > CHUNKS_AHEAD) {
            judging.all(ahead.removeFirst());
          }
          read.incrementAndGet();
          return !canceled;
        });
    ahead.addLast(decode(decoders, chunk));
    ahead.forEach(judging::all);
  }

  private Instant begin() {
    return query.from().minus(APPROVALS_BEFORE);
  }

  private Future<List<Fact>> decode(ExecutorService decoders, List<StoredFact> chunk) {
    List<StoredFact> copy = List.copyOf(chunk);
    return decoders.submit(
        () -> copy.stream().flatMap(stored -> codec.decode(stored.fact()).stream()).toList());
  }

  /** One account's facts in their order. */
  private final class Judging {
    private final String account;
    private final Approvals approvals = new Approvals();

    Judging(String account) {
      this.account = account;
    }

    void all(Future<List<Fact>> decoded) {
      try {
        for (Fact fact : decoded.get()) {
          one(fact);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancel();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a stored fact cannot be judged again", e.getCause());
      }
    }

    private void one(Fact fact) {
      if (fact instanceof Fact.OrderIntended intended) {
        if (intended.intent().protective() == null) {
          approvals.approved(intended.orderId(), intended.intent());
        }
      } else if (fact instanceof Fact.SignalDecided decided
          && !decided.outcome().equals("DONE")
          && query.wants(decided)) {
        totals.add(account, decided, JudgedAgain.by(engine, rules, decided, approvals));
      }
    }
  }
}
