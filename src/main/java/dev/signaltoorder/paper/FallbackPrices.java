package dev.signaltoorder.paper;

import java.time.Clock;

/**
 * Kraken's prices while they are fresh, otherwise the walk. The walk goes on from the last real
 * price: a lost connection must not look like a crash of the market.
 */
final class FallbackPrices implements PriceSource {

  private final KrakenPrices kraken;
  private final RandomWalk walk;
  private final Clock clock;

  FallbackPrices(KrakenPrices kraken, RandomWalk walk, Clock clock) {
    this.kraken = kraken;
    this.walk = walk;
    this.clock = clock;
  }

  @Override
  public Quote quote(Pair pair) {
    Quote real = kraken.quote(pair);
    if (real != null) {
      return real;
    }
    return walk.quoteAt(pair, clock.instant(), scale(pair));
  }

  /** What joins the walk to the last real price. */
  private double scale(Pair pair) {
    KrakenPrices.Remembered last = kraken.remembered(pair);
    if (last == null) {
      return 1;
    }
    double then = walk.quoteAt(pair, last.receivedAt(), 1).mid().doubleValue();
    return last.quote().mid().doubleValue() / then;
  }

  @Override
  public DayRange dayRange(Pair pair) {
    DayRange real = kraken.dayRange(pair);
    return real == null ? walk.dayRangeAt(pair, clock.instant(), scale(pair)) : real;
  }

  @Override
  public String origin() {
    return kraken.isFresh() ? kraken.origin() : walk.origin();
  }
}
