package dev.signaltoorder.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Lines of what was earned so far, day by day; one per quote asset. */
final class EquityCurves {
  private static final BigDecimal WIDTH = BigDecimal.valueOf(600);
  private static final BigDecimal HEIGHT = BigDecimal.valueOf(160);

  private EquityCurves() {}

  /**
   * @param days oldest first
   */
  static List<PerformanceView.Curve> of(List<Performance.Day> days) {
    TreeSet<String> quotes = new TreeSet<>();
    days.forEach(day -> quotes.addAll(day.realised().keySet()));
    return quotes.stream().map(quote -> curve(quote, days)).toList();
  }

  private static PerformanceView.Curve curve(String quote, List<Performance.Day> days) {
    List<PerformanceView.CurveDay> rows = new ArrayList<>();
    List<BigDecimal> sums = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    sums.add(sum);
    for (Performance.Day day : days) {
      String realised = day.realised().getOrDefault(quote, "0");
      sum = sum.add(new BigDecimal(realised));
      sums.add(sum);
      rows.add(new PerformanceView.CurveDay(day.day(), realised, PerformanceReader.plain(sum)));
    }
    BigDecimal lowest = sums.stream().reduce(BigDecimal.ZERO, BigDecimal::min);
    BigDecimal highest = sums.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < sums.size(); i++) {
      BigDecimal x =
          WIDTH
              .multiply(BigDecimal.valueOf(i))
              .divide(BigDecimal.valueOf(sums.size() - 1L), 1, RoundingMode.HALF_EVEN);
      points.append(i == 0 ? "" : " ").append(x).append(',');
      points.append(height(sums.get(i), lowest, highest));
    }
    String words =
        "Realised result, summed over %s from %s to %s: lowest %s %s, highest %s %s, last %s %s."
            .formatted(
                days.size() == 1 ? "1 day" : days.size() + " days",
                days.getFirst().day(),
                days.getLast().day(),
                PerformanceReader.plain(lowest),
                quote,
                PerformanceReader.plain(highest),
                quote,
                PerformanceReader.plain(sum),
                quote);
    String zero = height(BigDecimal.ZERO, lowest, highest);
    return new PerformanceView.Curve(quote, points.toString(), zero, words, rows);
  }

  private static String height(BigDecimal value, BigDecimal lowest, BigDecimal highest) {
    BigDecimal range = highest.subtract(lowest);
    if (range.signum() == 0) {
      return HEIGHT.divide(BigDecimal.TWO, 1, RoundingMode.HALF_EVEN).toString();
    }
    return highest
        .subtract(value)
        .multiply(HEIGHT)
        .divide(range, 1, RoundingMode.HALF_EVEN)
        .toString();
  }
}
