package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.FeedInstrument;
import dev.signaltoorder.kraken.FeedLevel;
import dev.signaltoorder.kraken.FeedQuote;
import dev.signaltoorder.kraken.PriceFeed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A websocket quote becomes a price only beside a REST snapshot that agreed, and never an old one.
 */
class LivePricesTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(10);
  private static final PairRules BTC =
      new PairRules(
          "BTC/USD",
          "XBTUSD",
          "XXBTZUSD",
          "XBT/USD",
          "XXBT",
          "ZUSD",
          1,
          8,
          5,
          new BigDecimal("0.1"),
          new BigDecimal("0.00005"),
          new BigDecimal("0.5"),
          "online");

  private final HandClock clock = new HandClock();
  private final ScriptedSource source = new ScriptedSource(clock);
  private final SystemStatusFeed status = new SystemStatusFeed(source, clock, MAX_AGE);
  private final Feed feed = new Feed();
  private final LivePrices prices = new LivePrices(feed, status, clock, MAX_AGE, UUID::randomUUID);

  /** Says what it is told to. */
  private static final class Feed implements PriceFeed {
    private @Nullable FeedQuote quote;
    private @Nullable FeedInstrument instrument;
    private @Nullable String status = "online";

    @Override
    public void want(Set<String> symbols, int levels) {}

    @Override
    public Optional<FeedQuote> quote(String symbol) {
      return Optional.ofNullable(quote);
    }

    @Override
    public Optional<FeedInstrument> instrument(String symbol) {
      return Optional.ofNullable(instrument);
    }

    @Override
    public Optional<String> systemStatus() {
      return Optional.ofNullable(status);
    }
  }

  @BeforeEach
  void theStatusWasAsked() {
    status.fetch();
  }

  @Test
  void aQuoteThatRestAgreedWithIsAPrice() {
    quote("50000.0", "50000.1", 0, clock.instant());
    prices.compare(fetched("50000.0", "50000.1"));

    MarketSnapshot seen = prices.now(BTC).orElseThrow().snapshot();

    assertThat(seen.origin()).isEqualTo("kraken-ws");
    assertThat(seen.bid()).isEqualByComparingTo("50000.0");
    assertThat(seen.takenAt()).isEqualTo(clock.instant());
    assertThat(seen.bidDepth())
        .as("the level 1 % away does not count")
        .isEqualByComparingTo("100000.00");
    assertThat(prices.covers(BTC, clock.instant())).isTrue();
  }

  @Test
  void withoutAComparisonThereIsNoPrice() {
    quote("50000.0", "50000.1", 0, clock.instant());

    assertThat(prices.now(BTC)).isEmpty();
    assertThat(prices.covers(BTC, clock.instant())).isFalse();
  }

  @Test
  void whereRestSaysSomethingElseRestCounts() {
    quote("50000.0", "50000.1", 0, clock.instant());

    prices.compare(fetched("50500.0", "50500.1"));

    assertThat(prices.now(BTC)).isEmpty();
  }

  @Test
  void afterAGapItMustBeComparedAgain() {
    quote("50000.0", "50000.1", 0, clock.instant());
    prices.compare(fetched("50000.0", "50000.1"));

    quote("50000.0", "50000.1", 1, clock.instant());
    assertThat(prices.now(BTC)).isEmpty();

    prices.compare(fetched("50000.0", "50000.1"));
    assertThat(prices.now(BTC)).isPresent();
  }

  @Test
  void aComparisonHoldsForAMinuteAndSparesRestForHalfOfOne() {
    quote("50000.0", "50000.1", 0, clock.instant());
    prices.compare(fetched("50000.0", "50000.1"));

    later(LivePrices.CROSS_CHECK_EVERY);
    assertThat(prices.covers(BTC, clock.instant())).as("asked again").isFalse();
    assertThat(prices.now(BTC)).as("and used meanwhile").isPresent();

    later(LivePrices.CROSS_CHECK_EVERY);
    assertThat(prices.now(BTC)).isEmpty();
  }

  @Test
  void anOldBookIsDatedByItselfAndSoonNotCovering() {
    quote("50000.0", "50000.1", 0, clock.instant());
    prices.compare(fetched("50000.0", "50000.1"));
    Instant made = clock.instant();

    clock.advance(Duration.ofSeconds(2));

    assertThat(prices.now(BTC).orElseThrow().snapshot().takenAt()).isEqualTo(made);
    assertThat(prices.covers(BTC, clock.instant())).isFalse();
  }

  @Test
  void aTickerFarOlderThanItsBookMakesNoPrice() {
    Instant now = clock.instant();
    prices.compare(fetched("50000.0", "50000.1"));
    feed.quote = quoted("50000.0", "50000.1", 0, now, now.minus(MAX_AGE));
    prices.compare(fetched("50000.0", "50000.1"));

    assertThat(prices.now(BTC)).isEmpty();
  }

  @Test
  void withoutARecentStatusThereIsNoPrice() {
    quote("50000.0", "50000.1", 0, clock.instant());
    prices.compare(fetched("50000.0", "50000.1"));

    clock.advance(MAX_AGE);
    quote("50000.0", "50000.1", 0, clock.instant());

    assertThat(prices.now(BTC)).isEmpty();
  }

  @Test
  void theStricterStatusCounts() {
    quote("50000.0", "50000.1", 0, clock.instant());
    prices.compare(fetched("50000.0", "50000.1"));

    feed.status = "cancel_only";
    assertThat(prices.now(BTC).orElseThrow().snapshot().systemStatus()).isEqualTo("cancel_only");

    feed.status = null;
    assertThat(prices.now(BTC).orElseThrow().snapshot().systemStatus()).isEqualTo("online");
  }

  @Test
  void aPairHasTheStatusThatTheWebsocketSaysNow() {
    Resolution listed = new Resolution.Found("BTC/USD", BTC);
    assertThat(prices.current(listed)).isEqualTo(listed);

    feed.instrument =
        new FeedInstrument(
            "BTC/USD", "post_only", 1, 8, new BigDecimal("0.1"), new BigDecimal("0.00005"));

    assertThat(prices.current(listed))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            found -> assertThat(found.rules().status()).isEqualTo("post_only"));
  }

  /** Time passes, and the exchange goes on saying the same. */
  private void later(Duration by) {
    clock.advance(by);
    status.fetch();
    quote("50000.0", "50000.1", 0, clock.instant());
  }

  private void quote(String bid, String ask, long gaps, Instant at) {
    feed.quote = quoted(bid, ask, gaps, at, at);
  }

  private static FeedQuote quoted(
      String bid, String ask, long gaps, Instant bookAt, Instant tickerAt) {
    BigDecimal far = new BigDecimal(bid).multiply(new BigDecimal("0.99"));
    return new FeedQuote(
        "BTC/USD",
        gaps,
        List.of(
            new FeedLevel(new BigDecimal(bid), new BigDecimal("2")),
            new FeedLevel(far, new BigDecimal("9"))),
        List.of(new FeedLevel(new BigDecimal(ask), BigDecimal.ONE)),
        new BigDecimal(bid),
        new BigDecimal("1000"),
        new BigDecimal(bid),
        bookAt,
        tickerAt,
        true,
        List.of());
  }

  private MarketSnapshot fetched(String bid, String ask) {
    BigDecimal low = new BigDecimal(bid);
    BigDecimal high = new BigDecimal(ask);
    return new MarketSnapshot(
        UUID.randomUUID(),
        "BTC/USD",
        low,
        high,
        low,
        low.add(high).divide(BigDecimal.TWO),
        BigDecimal.ONE,
        BigDecimal.TEN,
        BigDecimal.TEN,
        BigDecimal.TEN,
        low,
        "online",
        clock.instant(),
        SnapshotFeed.KRAKEN_REST);
  }
}
