package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Prices that walk about, and come back in the long run; spreads and books of every kind. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsMarket {
  static final List<PairRules> PAIRS = List.of(Samples.BTC, Samples.ETH);
  private static final BigDecimal DEEP = new BigDecimal("1000000");

  private final Random random;
  private final double step;
  private final Map<String, Double> exact = new HashMap<>();

  /**
   * @param stepPercent of a price in one round
   */
  LimitsMarket(Random random, double stepPercent) {
    this.random = random;
    this.step = stepPercent / 100;
    exact.put(Samples.BTC.symbol(), 0.0);
    exact.put(Samples.ETH.symbol(), 0.0);
  }

  void walk() {
    exact.replaceAll((pair, at) -> at * 0.999 + random.nextGaussian() * step);
  }

  BigDecimal mid(PairRules pair) {
    double start = pair.symbol().equals("BTC/USD") ? 50_000 : 2_500;
    double now = start * Math.exp(exact.get(pair.symbol()));
    return rounded(pair, BigDecimal.valueOf(now));
  }

  BigDecimal mid(String symbol) {
    return mid(symbol.equals("BTC/USD") ? Samples.BTC : Samples.ETH);
  }

  static BigDecimal rounded(PairRules pair, BigDecimal price) {
    return price.setScale(pair.tickSize().scale(), RoundingMode.HALF_EVEN);
  }

  /** Narrow and deep. */
  MarketView calm(PairRules pair, Instant takenAt, UUID id) {
    return view(pair, takenAt, id, 0.0004, DEEP);
  }

  /** Sometimes with a wide spread, sometimes with a thin book. */
  MarketView any(PairRules pair, Instant takenAt, UUID id) {
    boolean wide = random.nextInt(12) == 0;
    boolean thin = random.nextInt(12) == 0;
    double half = wide ? 0.002 + random.nextDouble() * 0.004 : 0.0002 + random.nextDouble() * 0.001;
    return view(pair, takenAt, id, half, thin ? new BigDecimal(random.nextInt(120)) : DEEP);
  }

  private MarketView view(
      PairRules pair, Instant takenAt, UUID id, double halfSpread, BigDecimal depth) {
    BigDecimal mid = mid(pair);
    BigDecimal half = rounded(pair, mid.multiply(BigDecimal.valueOf(halfSpread)));
    MarketSnapshot snapshot =
        new MarketSnapshot(
            id,
            pair.symbol(),
            mid.subtract(half),
            mid.add(half),
            mid,
            mid,
            half.movePointRight(4).multiply(BigDecimal.TWO).divide(mid, 4, RoundingMode.HALF_UP),
            depth,
            depth,
            new BigDecimal("10"),
            mid,
            "online",
            takenAt,
            "kraken");
    List<dev.signaltoorder.kraken.CallRecord> calls = Samples.market(pair, takenAt, id).calls();
    return new MarketView(pair, null, false, snapshot, null, calls);
  }
}
