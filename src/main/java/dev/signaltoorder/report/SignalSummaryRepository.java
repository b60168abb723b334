package dev.signaltoorder.report;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The read model of the report. */
@ApplicationScoped
class SignalSummaryRepository implements PanacheRepositoryBase<SignalSummaryRow, UUID> {
  /** So many rows are found and sorted sooner than they are met on the way through all others. */
  private static final long FEW = 20_000;

  private static final String NEWEST_FIRST = " order by received_at desc, signal_id desc";

  /**
   * The query's page and, if there is one, the row after it: that one tells that there is a next
   * page.
   *
   * @param matching signals that the query lets through, over all pages
   */
  List<SignalSummaryRow> pageAndOneMore(ReportQuery query, long matching) {
    ReportFilter filter = ReportFilter.page(query);
    Map<String, Object> parameters = new HashMap<>(filter.parameters());
    if (matching == 0) {
      return List.of();
    }
    String rule = query.rule();
    if (rule == null) {
      return rows(
          "select * from signal_summary where " + filter.condition(), parameters, query.limit());
    }
    if (matching <= FEW) {
      parameters.put("shortRule", shortened(rule));
      return rows(
          "select * from (select * from signal_summary where "
              + filter.condition()
              + " and short_reasons(reasons) @> array[cast(:shortRule as text)] offset 0) as few",
          parameters,
          query.limit());
    }
    // Newer rows than the newest with this reason need not be read.
    String newest = "";
    LocalDate day = newestDay(query);
    if (day != null) {
      newest = " and received_at < :dayAfter";
      parameters.put("dayAfter", day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    return rows(
        "select * from signal_summary where " + filter.condition() + newest,
        parameters,
        query.limit());
  }

  @SuppressWarnings("unchecked") // Native queries are not typed.
  private List<SignalSummaryRow> rows(String sql, Map<String, Object> parameters, int limit) {
    return bound(
            getEntityManager().createNativeQuery(sql + NEWEST_FIRST, SignalSummaryRow.class),
            parameters)
        .setMaxResults(limit + 1)
        .getResultList();
  }

  /** The last day on which, as far as the page goes, there is a signal of the query. */
  private @Nullable LocalDate newestDay(ReportQuery query) {
    if (!ReportTotals.isCounted(query)) {
      return null;
    }
    ReportFilter names = ReportFilter.names(query);
    Map<String, Object> parameters = new HashMap<>(names.parameters());
    parameters.put("rule", String.valueOf(query.rule()));
    String last = "";
    ReportCursor cursor = query.cursor();
    if (cursor != null) {
      last = " and day <= :last";
      parameters.put("last", ReportTotals.dayOf(cursor.receivedAt()));
    }
    Object day =
        bound(
                getEntityManager()
                    .createNativeQuery(
                        "select max(day) from signal_total where reason = :rule and signals > 0 and "
                            + names.condition()
                            + last,
                        LocalDate.class),
                parameters)
            .getSingleResult();
    return (LocalDate) day;
  }

  /** Signals per outcome, over all pages. */
  List<OutcomeCount> totals(ReportQuery query) {
    ReportTotals totals = ReportTotals.over(query);
    List<?> counts =
        bound(
                getEntityManager().createNativeQuery(totals.sql(), Object[].class),
                totals.parameters())
            .getResultList();
    return counts.stream()
        .map(Object[].class::cast)
        .map(count -> new OutcomeCount((String) count[0], ((Number) count[1]).longValue()))
        .toList();
  }

  private static Query bound(Query query, Map<String, Object> parameters) {
    parameters.forEach(query::setParameter);
    return query;
  }

  /** As {@code short_reasons} of the database shortens it. */
  private static String shortened(String rule) {
    return rule.codePointCount(0, rule.length()) <= ReportTotals.LONGEST_REASON
        ? rule
        : rule.substring(0, rule.offsetByCodePoints(0, ReportTotals.LONGEST_REASON));
  }

  /**
   * Makes all reads of the running transaction see one state of the database, and forbids writing.
   * Must be the transaction's first statement.
   */
  void readOneState() {
    getEntityManager()
        .createNativeQuery("set transaction isolation level repeatable read, read only")
        .executeUpdate();
  }
}
