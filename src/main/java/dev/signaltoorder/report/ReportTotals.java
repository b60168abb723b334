package dev.signaltoorder.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statement that counts a query's signals per outcome. Whole UTC days come from {@code
 * signal_total}, which is kept with every row; only the parts of days at both ends are counted row
 * by row.
 *
 * @param sql answers rows of outcome and number, the number above zero
 * @param parameters by name
 */
record ReportTotals(String sql, Map<String, Object> parameters) {
  /** Longer reasons are not counted in {@code signal_total}: its key has to be short. */
  static final int LONGEST_REASON = 200;

  private static final String ALL_REASONS = "";

  /** Over all pages of the query. */
  static ReportTotals over(ReportQuery query) {
    return new Parts(query).statement();
  }

  /** Whether whole days are counted for this query. */
  static boolean isCounted(ReportQuery query) {
    String rule = query.rule();
    return rule == null || rule.codePointCount(0, rule.length()) <= LONGEST_REASON;
  }

  /** The UTC day of a time. */
  static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static final class Parts {
    private final ReportQuery query;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    Parts(ReportQuery query) {
      this.query = query;
    }

    ReportTotals statement() {
      Instant from = query.from();
      Instant to = query.to();
      LocalDate first = from == null ? null : dayFrom(from);
      LocalDate after = to == null ? null : dayOf(to);
      boolean within = first != null && after != null && first.isAfter(after);
      if (within || !isCounted(query)) {
        addRows("Alone", from, to);
      } else {
        addDays(first, after);
        if (from != null && first != null && from.isBefore(startOf(first))) {
          addRows("First", from, startOf(first));
        }
        if (to != null && after != null && startOf(after).isBefore(to)) {
          addRows("Last", startOf(after), to);
        }
      }
      return new ReportTotals(
          "select outcome, cast(sum(n) as bigint) from ("
              + String.join(" union all ", texts)
              + ") as part group by outcome having sum(n) > 0",
          Map.copyOf(parameters));
    }

    private void addDays(@Nullable LocalDate first, @Nullable LocalDate after) {
      ReportFilter names = ReportFilter.names(query);
      String rule = query.rule();
      parameters.putAll(names.parameters());
      parameters.put("reason", rule == null ? ALL_REASONS : rule);
      texts.add(
          "select outcome, signals as n from signal_total where reason = :reason and "
              + names.condition()
              + bound("day >= ", "firstDay", first)
              + bound("day < ", "afterDay", after));
    }

    private void addRows(String name, @Nullable Instant from, @Nullable Instant to) {
      ReportFilter names = ReportFilter.names(query);
      parameters.putAll(names.parameters());
      texts.add(
          "select outcome, count(*) as n from signal_summary where "
              + names.condition()
              + bound("received_at >= ", "from" + name, from)
              + bound("received_at < ", "to" + name, to)
              + (query.rule() == null ? "" : bound("", "rule", query.rule()) + " = any (reasons)")
              + " group by outcome");
    }

    private String bound(String comparison, String name, @Nullable Object value) {
      if (value == null) {
        return "";
      }
      parameters.put(name, value);
      return " and " + comparison + ":" + name;
    }

    private static Instant startOf(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first day that begins at that time or later. */
    private static LocalDate dayFrom(Instant time) {
      LocalDate day = dayOf(time);
      boolean begins = LocalTime.ofInstant(time, ZoneOffset.UTC).equals(LocalTime.MIDNIGHT);
      return begins ? day : day.plusDays(1);
    }
  }
}
