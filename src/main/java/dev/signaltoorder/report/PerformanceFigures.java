package dev.signaltoorder.report;

import dev.signaltoorder.report.Performance.Group;
import dev.signaltoorder.report.Performance.Latency;
import dev.signaltoorder.report.Performance.Money;
import dev.signaltoorder.report.Performance.Slippage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts and spreads of one group, while they are being collected. */
final class PerformanceFigures {
  private static final int FIRST_MEASURE = 5;
  private static final int COLUMNS_PER_MEASURE = 4;
  private static final int RATE_DECIMALS = 4;

  final Map<String, Long> outcomes = new TreeMap<>();
  final Map<String, Long> refusals = new TreeMap<>();
  private long orders;
  private long filled;
  private Slippage slippage = Slippage.NONE;
  private Latency latency = Latency.NONE;

  /** Takes a row of {@link PerformanceSql#orders}. */
  void orders(ResultSet result) throws SQLException {
    orders = result.getLong(3);
    filled = result.getLong(4);
    List<Spread> spreads = new ArrayList<>();
    int column = FIRST_MEASURE;
    for (BucketEdges edges : PerformanceSql.MEASURES.values()) {
      spreads.add(spread(result, column, edges));
      column += COLUMNS_PER_MEASURE;
    }
    slippage = new Slippage(spreads.get(0), spreads.get(1), spreads.get(2));
    latency = new Latency(spreads.get(3), spreads.get(4), spreads.get(5), spreads.get(6));
  }

  private static Spread spread(ResultSet result, int column, BucketEdges edges)
      throws SQLException {
    long count = result.getLong(column);
    if (count == 0) {
      return Spread.NONE;
    }
    BigDecimal[] ranks = (BigDecimal[]) result.getArray(column + 2).getArray();
    Long[] below = (Long[]) result.getArray(column + 3).getArray();
    return new Spread(
        count,
        plain(result.getBigDecimal(column + 1)),
        plain(ranks[0]),
        plain(ranks[1]),
        plain(ranks[2]),
        edges.buckets(below, count));
  }

  Group group(@Nullable String name, Map<String, Money> money) {
    String rate =
        orders == 0
            ? null
            : plain(
                BigDecimal.valueOf(filled)
                    .divide(BigDecimal.valueOf(orders), RATE_DECIMALS, RoundingMode.HALF_EVEN));
    long signals = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return new Group(
        name, signals, outcomes, refusals, orders, filled, rate, slippage, latency, money);
  }

  private static String plain(BigDecimal number) {
    return PerformanceReader.plain(number);
  }
}
