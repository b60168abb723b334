package dev.signaltoorder.market;

import dev.signaltoorder.kraken.CallRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fetches snapshots. A round asks Ticker once for all its pairs and Depth once for each, side by
 * side. Of one pair only one round runs at a time, whoever asks joins it, and a new one starts no
 * sooner than a second after the last: Kraken advises about one Depth call a second. A pair whose
 * Depth hangs holds up nobody else.
 */
final class SnapshotFeed {

  private static final Logger LOG = Logger.getLogger(SnapshotFeed.class);

  /** A second, less what the timer may be late or early. */
  static final Duration LEAST_BETWEEN_ROUNDS = Duration.ofMillis(900);

  /** Origin of real prices that were asked for. */
  static final String KRAKEN_REST = "kraken-rest";

  private final PriceCalls calls;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Executor executor;
  private final Consumer<RefreshResult> results;
  private final Map<String, CompletableFuture<RefreshResult>> running = new ConcurrentHashMap<>();
  private final Map<String, Round> lastRounds = new ConcurrentHashMap<>();

  /** A finished round of one pair. */
  private record Round(Instant startedAt, RefreshResult result) {}

  /**
   * A pair with the catalogue that it comes from.
   *
   * @param catalog for reading the answers' keys
   */
  record Wanted(PairRules rules, PairCatalog catalog) {

    String symbol() {
      return rules.symbol();
    }
  }

  /** The two price answers of one pair. */
  private record Prices(PriceCalls.TickerAnswer ticker, Fetched depth) {}

  /**
   * @param results told of every finished round before its future completes, in order for each pair
   */
  SnapshotFeed(
      PriceCalls calls,
      Clock clock,
      Supplier<UUID> ids,
      Executor executor,
      Consumer<RefreshResult> results) {
    this.calls = calls;
    this.clock = clock;
    this.ids = ids;
    this.executor = executor;
    this.results = results;
  }

  /** One future for each pair, in order; they never complete with an exception. Does not block. */
  List<CompletableFuture<RefreshResult>> refresh(List<Wanted> pairs) {
    var futures = new ArrayList<CompletableFuture<RefreshResult>>();
    var started = new LinkedHashMap<Wanted, CompletableFuture<RefreshResult>>();
    Instant now = clock.instant();
    for (Wanted pair : pairs) {
      var fresh = new CompletableFuture<RefreshResult>();
      CompletableFuture<RefreshResult> joined = running.putIfAbsent(pair.symbol(), fresh);
      // Looked up after the claim above: a round leaves its result before it gives up the claim.
      Round last = lastRounds.get(pair.symbol());
      if (joined != null) {
        futures.add(joined);
      } else if (last != null && !Elapsed.atLeast(LEAST_BETWEEN_ROUNDS, last.startedAt(), now)) {
        running.remove(pair.symbol(), fresh);
        fresh.complete(last.result());
        futures.add(fresh);
      } else {
        started.put(pair, fresh);
        futures.add(fresh);
      }
    }
    if (!started.isEmpty()) {
      run(started, now);
    }
    return futures;
  }

  private void run(Map<Wanted, CompletableFuture<RefreshResult>> started, Instant startedAt) {
    List<PairRules> pairs = started.keySet().stream().map(Wanted::rules).toList();
    var status = CompletableFuture.supplyAsync(calls::systemStatus, executor);
    var tickers = CompletableFuture.supplyAsync(() -> calls.tickers(pairs), executor);
    for (var start : started.entrySet()) {
      Wanted pair = start.getKey();
      // Nothing is lost with the last stage: finish() lets nothing escape but a fatal error.
      var unused =
          CompletableFuture.supplyAsync(() -> calls.depth(pair.rules()), executor)
              .thenCombine(
                  tickers,
                  (depth, all) -> new Prices(Objects.requireNonNull(all.get(pair.symbol())), depth))
              .thenCombine(status, (prices, online) -> result(pair, prices, online))
              .exceptionally(broken -> broke(pair, broken))
              .thenAccept(result -> finish(pair, start.getValue(), new Round(startedAt, result)));
    }
  }

  private void finish(Wanted pair, CompletableFuture<RefreshResult> future, Round round) {
    try {
      results.accept(round.result());
    } finally {
      // Whatever happens, nobody may wait for this round for ever.
      lastRounds.put(pair.symbol(), round);
      running.remove(pair.symbol(), future);
      future.complete(round.result());
    }
  }

  private RefreshResult result(Wanted pair, Prices prices, Fetched status) {
    var made = new ArrayList<CallRecord>();
    var problems = new ArrayList<String>();
    for (Fetched fetched : List.of(prices.ticker().fetched(), prices.depth(), status)) {
      CallRecord call = fetched.call();
      if (call != null) {
        made.add(call);
      }
      if (fetched instanceof Fetched.Unusable unusable) {
        problems.add(unusable.reason());
      }
    }
    if (prices.ticker().fetched() instanceof Fetched.Usable ticker
        && prices.depth() instanceof Fetched.Usable depth
        && status instanceof Fetched.Usable online) {
      String origin = ticker.call().origin();
      if (!origin.equals(depth.call().origin())) {
        problems.add("Ticker is from " + origin + " but Depth from " + depth.call().origin());
        return failed(pair, problems, made);
      }
      var parts =
          new SnapshotAssembly.Parts(
              pair.rules(),
              ticker.result(),
              prices.ticker().alone(),
              depth.result(),
              online.result(),
              earlier(ticker.call().startedAt(), depth.call().startedAt()),
              origin.equals("kraken") ? KRAKEN_REST : origin);
      return switch (SnapshotAssembly.assemble(parts, pair.catalog(), ids.get())) {
        case SnapshotAssembly.Assembled.Complete complete ->
            new RefreshResult.Refreshed(new Observed(complete.snapshot(), made));
        case SnapshotAssembly.Assembled.Incomplete incomplete ->
            failed(pair, incomplete.problems(), made);
      };
    }
    return failed(pair, problems, made);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static RefreshResult failed(Wanted pair, List<String> problems, List<CallRecord> calls) {
    return new RefreshResult.Failed(pair.symbol(), String.join("; ", problems), calls);
  }

  private static RefreshResult broke(Wanted pair, @Nullable Throwable broken) {
    LOG.errorf(broken, "Snapshot of %s broke", pair.symbol());
    return failed(pair, List.of("internal error, see the log"), List.of());
  }
}
