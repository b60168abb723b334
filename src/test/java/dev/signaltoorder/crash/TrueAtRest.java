package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.Delivery;
import dev.signaltoorder.crash.Evidence.FactRow;
import dev.signaltoorder.crash.Evidence.InboxRow;
import dev.signaltoorder.crash.Evidence.Report;
import dev.signaltoorder.crash.Evidence.ReportRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must hold besides once nothing is under way any more: everything has ended, once, and the
 * service says of it what the exchange says. Pure, and uses nothing of the service.
 */
final class TrueAtRest {
  private static final Set<String> TRADED = Set.of("FILLED", "PARTIALLY_FILLED", "CANCELED");
  private static final Set<String> NEVER_AT_EXCHANGE =
      Set.of("NOT_PLACED", "REFUSED_BY_EXCHANGE", "REJECTED", "EXPIRED", "HALTED");

  private final Evidence evidence;
  private final Report report;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, BookOrder> book;
  private final Map<String, FactRow> intents;

  private TrueAtRest(Evidence evidence, Report report) {
    this.evidence = evidence;
    this.report = report;
    this.book =
        evidence.book().stream()
            .collect(Collectors.toMap(BookOrder::clientOrderId, order -> order, (a, b) -> a));
    this.intents =
        evidence.facts().stream()
            .filter(fact -> fact.kind().equals("order-intended"))
            .collect(Collectors.toMap(FactRow::orderId, fact -> fact, (a, b) -> a));
  }

  /** Every promise that does not hold; empty when all do. */
  static List<String> problems(Evidence evidence, Report report) {
    TrueAtRest check = new TrueAtRest(evidence, report);
    check.everySenderWasAnswered();
    check.everySignalHasOneEndInTheJournal();
    check.everySignalIsInTheReport();
    check.reportEqualsTheBook();
    check.totals();
    check.positions();
    return check.problems;
  }

  private void everySenderWasAnswered() {
    for (Delivery delivery : evidence.deliveries()) {
      if (delivery.told().isEmpty()) {
        problem("a sender was never answered: " + delivery.id());
      }
    }
  }

  private void everySignalHasOneEndInTheJournal() {
    Map<String, String> approved = bySignal("signal-decided", FactRow::approved);
    Map<String, String> intended = bySignal("order-intended", FactRow::orderId);
    Map<String, String> received = bySignal("signal-received", FactRow::deliveryId);
    Set<String> ended = new HashSet<>();
    for (FactRow fact : evidence.facts()) {
      if (AlwaysTrue.ENDS.contains(fact.kind())) {
        ended.add(fact.orderId());
      }
    }
    for (InboxRow taken : evidence.inbox()) {
      String signalId = taken.signalId();
      if (!taken.deliveryId().equals(received.get(signalId))) {
        problem("a delivery was taken and never came into the journal: " + taken);
      } else if (!approved.containsKey(signalId)) {
        problem("a signal was never decided: " + signalId);
      } else if (approved.get(signalId).equals("true") != intended.containsKey(signalId)) {
        problem("a signal was approved without an intent, or the other way round: " + signalId);
      } else if (intended.containsKey(signalId) && !ended.contains(intended.get(signalId))) {
        problem("an order has no end: " + intended.get(signalId));
      }
    }
  }

  private void everySignalIsInTheReport() {
    Set<String> taken =
        evidence.inbox().stream().map(InboxRow::signalId).collect(Collectors.toSet());
    Set<String> reported =
        report.rows().stream().map(ReportRow::signalId).collect(Collectors.toSet());
    if (!taken.equals(reported) || reported.size() != report.rows().size()) {
      problem(
          "the report has " + report.rows().size() + " signals, " + taken.size() + " were taken");
    }
    for (ReportRow row : report.rows()) {
      if (!TRADED.contains(row.outcome()) && !NEVER_AT_EXCHANGE.contains(row.outcome())) {
        problem("a signal did not end: " + row);
      }
    }
  }

  private void reportEqualsTheBook() {
    Set<String> seen = new HashSet<>();
    for (ReportRow row : report.rows()) {
      BookOrder order = book.get(String.valueOf(row.orderId()));
      boolean traded = TRADED.contains(row.outcome());
      if (traded != (order != null)) {
        problem("report and exchange differ: " + row + " against " + order);
      }
      if (order != null && traded) {
        seen.add(order.clientOrderId());
        if (!order.txid().equals(row.txid())
            || !sameVolume(order, row)
            || order.fee().compareTo(row.fee()) != 0) {
          problem("report and exchange differ in numbers: " + row + " against " + order);
        }
      }
      if (evidence.certain().neverSent().contains(String.valueOf(row.orderId()))
          && !row.outcome().equals("NOT_PLACED")) {
        problem("an order that was never sent has another outcome: " + row);
      }
    }
    Set<String> own =
        book.keySet().stream()
            .filter(id -> !intents.containsKey(id) || !intents.get(id).isProtective())
            .collect(Collectors.toSet());
    if (!seen.equals(own)) {
      problem("the report lacks orders of the exchange's book");
    }
  }

  /** Where nothing was executed, the report shows what was planned. */
  private static boolean sameVolume(BookOrder order, ReportRow row) {
    boolean none = row.outcome().equals("CANCELED");
    BigDecimal shown = none ? order.volume().add(order.rest().volume()) : order.volume();
    return none == (order.volume().signum() == 0) && shown.compareTo(row.volume()) == 0;
  }

  private void totals() {
    Map<String, Integer> counted = new TreeMap<>();
    report.rows().forEach(row -> counted.merge(row.outcome(), 1, Integer::sum));
    if (!counted.equals(report.totals())) {
      problem("the report's totals are " + report.totals() + ", its rows " + counted);
    }
  }

  private void positions() {
    Map<String, BigDecimal> bought = new TreeMap<>();
    for (BookOrder order : book.values()) {
      FactRow intent = intents.get(order.clientOrderId());
      if (intent != null) {
        bought.merge(intent.order().strategy(), order.change(), BigDecimal::add);
      }
    }
    Map<String, BigDecimal> held = report.positions();
    Set<String> strategies = new HashSet<>(bought.keySet());
    strategies.addAll(held.keySet());
    for (String strategy : strategies) {
      BigDecimal volume = bought.getOrDefault(strategy, BigDecimal.ZERO);
      if (held.getOrDefault(strategy, BigDecimal.ZERO).compareTo(volume) != 0) {
        problem("position of " + strategy + " is " + held + ", the exchange's fills " + bought);
      }
    }
  }

  private Map<String, String> bySignal(
      String kind, java.util.function.Function<FactRow, String> value) {
    Map<String, String> found = new HashMap<>();
    for (FactRow fact : evidence.facts()) {
      if (fact.kind().equals(kind) && !fact.isProtective()) {
        found.put(fact.signalId(), value.apply(fact));
      }
    }
    return found;
  }

  private void problem(String text) {
    problems.add(text);
  }
}
