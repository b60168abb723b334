package dev.signaltoorder.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers queries. Totals and rows of one answer are of the same moment. */
@ApplicationScoped
class ReportReader {
  private final SignalSummaryRepository signals;

  ReportReader(SignalSummaryRepository signals) {
    this.signals = signals;
  }

  @Transactional
  Report read(ReportQuery query) {
    return page(query, query);
  }

  /** As {@link #read}, with the totals of all outcomes even when only one is listed. */
  @Transactional
  Report readWithAllTotals(ReportQuery query) {
    return page(query, query.withOutcome(null));
  }

  private Report page(ReportQuery query, ReportQuery totalsOver) {
    signals.readOneState();
    Map<String, Long> totals = inOrder(signals.totals(totalsOver));
    List<ReportRow> found =
        signals.pageAndOneMore(query, matching(query, totals)).stream()
            .map(SignalSummaryRow::row)
            .toList();
    boolean more = found.size() > query.limit();
    List<ReportRow> rows = more ? found.subList(0, query.limit()) : found;
    String nextCursor = null;
    if (more) {
      ReportRow last = rows.getLast();
      nextCursor = new ReportCursor(last.receivedAt(), last.signalId()).encode();
    }
    return new Report(query.from(), query.to(), totals, rows, nextCursor);
  }

  /** How many signals the query lets through, of totals that may be about all outcomes. */
  private static long matching(ReportQuery query, Map<String, Long> totals) {
    SignalOutcome outcome = query.outcome();
    return outcome == null
        ? totals.values().stream().mapToLong(Long::longValue).sum()
        : totals.getOrDefault(outcome.name(), 0L);
  }

  /** The contract's order; outcomes this program does not know come last. */
  static Map<String, Long> inOrder(List<OutcomeCount> counts) {
    Map<String, Long> unordered = new LinkedHashMap<>();
    counts.forEach(count -> unordered.put(count.outcome(), count.signals()));
    Map<String, Long> ordered = new LinkedHashMap<>();
    for (SignalOutcome outcome : SignalOutcome.values()) {
      Long signals = unordered.remove(outcome.name());
      if (signals != null) {
        ordered.put(outcome.name(), signals);
      }
    }
    ordered.putAll(unordered);
    return ordered;
  }
}
