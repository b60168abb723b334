package dev.signaltoorder.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query's filters as the condition of an SQL query over {@code signal_summary}. Every value is a
 * parameter.
 *
 * @param condition "true" when nothing is filtered
 * @param parameters by name
 */
record ReportFilter(String condition, Map<String, Object> parameters) {

  /** All filters, without the page. */
  static ReportFilter over(ReportQuery query) {
    return rows(query).build();
  }

  /** All filters, and only what comes after the cursor. */
  static ReportFilter page(ReportQuery query) {
    Conditions conditions = rows(query);
    ReportCursor cursor = query.cursor();
    if (cursor != null) {
      conditions.texts.add("(received_at, signal_id) < (:cursorTime, :cursorId)");
      conditions.parameters.put("cursorTime", cursor.receivedAt());
      conditions.parameters.put("cursorId", cursor.signalId());
    }
    return conditions.build();
  }

  private static Conditions rows(ReportQuery query) {
    Conditions conditions = new Conditions();
    conditions.add("received_at >= :from", "from", query.from());
    conditions.add("received_at < :to", "to", query.to());
    conditions.addNames(query);
    conditions.add(":rule = any (reasons)", "rule", query.rule());
    return conditions;
  }

  /**
   * What {@code signal_total} and {@code signal_summary} have in common: source, strategy, pair and
   * outcome.
   */
  static ReportFilter names(ReportQuery query) {
    Conditions conditions = new Conditions();
    conditions.addNames(query);
    return conditions.build();
  }

  private static final class Conditions {
    private final List<String> texts = new ArrayList<>(List.of("true"));
    private final Map<String, Object> parameters = new HashMap<>();

    private void addNames(ReportQuery query) {
      add("source = :source", "source", query.source());
      add("strategy = :strategy", "strategy", query.strategy());
      add("pair = :pair", "pair", query.pair());
      SignalOutcome outcome = query.outcome();
      add("outcome = :outcome", "outcome", outcome == null ? null : outcome.name());
    }

    private void add(String text, String name, @Nullable Object value) {
      if (value != null) {
        texts.add(text);
        parameters.put(name, value);
      }
    }

    private ReportFilter build() {
      return new ReportFilter(String.join(" and ", texts), Map.copyOf(parameters));
    }
  }
}
