package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The market of one pair as a living connection showed it: a book whose checksum was right, and the
 * ticker beside it. Handed out only while both hold.
 *
 * @param symbol modern name, "BTC/USD"
 * @param gaps how often this pair's picture was lost so far: it changes with every loss, and a new
 *     picture wants to be compared with another source before it is trusted
 * @param bids best first, not empty
 * @param asks best first, not empty, all above the bids
 * @param last last trade, as of {@code tickerAt}
 * @param volume24h base units, as of {@code tickerAt}
 * @param vwap24h quote per base unit, as of {@code tickerAt}
 * @param bookAt the moment at which the book was just so: when its last message came, or when it
 *     was made, if that is earlier
 * @param tickerAt likewise for the ticker
 * @param tickerAgrees the ticker's best bid and ask are the book's
 * @param evidence the messages it comes from, as records of calls
 */
public record FeedQuote(
    String symbol,
    long gaps,
    List<FeedLevel> bids,
    List<FeedLevel> asks,
    BigDecimal last,
    BigDecimal volume24h,
    BigDecimal vwap24h,
    Instant bookAt,
    Instant tickerAt,
    boolean tickerAgrees,
    List<CallRecord> evidence) {

  /** Copies the lists. */
  public FeedQuote {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
    evidence = List.copyOf(evidence);
  }

  /** Best bid. */
  public BigDecimal bid() {
    return bids.getFirst().price();
  }

  /** Best ask. */
  public BigDecimal ask() {
    return asks.getFirst().price();
  }
}
