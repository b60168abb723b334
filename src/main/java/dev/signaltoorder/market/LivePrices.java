package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.FeedLevel;
import dev.signaltoorder.kraken.FeedQuote;
import dev.signaltoorder.kraken.PriceFeed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Snapshots out of the websocket feed. One is made only of a quote that the feed vouches for, that
 * a REST snapshot has agreed with since the pair's last gap, and beside a system status that was
 * asked for lately. It is dated by the book's last message, never by a heartbeat: a feed that says
 * nothing of a pair makes its price old. Thread-safe.
 */
final class LivePrices {

  private static final Logger LOG = Logger.getLogger(LivePrices.class);
  private static final BigDecimal TOLERANCE = new BigDecimal("0.005");
  private static final BigDecimal HALF_PERCENT_BELOW = new BigDecimal("0.995");
  private static final BigDecimal HALF_PERCENT_ABOVE = new BigDecimal("1.005");
  private static final BigDecimal BASIS_POINTS = new BigDecimal(10_000);

  /** How long a comparison holds; then REST is asked again. */
  static final Duration CROSS_CHECK_EVERY = Duration.ofSeconds(30);

  private final PriceFeed feed;
  private final SystemStatusFeed statusFeed;
  private final Clock clock;
  private final Duration maxAge;
  private final Supplier<UUID> ids;
  private final Map<String, Check> checks = new ConcurrentHashMap<>();

  /**
   * A comparison with REST.
   *
   * @param gaps of the quote that was compared
   * @param agreed whether the two were of one mind
   * @param origin of the REST snapshot
   */
  private record Check(long gaps, Instant at, boolean agreed, String origin) {}

  LivePrices(
      PriceFeed feed,
      SystemStatusFeed statusFeed,
      Clock clock,
      Duration maxAge,
      Supplier<UUID> ids) {
    this.feed = feed;
    this.statusFeed = statusFeed;
    this.clock = clock;
    this.maxAge = maxAge;
    this.ids = ids;
  }

  /** Names the pairs that shall be followed. */
  void want(Collection<PairRules> pairs, int levels) {
    feed.want(pairs.stream().map(PairRules::symbol).collect(Collectors.toSet()), levels);
  }

  /** The market of a pair that was found; else empty. */
  Optional<Observed> now(Resolution resolution) {
    return resolution instanceof Resolution.Found found ? now(found.rules()) : Optional.empty();
  }

  /** The pair's market by websocket; empty when anything about it is not certain. */
  Optional<Observed> now(PairRules pair) {
    FeedQuote quote = feed.quote(pair.symbol()).orElse(null);
    Check check = checks.get(pair.symbol());
    Fetched.Usable status = statusFeed.recent();
    if (quote == null || check == null || status == null) {
      return Optional.empty();
    }
    boolean usable =
        check.agreed()
            && check.gaps() == quote.gaps()
            && !Elapsed.atLeast(CROSS_CHECK_EVERY.multipliedBy(2), check.at(), clock.instant())
            && !Elapsed.atLeast(maxAge, quote.tickerAt(), quote.bookAt())
            && quote.last().signum() > 0
            && quote.volume24h().signum() > 0
            && quote.vwap24h().signum() > 0;
    return usable ? Optional.of(observed(pair, quote, check, status)) : Optional.empty();
  }

  private Observed observed(PairRules pair, FeedQuote quote, Check check, Fetched.Usable status) {
    BigDecimal mid = mid(quote.bid(), quote.ask());
    BigDecimal spread = quote.ask().subtract(quote.bid()).multiply(BASIS_POINTS);
    String origin =
        check.origin().equals(SnapshotFeed.KRAKEN_REST)
            ? "kraken-ws"
            : check.origin() + " (websocket)";
    boolean bookIsConfirmed = quote.tickerAgrees() || quote.bookAt().isBefore(quote.tickerAt());
    MarketSnapshot snapshot =
        new MarketSnapshot(
            ids.get(),
            pair.symbol(),
            quote.bid(),
            quote.ask(),
            quote.last(),
            mid,
            spread.divide(mid, 4, RoundingMode.HALF_UP),
            value(quote.bids(), mid.multiply(HALF_PERCENT_BELOW), true),
            value(quote.asks(), mid.multiply(HALF_PERCENT_ABOVE), false),
            quote.volume24h(),
            quote.vwap24h(),
            systemStatus(status.result()),
            bookIsConfirmed ? quote.bookAt() : quote.tickerAt(),
            origin);
    List<CallRecord> evidence = new ArrayList<>();
    quote.evidence().forEach(message -> evidence.add(from(origin, message)));
    evidence.add(status.call());
    return new Observed(snapshot, evidence);
  }

  /** The stricter of what the websocket says and what REST said last. */
  private String systemStatus(JsonNode asked) {
    String live = feed.systemStatus().orElse("online");
    return live.equals("online") ? asked.path("status").asText("unknown") : live;
  }

  private static CallRecord from(String origin, CallRecord message) {
    return new CallRecord(
        message.callId(),
        message.endpoint(),
        message.request(),
        message.nonce(),
        message.keyFingerprint(),
        message.startedAt(),
        message.finishedAt(),
        origin,
        message.outcome());
  }

  private static BigDecimal value(List<FeedLevel> levels, BigDecimal limit, boolean atLeast) {
    BigDecimal sum = BigDecimal.ZERO;
    for (FeedLevel level : levels) {
      int order = level.price().compareTo(limit);
      if (atLeast ? order >= 0 : order <= 0) {
        sum = sum.add(level.price().multiply(level.volume()));
      }
    }
    return sum;
  }

  private static BigDecimal mid(BigDecimal bid, BigDecimal ask) {
    return bid.add(ask).divide(BigDecimal.TWO);
  }

  /** Compares the feed with a snapshot that was just fetched; a disagreement is an alarm. */
  void compare(MarketSnapshot fetched) {
    String pair = fetched.pair();
    FeedQuote quote = feed.quote(pair).orElse(null);
    if (quote == null) {
      return;
    }
    BigDecimal difference = mid(quote.bid(), quote.ask()).subtract(fetched.mid()).abs();
    boolean agreed = difference.compareTo(fetched.mid().multiply(TOLERANCE)) <= 0;
    Check before =
        checks.put(pair, new Check(quote.gaps(), clock.instant(), agreed, fetched.origin()));
    if (!agreed && (before == null || before.agreed())) {
      LOG.errorf(
          "ALARM: %s: websocket %s / %s and REST %s / %s disagree; REST counts until they agree",
          pair, quote.bid(), quote.ask(), fetched.bid(), fetched.ask());
    }
  }

  /** True while REST need not be asked for this pair. */
  boolean covers(PairRules pair, Instant now) {
    Check check = checks.get(pair.symbol());
    return check != null
        && !Elapsed.atLeast(CROSS_CHECK_EVERY, check.at(), now)
        && now(pair)
            .filter(seen -> !Elapsed.atLeast(Duration.ofSeconds(1), seen.snapshot().takenAt(), now))
            .isPresent();
  }

  /** A pair that was found has the status that the websocket says it has now. */
  Resolution current(Resolution listed) {
    return listed instanceof Resolution.Found found
        ? new Resolution.Found(found.name(), current(found.rules()))
        : listed;
  }

  private PairRules current(PairRules pair) {
    String status = feed.instrument(pair.symbol()).map(now -> now.status()).orElse(pair.status());
    return new PairRules(
        pair.symbol(),
        pair.altname(),
        pair.key(),
        pair.wsname(),
        pair.base(),
        pair.quote(),
        pair.priceDecimals(),
        pair.lotDecimals(),
        pair.costDecimals(),
        pair.tickSize(),
        pair.orderMin(),
        pair.costMin(),
        status);
  }
}
