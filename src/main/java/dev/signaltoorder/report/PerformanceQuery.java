package dev.signaltoorder.report;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the performance report is asked for.
 *
 * @param signals which signals; of it only times, source, strategy and pair are used
 * @param groupBy what makes a group
 */
record PerformanceQuery(ReportQuery signals, GroupBy groupBy) {
  private static final String GROUP_BY = "groupBy";
  private static final List<String> ALLOWED =
      List.of("from", "to", "source", "strategy", "pair", GROUP_BY);

  /** What makes a group; the names are the columns of the read model. */
  enum GroupBy {
    SOURCE,
    STRATEGY,
    PAIR;

    /** As in an address and in the database. */
    String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable GroupBy named(String text) {
      return Arrays.stream(values())
          .filter(one -> one.column().equals(text))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * Reads the parameters of an address.
   *
   * @throws ReportQueryException naming each wrong parameter
   */
  static PerformanceQuery parse(
      MultivaluedMap<String, String> given, ReportParameters.Times times) {
    List<String> problems = new ArrayList<>();
    MultivaluedMap<String, String> others = new MultivaluedHashMap<>();
    given.forEach(
        (name, values) -> {
          if (ALLOWED.contains(name)) {
            others.put(name, values);
          } else {
            problems.add(
                ReportParameters.shortened(name)
                    + ": unknown parameter; allowed: "
                    + String.join(", ", ALLOWED));
          }
        });
    GroupBy groupBy = groupBy(others.remove(GROUP_BY), problems);
    ReportQuery signals = ReportQuery.ALL;
    try {
      signals = ReportParameters.parse(others, times);
    } catch (ReportQueryException refused) {
      problems.addAll(0, refused.problems());
    }
    if (!problems.isEmpty()) {
      throw new ReportQueryException(problems);
    }
    return new PerformanceQuery(signals, groupBy);
  }

  private static GroupBy groupBy(@Nullable List<String> values, List<String> problems) {
    if (values == null || values.isEmpty() || values.equals(List.of(""))) {
      return GroupBy.STRATEGY;
    }
    GroupBy groupBy = values.size() > 1 ? null : GroupBy.named(values.getFirst());
    if (groupBy == null) {
      problems.add(GROUP_BY + ": not one of these; allowed: source, strategy, pair, once");
      return GroupBy.STRATEGY;
    }
    return groupBy;
  }
}
