package dev.signaltoorder.report;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The read model of the report. */
@ApplicationScoped
class SignalSummaryRepository implements PanacheRepositoryBase<SignalSummaryRow, UUID> {
  private static final Sort NEWEST_FIRST = Sort.descending("receivedAt", "signalId");

  /**
   * The query's page and, if there is one, the row after it: that one tells that there is a next
   * page.
   */
  List<SignalSummaryRow> pageAndOneMore(ReportQuery query) {
    ReportFilter filter = ReportFilter.page(query);
    return find(filter.condition(), NEWEST_FIRST, filter.parameters())
        .page(Page.ofSize(query.limit() + 1))
        .list();
  }

  /** Signals per outcome, over all pages. */
  List<OutcomeCount> totals(ReportQuery query) {
    ReportFilter filter = ReportFilter.over(query);
    String where = filter.condition().isEmpty() ? "" : " where " + filter.condition();
    return find(
            "select outcome, count(*) from SignalSummaryRow" + where + " group by outcome",
            filter.parameters())
        .project(OutcomeCount.class)
        .list();
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
