package dev.signaltoorder.market;

import dev.signaltoorder.kraken.PriceFeed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The market as this process knows it: pair names, and the latest snapshot of every pair in use.
 * Questions are answered from memory and never wait for the network; what is missing, malformed or
 * too old is not handed out at all. Thread-safe.
 */
@ApplicationScoped
public class MarketData {

  private static final Logger LOG = Logger.getLogger(MarketData.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** The heartbeat comes about once a second, a little early or late. */
  private static final Duration JITTER = Duration.ofMillis(100);

  /** A snapshot may seem this far ahead of the clock, which is adjusted now and then. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(1);

  private final MarketSettings settings;
  private final Clock clock;
  private final PairCatalogFeed catalogFeed;
  private final SystemStatusFeed statusFeed;
  private final SnapshotFeed snapshotFeed;
  private final PairsInUse pairsInUse;
  private final LivePrices live;
  private final Map<String, BackOff> backOffs = new ConcurrentHashMap<>();
  private final Map<String, Observed> snapshots = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final List<Consumer<Observed>> listeners = new CopyOnWriteArrayList<>();
  private volatile Instant lastPrices = Instant.MIN;
  private volatile Instant lastStatus = Instant.MIN;

  /** For the running service: calls run on virtual threads. */
  @Inject
  public MarketData(MarketSource source, MarketConfig config, Clock clock, PriceFeed feed) {
    this(
        source,
        feed,
        MarketSettings.read(config).settings(),
        clock,
        new SnapshotIds(clock),
        task -> Thread.ofVirtual().name("market").start(task));
  }

  /** Without websocket. */
  public MarketData(
      MarketSource source,
      MarketSettings settings,
      Clock clock,
      Supplier<UUID> ids,
      Executor executor) {
    this(source, PriceFeed.NONE, settings, clock, ids, executor);
  }

  /**
   * @param ids of the snapshots, UUIDv7
   * @param executor runs the blocking calls
   */
  MarketData(
      MarketSource source,
      PriceFeed feed,
      MarketSettings settings,
      Clock clock,
      Supplier<UUID> ids,
      Executor executor) {
    this.settings = settings;
    this.clock = clock;
    this.catalogFeed = new PairCatalogFeed(source, clock, settings.pairsInterval());
    this.statusFeed = new SystemStatusFeed(source, clock, settings.maxAge());
    var calls =
        new PriceCalls(source, statusFeed, settings.depthLevels(), catalogFeed::askForReload);
    this.snapshotFeed = new SnapshotFeed(calls, clock, ids, executor, this::finished);
    this.pairsInUse = new PairsInUse(settings.maxPairs(), settings.keepWarm());
    this.live = new LivePrices(feed, statusFeed, clock, settings.maxAge(), ids);
  }

  /** The pair of this name: any of Kraken's names for it, with or without slash. */
  public Resolution resolve(String name) {
    return live.current(catalogFeed.resolve(name));
  }

  /** When the catalogue in use was fetched; empty when there is none yet. */
  public Optional<Instant> pairsLoadedAt() {
    return Optional.ofNullable(catalogFeed.loaded()).map(PairCatalogFeed.Loaded::at);
  }

  /**
   * Asks for a new catalogue, because Kraken refused a price, volume or name that it allowed. Comes
   * with one of the next beats; not more often than every half minute.
   */
  public void reloadPairs() {
    catalogFeed.askForReload();
  }

  /** Keeps the pair's snapshots coming for a while. A name that is no tradable pair is ignored. */
  public void markUsed(String pairSymbol) {
    if (resolve(pairSymbol) instanceof Resolution.Found found) {
      pairsInUse.mark(found.rules().symbol(), now());
    }
  }

  /**
   * The newest snapshot of the pair, unless it is older than the configured maximum. Does not
   * block. Rules judge the finer age by {@link MarketSnapshot#takenAt}. Counts as use.
   *
   * @param pairSymbol modern name, {@link PairRules#symbol}
   */
  public Optional<Observed> latest(String pairSymbol) {
    markUsed(pairSymbol);
    return Stream.of(live.now(resolve(pairSymbol)), Optional.ofNullable(snapshots.get(pairSymbol)))
        .flatMap(Optional::stream)
        .filter(this::young)
        .max(Comparator.comparing(observed -> observed.snapshot().takenAt()));
  }

  /**
   * Why {@link #latest} has nothing, in words for the record; null when it has something.
   *
   * @param pairSymbol modern name
   */
  public @Nullable String problem(String pairSymbol) {
    Observed observed = snapshots.get(pairSymbol);
    if (observed != null && young(observed)) {
      return null;
    }
    String unresolved = resolve(pairSymbol).problem();
    String failure = failures.get(pairSymbol);
    if (observed == null) {
      String reason = unresolved != null ? unresolved : failure;
      return reason != null ? reason : "no snapshot was taken yet";
    }
    String old = "newest snapshot was taken at " + observed.snapshot().takenAt();
    String reason = failure != null ? failure : unresolved;
    return reason == null ? old : old + "; since then " + reason;
  }

  /**
   * Fetches a snapshot now, on other threads. Whoever asks while one is on its way shares it; asked
   * again within a second of the last, the last result is given. Counts as use.
   *
   * @param pairSymbol modern name
   * @return never completes with an exception; completes on another thread, or on this one if the
   *     result is there already
   */
  public CompletionStage<RefreshResult> refresh(String pairSymbol) {
    return switch (resolve(pairSymbol)) {
      case Resolution.Found found -> {
        pairsInUse.mark(found.rules().symbol(), now());
        yield snapshotFeed
            .refresh(wanted(List.of(found.rules())))
            .getFirst()
            .minimalCompletionStage();
      }
      case Resolution unresolved -> {
        String problem = String.valueOf(unresolved.problem());
        yield CompletableFuture.completedStage(
            new RefreshResult.Failed(pairSymbol, problem, List.of()));
      }
    };
  }

  /** {@link #refresh(String)} for those who like to be called. */
  public void refresh(String pairSymbol, Consumer<RefreshResult> whenDone) {
    refresh(pairSymbol)
        .thenAccept(whenDone)
        .exceptionally(
            broken -> {
              LOG.errorf(broken, "Whoever asked for a snapshot of %s broke on it", pairSymbol);
              return null;
            });
  }

  /**
   * Tells {@code listener} of every new snapshot, on the thread that fetched it: it must be quick.
   */
  public void onSnapshot(Consumer<Observed> listener) {
    listeners.add(listener);
  }

  /** One beat: starts a round for the pairs in use if it is time to. Does not block. */
  void refreshPairsInUse() {
    Instant now = now();
    if (!Elapsed.atLeast(settings.refreshInterval().minus(JITTER), lastPrices, now)) {
      return;
    }
    lastPrices = now;
    List<String> configured = tradable(settings.pairs()).stream().map(PairRules::symbol).toList();
    List<PairRules> inUse = tradable(pairsInUse.at(now, configured));
    live.want(inUse, settings.depthLevels());
    List<PairRules> ready =
        inUse.stream()
            .filter(pair -> backOff(pair.symbol()).ready(now) && !live.covers(pair, now))
            .toList();
    snapshotFeed.refresh(wanted(ready));
  }

  /** One beat: asks for the exchange's status if it is time to. Blocks meanwhile. */
  void refreshSystemStatus() {
    Instant now = now();
    if (Elapsed.atLeast(settings.systemStatusInterval().minus(JITTER), lastStatus, now)) {
      lastStatus = now;
      statusFeed.fetch();
    }
  }

  /** One beat: fetches the catalogue if it is time to. Blocks meanwhile. */
  void refreshPairs() {
    catalogFeed.fetchIfDue();
  }

  /** Beats leave a failing pair alone for a while; whoever needs it now may still ask. */
  private BackOff backOff(String symbol) {
    return backOffs.computeIfAbsent(
        symbol, unused -> new BackOff(settings.refreshInterval(), LONGEST_PAUSE));
  }

  private List<PairRules> tradable(List<String> names) {
    var pairs = new ArrayList<PairRules>();
    for (String name : names) {
      if (resolve(name) instanceof Resolution.Found found) {
        pairs.add(found.rules());
      }
    }
    return pairs;
  }

  private List<SnapshotFeed.Wanted> wanted(List<PairRules> pairs) {
    PairCatalogFeed.Loaded loaded = catalogFeed.loaded();
    if (loaded == null) {
      return List.of();
    }
    return pairs.stream().map(pair -> new SnapshotFeed.Wanted(pair, loaded.catalog())).toList();
  }

  private void finished(RefreshResult result) {
    switch (result) {
      case RefreshResult.Refreshed refreshed -> {
        backOff(refreshed.observed().snapshot().pair()).succeeded();
        publish(refreshed.observed());
      }
      case RefreshResult.Failed failed -> {
        backOff(failed.pair()).failed(now());
        String before = failures.put(failed.pair(), failed.problem());
        if (!failed.problem().equals(before)) {
          LOG.warnf("No snapshot of %s: %s", failed.pair(), failed.problem());
        }
      }
    }
  }

  private void publish(Observed observed) {
    String pair = observed.snapshot().pair();
    failures.remove(pair);
    snapshots.put(pair, observed);
    live.compare(observed.snapshot());
    for (Consumer<Observed> listener : listeners) {
      try {
        listener.accept(observed);
      } catch (RuntimeException broken) {
        // One listener's trouble is not the others'.
        LOG.errorf(broken, "A listener broke on the snapshot of %s", pair);
      }
    }
  }

  private boolean young(Observed observed) {
    Duration age = Duration.between(observed.snapshot().takenAt(), now());
    return age.compareTo(settings.maxAge()) <= 0 && age.compareTo(CLOCK_SLACK.negated()) >= 0;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
