package dev.signaltoorder.report;

import dev.signaltoorder.report.RuleCosts.Money;
import dev.signaltoorder.report.RuleCosts.Rule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What is known of one rule's refusals, while they are being read. */
final class RuleTally {
  private static final int DECIMALS = 4;

  private final String code;
  private final Map<String, BigDecimal> missed = new TreeMap<>();
  private final Map<String, BigDecimal> saved = new TreeMap<>();

  /** Basis points with four decimals, as whole numbers: there may be many. */
  private final LongStream.Builder results = LongStream.builder();

  long refused;
  long alone;
  long noOrder;
  long noLaterPrice;
  long unfilled;

  RuleTally(String code) {
    this.code = code;
  }

  /**
   * One refused order would have earned this.
   *
   * @param bps of its price
   * @param gain in quote units, negative for a loss
   */
  void result(String pair, BigDecimal bps, BigDecimal gain) {
    results.add(bps.setScale(DECIMALS, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
    String quote = pair.substring(pair.indexOf('/') + 1);
    missed.merge(quote, gain.max(BigDecimal.ZERO), BigDecimal::add);
    saved.merge(quote, gain.negate().max(BigDecimal.ZERO), BigDecimal::add);
  }

  /** To be called once. */
  Rule rule() {
    long[] sorted = results.build().sorted().toArray();
    Map<String, Money> money = new TreeMap<>();
    missed.forEach(
        (quote, cost) -> {
          BigDecimal kept = saved.getOrDefault(quote, BigDecimal.ZERO);
          money.put(
              quote,
              new Money(
                  PerformanceReader.plain(cost),
                  PerformanceReader.plain(kept),
                  PerformanceReader.plain(kept.subtract(cost))));
        });
    return new Rule(
        code,
        refused,
        alone,
        noOrder,
        noLaterPrice,
        unfilled,
        sorted.length,
        spread(sorted),
        money);
  }

  private static Spread spread(long[] sorted) {
    if (sorted.length == 0) {
      return Spread.NONE;
    }
    BigDecimal sum =
        Arrays.stream(sorted)
            .mapToObj(value -> BigDecimal.valueOf(value, DECIMALS))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal mean =
        sum.divide(BigDecimal.valueOf(sorted.length), DECIMALS, RoundingMode.HALF_EVEN);
    return new Spread(
        sorted.length,
        PerformanceReader.plain(mean),
        rank(sorted, 50),
        rank(sorted, 95),
        rank(sorted, 99),
        BucketEdges.BASIS_POINTS.buckets(
            value -> Arrays.stream(sorted).filter(one -> one < value * 10_000L).count(),
            sorted.length));
  }

  /** The nearest rank, as the database counts it. */
  private static String rank(long[] sorted, int percent) {
    int rank = (int) Math.ceilDiv((long) sorted.length * percent, 100L);
    return PerformanceReader.plain(BigDecimal.valueOf(sorted[Math.max(rank, 1) - 1], DECIMALS));
  }
}
