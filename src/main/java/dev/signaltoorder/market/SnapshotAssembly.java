package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot of the answers of Ticker, Depth and SystemStatus, or says everything that keeps
 * it from being complete. Pure.
 */
final class SnapshotAssembly {

  private static final BigDecimal HALF_PERCENT_BELOW = new BigDecimal("0.995");
  private static final BigDecimal HALF_PERCENT_ABOVE = new BigDecimal("1.005");
  private static final BigDecimal BASIS_POINTS = new BigDecimal(10_000);
  private static final int SPREAD_DECIMALS = 4;
  private static final Pattern STATUS = Pattern.compile("[a-z_]{1,40}");

  private SnapshotAssembly() {}

  /** What came of it. */
  sealed interface Assembled {

    /** Every field is there and makes sense. */
    record Complete(MarketSnapshot snapshot) implements Assembled {}

    /** At least one is missing or makes none. */
    record Incomplete(List<String> problems) implements Assembled {}
  }

  /**
   * What a snapshot is made of.
   *
   * @param pair the pair that was asked for
   * @param tickers {@code result} of Ticker
   * @param tickerAlone whether Ticker was asked for this pair alone
   * @param depth {@code result} of Depth, asked for this pair alone
   * @param systemStatus {@code result} of SystemStatus
   * @param takenAt when the earlier of the two price calls was sent
   * @param origin where the prices come from
   */
  record Parts(
      PairRules pair,
      JsonNode tickers,
      boolean tickerAlone,
      JsonNode depth,
      JsonNode systemStatus,
      Instant takenAt,
      String origin) {}

  static Assembled assemble(Parts parts, PairCatalog catalog, UUID snapshotId) {
    var fields = new WireFields();
    String status = fields.text(parts.systemStatus().path("status"), "system status", STATUS);
    JsonNode tickerEntry =
        entry("Ticker", parts.tickers(), parts.tickerAlone(), parts.pair(), catalog, fields);
    JsonNode depthEntry = entry("Depth", parts.depth(), true, parts.pair(), catalog, fields);
    TickerFields ticker = tickerEntry == null ? null : TickerFields.read(tickerEntry, fields);
    DepthBook book = depthEntry == null ? null : DepthBook.read(depthEntry, fields);
    if (status == null || ticker == null || book == null) {
      return new Assembled.Incomplete(fields.problems());
    }
    if (disagree(ticker, book)) {
      fields.problem("Ticker and Depth disagree by more than 0.5 %");
      return new Assembled.Incomplete(fields.problems());
    }
    BigDecimal mid = ticker.mid();
    return new Assembled.Complete(
        new MarketSnapshot(
            snapshotId,
            parts.pair().symbol(),
            ticker.bid(),
            ticker.ask(),
            ticker.last(),
            mid,
            spreadBps(ticker, mid),
            book.bidValueDownTo(mid.multiply(HALF_PERCENT_BELOW)),
            book.askValueUpTo(mid.multiply(HALF_PERCENT_ABOVE)),
            ticker.volume24h(),
            ticker.vwap24h(),
            status,
            parts.takenAt(),
            parts.origin()));
  }

  /**
   * Whether the book's buyers pay clearly more than Ticker's sellers ask, or the reverse. Answers
   * less than two seconds apart do that only when one of them is not of this moment, and then the
   * depth around the mid would mean nothing.
   */
  private static boolean disagree(TickerFields ticker, DepthBook book) {
    return book.bestBid().compareTo(ticker.ask().multiply(HALF_PERCENT_ABOVE)) > 0
        || book.bestAsk().compareTo(ticker.bid().multiply(HALF_PERCENT_BELOW)) < 0;
  }

  private static BigDecimal spreadBps(TickerFields ticker, BigDecimal mid) {
    return ticker
        .ask()
        .subtract(ticker.bid())
        .multiply(BASIS_POINTS)
        .divide(mid, SPREAD_DECIMALS, RoundingMode.HALF_UP);
  }

  /**
   * The pair's entry. Kraken's response key may be another name of the pair than the one that was
   * sent, so it is looked up in the catalogue; a key that the catalogue does not know at all is
   * accepted only where one pair was asked for and one came back.
   */
  private static @Nullable JsonNode entry(
      String endpoint,
      JsonNode result,
      boolean alone,
      PairRules pair,
      PairCatalog catalog,
      WireFields fields) {
    JsonNode byKey = result.get(pair.key());
    if (byKey != null) {
      return byKey;
    }
    var ours = new ArrayList<JsonNode>();
    var unknown = new ArrayList<JsonNode>();
    for (Map.Entry<String, JsonNode> entry : result.properties()) {
      switch (catalog.resolve(entry.getKey())) {
        case Resolution.Found found when found.rules().symbol().equals(pair.symbol()) ->
            ours.add(entry.getValue());
        case Resolution.Unknown absent -> unknown.add(entry.getValue());
        case Resolution other -> {
          // Another pair, or one of several: not ours.
        }
      }
    }
    if (ours.size() == 1) {
      return ours.getFirst();
    }
    if (ours.isEmpty() && alone && unknown.size() == 1 && result.size() == 1) {
      return unknown.getFirst();
    }
    fields.problem(endpoint + " has no entry for " + pair.symbol());
    return null;
  }
}
