package dev.signaltoorder.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query's filters as the condition of an HQL query. Every value is a parameter.
 *
 * @param condition empty when nothing is filtered
 * @param parameters by name
 */
record ReportFilter(String condition, Map<String, Object> parameters) {

  /** All filters, without the page. */
  static ReportFilter over(ReportQuery query) {
    return new Conditions(query).build();
  }

  /** All filters, and only what comes after the cursor. */
  static ReportFilter page(ReportQuery query) {
    Conditions conditions = new Conditions(query);
    ReportCursor cursor = query.cursor();
    if (cursor != null) {
      conditions.texts.add("(receivedAt, signalId) < (:cursorTime, :cursorId)");
      conditions.parameters.put("cursorTime", cursor.receivedAt());
      conditions.parameters.put("cursorId", cursor.signalId());
    }
    return conditions.build();
  }

  private static final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private Conditions(ReportQuery query) {
      add("receivedAt >= :from", "from", query.from());
      add("receivedAt < :to", "to", query.to());
      add("source = :source", "source", query.source());
      add("strategy = :strategy", "strategy", query.strategy());
      add("pair = :pair", "pair", query.pair());
      SignalOutcome outcome = query.outcome();
      add("outcome = :outcome", "outcome", outcome == null ? null : outcome.name());
      add("array_contains(reasons, :rule)", "rule", query.rule());
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
