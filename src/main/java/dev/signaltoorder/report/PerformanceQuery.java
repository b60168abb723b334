package dev.signaltoorder.report;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the performance report is asked for.
 *
 * @param signals which signals; of it only times, source, strategy and pair are used
 * @param groupBy what makes a group
 * @param horizon how long a refused order is held to see what its rule cost
 */
record PerformanceQuery(ReportQuery signals, GroupBy groupBy, Horizon horizon) {
  private static final String GROUP_BY = "groupBy";
  private static final String HORIZON = "horizon";
  private static final List<String> ALLOWED =
      List.of("from", "to", "source", "strategy", "pair", GROUP_BY, HORIZON);

  /** What makes a group; the names are the columns of the read model. */
  enum GroupBy {
    SOURCE,
    STRATEGY,
    PAIR;

    /** As in an address and in the database. */
    String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How long a refused order is held. */
  enum Horizon {
    /** What rules cost is not asked for. */
    NONE("none", null),
    QUARTER_HOUR("15m", Duration.ofMinutes(15)),
    HOUR("1h", Duration.ofHours(1)),
    FOUR_HOURS("4h", Duration.ofHours(4)),
    DAY("24h", Duration.ofHours(24));

    private final String text;
    private final @Nullable Duration duration;

    Horizon(String text, @Nullable Duration duration) {
      this.text = text;
      this.duration = duration;
    }

    /** As in an address. */
    String text() {
      return text;
    }

    @Nullable Duration duration() {
      return duration;
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
    GroupBy groupBy =
        oneOf(GROUP_BY, others, problems, GroupBy.values(), GroupBy::column, GroupBy.STRATEGY);
    Horizon horizon =
        oneOf(HORIZON, others, problems, Horizon.values(), Horizon::text, Horizon.HOUR);
    ReportQuery signals = ReportQuery.ALL;
    try {
      signals = ReportParameters.parse(others, times);
    } catch (ReportQueryException refused) {
      problems.addAll(0, refused.problems());
    }
    if (!problems.isEmpty()) {
      throw new ReportQueryException(problems);
    }
    return new PerformanceQuery(signals, groupBy, horizon);
  }

  private static <T> T oneOf(
      String name,
      MultivaluedMap<String, String> given,
      List<String> problems,
      T[] allowed,
      Function<T, String> text,
      T otherwise) {
    List<String> values = given.remove(name);
    if (values == null || values.isEmpty() || values.equals(List.of(""))) {
      return otherwise;
    }
    for (T one : allowed) {
      if (values.equals(List.of(text.apply(one)))) {
        return one;
      }
    }
    problems.add(
        name
            + ": not one of these; allowed: "
            + Arrays.stream(allowed).map(text).collect(Collectors.joining(", "))
            + ", once");
    return otherwise;
  }
}
