package dev.signaltoorder.report;

import dev.signaltoorder.report.PerformanceView.Bar;
import dev.signaltoorder.report.PerformanceView.Distribution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Distributions as bars: the buckets side by side, as high as they hold orders. */
final class Distributions {
  private static final BigDecimal WIDTH = BigDecimal.valueOf(100);
  private static final BigDecimal HEIGHT = BigDecimal.valueOf(40);

  private Distributions() {}

  /** Empty when nothing was measured. */
  static Optional<Distribution> of(String name, String unit, Spread spread) {
    List<Spread.Bucket> buckets = within(spread.buckets());
    if (spread.count() == 0 || buckets.isEmpty()) {
      return Optional.empty();
    }
    long most = buckets.stream().mapToLong(Spread.Bucket::count).max().orElse(1);
    BigDecimal step = WIDTH.divide(BigDecimal.valueOf(buckets.size()), 3, RoundingMode.DOWN);
    List<Bar> bars = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      Spread.Bucket bucket = buckets.get(i);
      BigDecimal height =
          HEIGHT
              .multiply(BigDecimal.valueOf(bucket.count()))
              .divide(BigDecimal.valueOf(most), 2, RoundingMode.UP);
      String range = range(bucket) + " " + unit;
      bars.add(
          new Bar(
              step.multiply(BigDecimal.valueOf(i)).toPlainString(),
              HEIGHT.subtract(height).toPlainString(),
              step.multiply(new BigDecimal("0.86")).toPlainString(),
              height.toPlainString(),
              range,
              bucket.count()));
      if (bucket.count() > 0) {
        words.add(bucket.count() + " " + range);
      }
    }
    return Optional.of(
        new Distribution(name, unit, "Orders: " + String.join("; ", words) + ".", bars));
  }

  /** Without the empty ones at both ends, but for one beside the first and the last. */
  private static List<Spread.Bucket> within(List<Spread.Bucket> buckets) {
    int first = 0;
    int last = buckets.size() - 1;
    while (first < last && buckets.get(first).count() == 0) {
      first++;
    }
    while (last > first && buckets.get(last).count() == 0) {
      last--;
    }
    return buckets.isEmpty()
        ? buckets
        : buckets.subList(Math.max(0, first - 1), Math.min(buckets.size(), last + 2));
  }

  private static String range(Spread.Bucket bucket) {
    if (bucket.from() == null) {
      return "below " + bucket.to();
    }
    return bucket.to() == null
        ? "from " + bucket.from() + " on"
        : "from " + bucket.from() + " to " + bucket.to();
  }
}
