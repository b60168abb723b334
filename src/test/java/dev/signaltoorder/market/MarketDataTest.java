package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarketDataTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HandClock clock = new HandClock();
  private final ScriptedSource source = new ScriptedSource(clock);
  private MarketData market = market(Runnable::run);

  @BeforeEach
  void catalogueIsLoaded() {
    market.refreshPairs();
    source.calls.clear();
  }

  @Test
  void aRefreshGivesASnapshotWithTheCallsItWasMadeOf() {
    RefreshResult result = refresh("BTC/USD");

    Observed observed = ((RefreshResult.Refreshed) result).observed();
    assertThat(observed.snapshot().pair()).isEqualTo("BTC/USD");
    assertThat(observed.snapshot().mid()).isEqualByComparingTo("30300.05");
    assertThat(observed.calls()).hasSize(3).doesNotContainNull();
    assertThat(market.latest("BTC/USD")).contains(observed);
    assertThat(market.problem("BTC/USD")).isNull();
    assertThat(source.calls)
        .containsExactlyInAnyOrder("SystemStatus ", "Ticker XBTUSD", "Depth XBTUSD");
  }

  @Test
  void aSnapshotIsAsOldAsTheEarlierOfItsPriceCalls() {
    source.beforeEachCall = () -> clock.advance(Duration.ofMillis(70));

    Observed observed = ((RefreshResult.Refreshed) refresh("BTC/USD")).observed();

    CallRecord ticker = observed.calls().get(0);
    CallRecord depth = observed.calls().get(1);
    assertThat(ticker.startedAt()).isNotEqualTo(depth.startedAt());
    Instant earlier =
        ticker.startedAt().isBefore(depth.startedAt()) ? ticker.startedAt() : depth.startedAt();
    assertThat(observed.snapshot().takenAt()).isEqualTo(earlier);
  }

  @Test
  void aSnapshotBeyondTheMaximumAgeIsNotHandedOut() {
    refresh("BTC/USD");
    clock.advance(Duration.ofSeconds(10));
    assertThat(market.latest("BTC/USD")).isPresent();

    clock.advance(Duration.ofMillis(1));

    assertThat(market.latest("BTC/USD")).isEmpty();
    assertThat(market.problem("BTC/USD"))
        .isEqualTo("newest snapshot was taken at 2026-11-22T10:00:00Z");
  }

  @Test
  void aSnapshotFromTheFutureIsNotHandedOut() {
    refresh("BTC/USD");

    clock.advance(Duration.ofHours(-1));

    assertThat(market.latest("BTC/USD")).isEmpty();
    assertThat(market.problem("BTC/USD")).isNotNull();
  }

  @Test
  void aFailureSaysWhyAndLeavesTheYoungSnapshotInPlace() {
    refresh("BTC/USD");
    clock.advance(SECOND);
    source.ticker = names -> source.refusal("EService:Unavailable");

    RefreshResult result = refresh("BTC/USD");

    RefreshResult.Failed failed = (RefreshResult.Failed) result;
    assertThat(failed.problem()).isEqualTo("Ticker: EService:Unavailable");
    assertThat(failed.calls()).hasSize(3);
    assertThat(market.latest("BTC/USD")).isPresent();
    clock.advance(Duration.ofSeconds(10));
    assertThat(market.latest("BTC/USD")).isEmpty();
    assertThat(market.problem("BTC/USD")).endsWith("; since then Ticker: EService:Unavailable");
  }

  @Test
  void anIncompleteAnswerIsAFailureWithEveryReason() {
    source.depth.put("XBTUSD", () -> source.success(MarketBodies.json("{\"XXBTZUSD\": {}}")));

    RefreshResult result = refresh("BTC/USD");

    assertThat(((RefreshResult.Failed) result).problem())
        .isEqualTo("bids are missing; asks are missing");
    assertThat(market.latest("BTC/USD")).isEmpty();
    assertThat(market.problem("BTC/USD")).isEqualTo("bids are missing; asks are missing");
  }

  @Test
  void aSourceThatBreaksIsAFailureToo() {
    source.depth.put(
        "XBTUSD",
        () -> {
          throw new IllegalStateException("boom");
        });

    RefreshResult result = refresh("BTC/USD");

    assertThat(((RefreshResult.Failed) result).problem()).isEqualTo("Depth: IllegalStateException");
  }

  @Test
  void pricesOfTwoOriginsAreNeverMixed() {
    source.depth.put(
        "XBTUSD", () -> source.success(MarketBodies.depth("XXBTZUSD"), "simulated, seed 7"));

    RefreshResult result = refresh("BTC/USD");

    assertThat(((RefreshResult.Failed) result).problem())
        .isEqualTo("Ticker is from kraken but Depth from simulated, seed 7");
  }

  @Test
  void anUnknownPairFailsWithoutACall() {
    RefreshResult result = refresh("FOO/BAR");

    assertThat(result)
        .isEqualTo(new RefreshResult.Failed("FOO/BAR", "unknown pair FOO/BAR", List.of()));
    assertThat(market.problem("FOO/BAR")).isEqualTo("unknown pair FOO/BAR");
    assertThat(source.calls).isEmpty();
  }

  @Test
  void whoeverAsksWhileARefreshIsOnItsWayJoinsIt() {
    var tasks = new ArrayDeque<Runnable>();
    market = market(tasks::add);
    market.refreshPairs();
    source.calls.clear();
    var results = new ArrayList<RefreshResult>();

    market.refresh("BTC/USD", results::add);
    market.refresh("BTC/USD", results::add);
    market.refresh("XBTUSD", results::add);
    assertThat(results).isEmpty();
    runAll(tasks);

    assertThat(source.callsTo("Depth")).hasSize(1);
    assertThat(results).hasSize(3).allMatch(RefreshResult.Refreshed.class::isInstance);
    assertThat(results.get(1)).isSameAs(results.get(0)).isSameAs(results.get(2));
  }

  @Test
  void askedAgainWithinASecondTheLastResultIsGivenAgain() {
    RefreshResult first = refresh("BTC/USD");
    clock.advance(Duration.ofMillis(500));

    RefreshResult second = refresh("BTC/USD");

    assertThat(second).isSameAs(first);
    assertThat(source.callsTo("Depth")).hasSize(1);
    clock.advance(Duration.ofMillis(500));
    assertThat(refresh("BTC/USD")).isNotSameAs(first);
    assertThat(source.callsTo("Depth")).hasSize(2);
  }

  @Test
  void aBeatAsksOnceForThePricesOfAllPairsInUse() {
    market.markUsed("BTC/USD");
    market.latest("SOL/USD");

    market.refreshPairsInUse();

    assertThat(source.callsTo("Ticker")).hasSize(1);
    assertThat(source.callsTo("Ticker").getFirst()).contains("XBTUSD").contains("SOLUSD");
    assertThat(source.callsTo("Depth")).containsExactlyInAnyOrder("Depth XBTUSD", "Depth SOLUSD");
    assertThat(market.latest("BTC/USD")).isPresent();
    assertThat(market.latest("SOL/USD")).isPresent();
  }

  @Test
  void aBeatBeforeItsTimeDoesNothing() {
    market.markUsed("BTC/USD");
    market.refreshPairsInUse();
    clock.advance(Duration.ofMillis(300));

    market.refreshPairsInUse();

    assertThat(source.callsTo("Ticker")).hasSize(1);
    clock.advance(Duration.ofMillis(650));
    market.refreshPairsInUse();
    assertThat(source.callsTo("Ticker")).hasSize(2);
  }

  @Test
  void aPairNobodyAskedForInTenMinutesIsLeftAlone() {
    market.markUsed("BTC/USD");
    clock.advance(Duration.ofMinutes(10));

    market.refreshPairsInUse();

    assertThat(source.calls).isEmpty();
  }

  @Test
  void aConfiguredPairIsAlwaysKeptWarmUnderAnyOfItsNames() {
    market = market(Runnable::run, List.of("XBT/USD", "NOSUCH/PAIR"), 10);
    market.refreshPairs();
    clock.advance(Duration.ofHours(5));

    market.refreshPairsInUse();

    assertThat(market.latest("BTC/USD")).isPresent();
    assertThat(source.callsTo("Depth")).containsExactly("Depth XBTUSD");
  }

  @Test
  void noMorePairsAreKeptWarmThanConfigured() {
    market = market(Runnable::run, List.of("BTC/USD"), 2);
    market.refreshPairs();
    market.markUsed("DOGE/EUR");
    clock.advance(SECOND);
    market.markUsed("SOL/USD");

    market.refreshPairsInUse();

    assertThat(source.callsTo("Depth")).containsExactlyInAnyOrder("Depth XBTUSD", "Depth SOLUSD");
  }

  @Test
  void onePairThatKrakenDroppedSpoilsNothingForTheOthers() {
    source.ticker =
        names ->
            names.contains("SOLUSD")
                ? source.refusal("EQuery:Unknown asset pair")
                : source.goodTicker(names);
    market.markUsed("BTC/USD");
    market.markUsed("SOL/USD");
    clock.advance(Duration.ofMinutes(1));

    market.refreshPairsInUse();
    market.refreshPairs();

    assertThat(market.latest("BTC/USD")).isPresent();
    assertThat(market.problem("SOL/USD")).isEqualTo("Ticker: EQuery:Unknown asset pair");
    assertThat(source.callsTo("AssetPairs")).hasSize(1);
  }

  @Test
  void aPairThatKeepsFailingIsAskedForLessOftenAndTheOthersAsOften() {
    source.depth.put("SOLUSD", () -> source.refusal("EGeneral:Too many requests"));

    for (int second = 0; second < 60; second++) {
      market.markUsed("BTC/USD");
      market.markUsed("SOL/USD");
      market.refreshPairsInUse();
      clock.advance(SECOND);
    }

    assertThat(source.callsTo("Depth").stream().filter("Depth XBTUSD"::equals)).hasSize(60);
    assertThat(source.callsTo("Depth").stream().filter("Depth SOLUSD"::equals))
        .hasSizeBetween(5, 9);
  }

  @Test
  void aPairThatFailedIsStillFetchedForWhoeverNeedsItNow() {
    source.depth.put("SOLUSD", () -> source.refusal("EService:Busy"));
    for (int second = 0; second < 10; second++) {
      refresh("SOL/USD");
      clock.advance(SECOND);
    }
    source.depth.clear();

    RefreshResult result = refresh("SOL/USD");

    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
  }

  @Test
  void everyListenerHearsOfASnapshotEvenIfOneOfThemBreaks() {
    var heard = new ArrayList<Observed>();
    market.onSnapshot(
        observed -> {
          throw new IllegalStateException("boom");
        });
    market.onSnapshot(heard::add);

    RefreshResult result = refresh("BTC/USD");

    assertThat(heard).containsExactly(((RefreshResult.Refreshed) result).observed());
  }

  @Test
  void theLastSystemStatusServesUntilItIsTooOld() {
    market.refreshSystemStatus();
    source.status = () -> source.refusal("EService:Unavailable");
    clock.advance(Duration.ofSeconds(9));
    market.refreshSystemStatus();
    assertThat(refresh("BTC/USD")).isInstanceOf(RefreshResult.Refreshed.class);
    clock.advance(SECOND);

    RefreshResult result = refresh("BTC/USD");

    assertThat(((RefreshResult.Failed) result).problem())
        .isEqualTo("SystemStatus: EService:Unavailable");
  }

  @Test
  void aSystemStatusIsPassedOnAsKrakenSaysIt() {
    source.status = () -> source.success(MarketBodies.json("{\"status\": \"cancel_only\"}"));

    Observed observed = ((RefreshResult.Refreshed) refresh("BTC/USD")).observed();

    assertThat(observed.snapshot().systemStatus()).isEqualTo("cancel_only");
  }

  @Test
  void theSystemStatusIsAskedForEveryFewSeconds() {
    for (int second = 0; second < 12; second++) {
      market.refreshSystemStatus();
      clock.advance(SECOND);
    }

    assertThat(source.callsTo("SystemStatus")).hasSize(4);
  }

  @Test
  void beforeTheCatalogueIsLoadedEveryNameIsOpen() {
    source.pairs = () -> source.refusal("EService:Unavailable");
    market = market(Runnable::run);
    assertThat(market.resolve("BTC/USD"))
        .isEqualTo(new Resolution.NotLoaded("BTC/USD", "pair catalogue not loaded yet"));

    market.refreshPairs();

    assertThat(market.resolve("BTC/USD").problem())
        .isEqualTo("pair catalogue not loaded yet: AssetPairs: EService:Unavailable");
    assertThat(market.problem("BTC/USD")).startsWith("pair catalogue not loaded yet");
    assertThat(refresh("BTC/USD")).isInstanceOf(RefreshResult.Failed.class);
    assertThat(market.latest("BTC/USD")).isEmpty();
    assertThat(market.pairsLoadedAt()).isEmpty();
  }

  @Test
  void theCatalogueIsAskedForLessAndLessOftenUntilItComes() {
    source.pairs = () -> source.refusal("EService:Unavailable");
    market = market(Runnable::run);
    beatPairs(60);
    assertThat(source.callsTo("AssetPairs")).hasSizeBetween(5, 7);

    source.pairs = () -> source.success(MarketBodies.pairs(MarketBodies.BTC_USD));
    beatPairs(61);

    assertThat(market.resolve("BTC/USD")).isInstanceOf(Resolution.Found.class);
    assertThat(market.pairsLoadedAt()).isPresent();
  }

  @Test
  void theCatalogueIsFetchedDaily() {
    clock.advance(Duration.ofHours(23));
    market.refreshPairs();
    assertThat(source.callsTo("AssetPairs")).isEmpty();
    clock.advance(Duration.ofHours(1));

    market.refreshPairs();

    assertThat(source.callsTo("AssetPairs")).hasSize(1);
  }

  @Test
  void manyWishesForANewCatalogueAreOneCall() {
    for (int second = 0; second < 60; second++) {
      market.reloadPairs();
      market.refreshPairs();
      clock.advance(SECOND);
    }

    assertThat(source.callsTo("AssetPairs")).hasSize(1);
  }

  @Test
  void aUselessCatalogueNeverReplacesAGoodOne() {
    clock.advance(Duration.ofMinutes(1));
    Instant before = market.pairsLoadedAt().orElseThrow();
    for (JsonNode useless :
        List.of(MarketBodies.json("{}"), MarketBodies.json("{\"XXBTZUSD\": {}}"))) {
      source.pairs = () -> source.success(useless);
      market.reloadPairs();
      beatPairs(30);
    }

    assertThat(source.callsTo("AssetPairs")).hasSizeGreaterThan(1);
    assertThat(market.resolve("BTC/USD")).isInstanceOf(Resolution.Found.class);
    assertThat(market.pairsLoadedAt()).contains(before);
  }

  @Test
  void aNewCatalogueReplacesTheOldOne() {
    clock.advance(Duration.ofMinutes(1));
    String coarser = MarketBodies.BTC_USD.replace("\"tick_size\": \"0.1\"", "\"tick_size\": \"1\"");
    source.pairs = () -> source.success(MarketBodies.pairs(coarser));
    market.reloadPairs();

    market.refreshPairs();

    assertThat(((Resolution.Found) market.resolve("BTC/USD")).rules().tickSize())
        .isEqualByComparingTo("1");
    assertThat(market.resolve("SOL/USD")).isInstanceOf(Resolution.Unknown.class);
  }

  @Test
  void aPairWhoseDepthHangsHoldsUpNobodyElse() throws InterruptedException {
    var released = new CountDownLatch(1);
    var solSeen = new CountDownLatch(1);
    market = market(task -> Thread.ofVirtual().start(task));
    market.refreshPairs();
    source.depth.put("XBTUSD", answeredAfter(released));
    market.onSnapshot(observed -> solSeen.countDown());
    market.markUsed("BTC/USD");
    market.markUsed("SOL/USD");

    market.refreshPairsInUse();

    try {
      assertThat(solSeen.await(2, TimeUnit.MINUTES)).isTrue();
      assertThat(market.latest("SOL/USD")).isPresent();
      assertThat(market.latest("BTC/USD")).isEmpty();
    } finally {
      released.countDown();
    }
  }

  @Test
  void underManyAskersEveryOneIsAnsweredAndOfOnePairOnlyOneCallRunsAtATime() throws Exception {
    market = market(task -> Thread.ofVirtual().start(task));
    market.refreshPairs();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    source.depth.put(
        "XBTUSD",
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Answer<JsonNode> answer = source.success(MarketBodies.depth("XXBTZUSD"));
          running.decrementAndGet();
          return answer;
        });
    var answers = new ConcurrentLinkedQueue<CompletableFuture<RefreshResult>>();

    try (var askers = Executors.newFixedThreadPool(4)) {
      for (int asker = 0; asker < 4; asker++) {
        askers.execute(
            () -> {
              for (int i = 0; i < 500; i++) {
                answers.add(market.refresh("BTC/USD").toCompletableFuture());
                clock.advance(Duration.ofMillis(300));
              }
            });
      }
    }

    assertThat(answers).hasSize(2_000);
    for (CompletableFuture<RefreshResult> answer : answers) {
      assertThat(answer.get(2, TimeUnit.MINUTES)).isInstanceOf(RefreshResult.Refreshed.class);
    }
    // All of them may have been in time for the first call: one more comes too late for it.
    clock.advance(Duration.ofMinutes(1));
    market.refresh("BTC/USD").toCompletableFuture().get(2, TimeUnit.MINUTES);
    assertThat(source.callsTo("Depth").size()).isGreaterThan(1);
    assertThat(most).hasValue(1);
  }

  private Supplier<Answer<JsonNode>> answeredAfter(CountDownLatch released) {
    return () -> {
      try {
        assertThat(released.await(5, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return source.success(MarketBodies.depth("XXBTZUSD"));
    };
  }

  private RefreshResult refresh(String pair) {
    return market.refresh(pair).toCompletableFuture().join();
  }

  private void beatPairs(int seconds) {
    for (int second = 0; second < seconds; second++) {
      market.refreshPairs();
      clock.advance(SECOND);
    }
  }

  private static void runAll(Queue<Runnable> tasks) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private MarketData market(Executor executor) {
    return market(executor, List.of(), 10);
  }

  private MarketData market(Executor executor, List<String> configured, int maxPairs) {
    var settings =
        new MarketSettings(
            SECOND,
            Duration.ofSeconds(10),
            configured,
            maxPairs,
            Duration.ofMinutes(10),
            100,
            Duration.ofSeconds(3),
            Duration.ofHours(24));
    return new MarketData(source, settings, clock, new SnapshotIds(clock), executor);
  }
}
