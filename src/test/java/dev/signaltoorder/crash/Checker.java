package dev.signaltoorder.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds three records against each other that do not know of one another: what the senders were
 * told, the exchange's own book, and the journal and report as SQL shows them. Uses nothing of the
 * service.
 */
final class Checker {
  private static final Set<String> TRADED = Set.of("FILLED", "PARTIALLY_FILLED", "CANCELED");
  private static final Set<String> NEVER_AT_EXCHANGE =
      Set.of("NOT_PLACED", "REFUSED_BY_EXCHANGE", "REJECTED", "EXPIRED", "HALTED");

  private final Place place;
  private final Senders senders;
  private final Set<String> neverSent = new HashSet<>();
  private final Map<String, String> storedUnanswered = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long hashedUpTo;

  Checker(Place place, Senders senders) {
    this.place = place;
    this.senders = senders;
  }

  /** Orders of which it is certain that the program must not send them. */
  void mustNeverBeSent(Set<String> orderIds) {
    neverSent.addAll(orderIds);
  }

  /** A delivery that is stored and was not answered: its next answer must be 200, with this id. */
  void storedUnanswered(String deliveryId, String signalId) {
    storedUnanswered.put(deliveryId, signalId);
  }

  /** Something seen on the way. */
  void problem(String text) {
    problems.add(text);
  }

  /** What must hold at any moment. Empty when it does. */
  List<String> alwaysTrue() throws SQLException {
    problems.addAll(place.krakenGate().violations());
    problems.addAll(senders.violations());
    journalIsWhole();
    everyFactOnce();
    acknowledgedIsStored();
    ordersHaveOlderIntents();
    return take();
  }

  /** What must hold once nothing is under way any more. */
  List<String> trueAtRest(Program program) throws SQLException {
    List<String> always = alwaysTrue();
    Map<UUID, Map<String, @Nullable Object>> rows = summaries();
    everySignalIsInTheReport(rows);
    reportEqualsTheBook(rows);
    totals(program, rows);
    positions(program, rows);
    always.addAll(take());
    return always;
  }

  private List<String> take() {
    List<String> found = new ArrayList<>(new java.util.LinkedHashSet<>(problems));
    problems.clear();
    return found;
  }

  private void journalIsWhole() throws SQLException {
    for (var row :
        place
            .sql()
            .rows(
                "select l.account, l.journal_size, j.facts, j.first, j.last from lease l join"
                    + " (select account, count(*) facts, min(seq) first, max(seq) last"
                    + "  from journal group by account) j on j.account = l.account")) {
      long size = number(row, "journal_size");
      if (size != number(row, "facts")
          || number(row, "first") != 0
          || number(row, "last") != size - 1) {
        problem("the journal has a gap or another length than its lease says: " + row);
      }
    }
    var news =
        place
            .sql()
            .rows(
                "select seq, canonical, leaf_hash from journal where account = ? and seq >= ?"
                    + " order by seq",
                Place.ACCOUNT,
                hashedUpTo);
    for (var row : news) {
      if (!Arrays.equals(leafHash((byte[]) row.get("canonical")), (byte[]) row.get("leaf_hash"))) {
        problem("fact " + row.get("seq") + " does not have the hash of its bytes");
      }
      hashedUpTo = number(row, "seq") + 1;
    }
  }

  private static byte[] leafHash(byte @Nullable [] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) 0);
      return digest.digest(Objects.requireNonNull(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void everyFactOnce() throws SQLException {
    none(
        "a signal has two facts that it can have once",
        "select signal_id, kind, count(*) from journal where kind in"
            + " ('signal-received', 'signal-decided', 'order-intended') group by signal_id, kind"
            + " having count(*) > 1");
    none(
        "an order has two ends",
        "select order_id, count(*) from journal where kind in"
            + " ('order-ended', 'order-refused', 'order-not-placed') group by order_id"
            + " having count(*) > 1");
    none(
        "a delivery was received twice",
        "select body ->> 'deliveryId', count(*) from journal where kind = 'signal-received'"
            + " group by 1 having count(*) > 1");
    // C5 cannot happen: decision and intent are one transaction.
    none(
        "an intent was not committed together with its decision",
        "select i.order_id from journal i where i.kind = 'order-intended' and not exists (select 1"
            + " from journal d where d.kind = 'signal-decided' and d.signal_id = i.signal_id"
            + " and d.xmin = i.xmin and d.body #>> '{decision,approved}' = 'true')");
    none(
        "the account was halted by its own invariant",
        "select body from journal where kind = 'trading-halted'"
            + " and body ->> 'actor' = 'invariant'");
    none(
        "an order is quarantined", "select order_id from journal where kind = 'order-quarantined'");
    none(
        "received and inbox do not say the same",
        "select 1 from journal j full join inbox i on i.signal_id = j.signal_id"
            + " and i.delivery_id = j.body ->> 'deliveryId' where (j.kind = 'signal-received'"
            + " or j.kind is null) and (i.signal_id is null or j.signal_id is null)");
  }

  private void none(String wrong, String sql) throws SQLException {
    var rows = place.sql().rows(sql);
    if (!rows.isEmpty()) {
      problem(wrong + ": " + rows.subList(0, Math.min(5, rows.size())));
    }
  }

  private void acknowledgedIsStored() throws SQLException {
    // The answers first: what was told by now must be in an inbox that is read later.
    Map<Senders.Delivery, List<Senders.Told>> answers = new HashMap<>();
    senders.all().forEach(delivery -> answers.put(delivery, delivery.told()));
    Map<String, String> inbox = new HashMap<>();
    for (var row : place.sql().rows("select delivery_id, signal_id from inbox")) {
      inbox.put(String.valueOf(row.get("delivery_id")), String.valueOf(row.get("signal_id")));
    }
    for (var answered : answers.entrySet()) {
      Senders.Delivery delivery = answered.getKey();
      List<Senders.Told> told = answered.getValue();
      if (told.isEmpty()) {
        continue;
      }
      Set<String> ids = told.stream().map(Senders.Told::signalId).collect(Collectors.toSet());
      if (!ids.equals(Set.of(inbox.getOrDefault(delivery.id(), "nothing stored")))) {
        problem(
            delivery.id() + " was answered " + told + ", stored is " + inbox.get(delivery.id()));
      }
      if (told.stream().filter(answer -> answer.status() == 202).count() > 1) {
        problem(delivery.id() + " was accepted twice: " + told);
      }
      String first = storedUnanswered.get(delivery.id());
      if (first != null && !told.getFirst().equals(new Senders.Told(200, first))) {
        problem(delivery.id() + " was stored as " + first + " before its answer, told " + told);
      }
    }
  }

  private void ordersHaveOlderIntents() throws SQLException {
    // The book first: what it shows now must be in a journal that is read later.
    List<PaperOrder> book = place.exchange().orders();
    Map<String, Map<String, @Nullable Object>> intents = new HashMap<>();
    for (var row :
        place
            .sql()
            .rows(
                "select order_id, signal_id, recorded_at from journal"
                    + " where kind = 'order-intended'")) {
      intents.put(String.valueOf(row.get("order_id")), row);
    }
    Set<Object> signals = new HashSet<>();
    for (PaperOrder order : book) {
      var intent = intents.get(String.valueOf(order.clientOrderId()));
      if (intent == null) {
        problem("an order at the exchange has no intent: " + order);
        continue;
      }
      Instant intendedAt =
          ((Timestamp) Objects.requireNonNull(intent.get("recorded_at"))).toInstant();
      if (!intendedAt.isBefore(order.openedAt())) {
        problem("an order is older than its intent of " + intendedAt + ": " + order);
      }
      if (!signals.add(Objects.requireNonNull(intent.get("signal_id")))) {
        problem("a signal has two orders at the exchange: " + order);
      }
    }
    for (String id : neverSent) {
      if (place.krakenGate().addOrdersOf(id) > 0) {
        problem("an order was sent whose commit was never acknowledged to its sender: " + id);
      }
    }
  }

  private Map<UUID, Map<String, @Nullable Object>> summaries() throws SQLException {
    Map<UUID, Map<String, @Nullable Object>> rows = new HashMap<>();
    for (var row : place.sql().rows("select * from signal_summary")) {
      rows.put((UUID) Objects.requireNonNull(row.get("signal_id")), row);
    }
    return rows;
  }

  private void everySignalIsInTheReport(Map<UUID, Map<String, @Nullable Object>> rows)
      throws SQLException {
    Set<UUID> inbox = new HashSet<>();
    for (var row : place.sql().rows("select signal_id from inbox")) {
      inbox.add((UUID) Objects.requireNonNull(row.get("signal_id")));
    }
    if (!inbox.equals(rows.keySet())) {
      problem("the report has " + rows.size() + " signals, " + inbox.size() + " were taken");
    }
    for (Senders.Delivery delivery : senders.all()) {
      if (!delivery.acknowledged()) {
        problem("a sender was never answered: " + delivery.id());
      }
    }
    rows.forEach(
        (signalId, row) -> {
          String outcome = String.valueOf(row.get("outcome"));
          if (!TRADED.contains(outcome) && !NEVER_AT_EXCHANGE.contains(outcome)) {
            problem("signal " + signalId + " did not end: " + row);
          }
        });
  }

  private void reportEqualsTheBook(Map<UUID, Map<String, @Nullable Object>> rows)
      throws SQLException {
    Map<String, PaperOrder> book =
        place.exchange().orders().stream()
            .collect(Collectors.toMap(o -> String.valueOf(o.clientOrderId()), o -> o));
    Set<String> seen = new HashSet<>();
    for (var row : rows.values()) {
      String orderId = String.valueOf(row.get("order_id"));
      PaperOrder order = book.get(orderId);
      boolean traded = TRADED.contains(String.valueOf(row.get("outcome")));
      if (traded != (order != null)) {
        problem("report and exchange differ: " + row + " against " + order);
      }
      if (order != null && traded) {
        seen.add(orderId);
        boolean same =
            order.txid().equals(row.get("order_txid"))
                && order.volumeExecuted().compareTo(amount(row, "volume")) == 0
                && order.fee().compareTo(amount(row, "fee")) == 0;
        if (!same) {
          problem("report and exchange differ in numbers: " + row + " against " + order);
        }
      }
      if (neverSent.contains(orderId) && !"NOT_PLACED".equals(row.get("outcome"))) {
        problem("an order that was never sent has another outcome: " + row);
      }
    }
    if (!seen.equals(book.keySet())) {
      problem("the report lacks orders of the exchange's book");
    }
    none(
        "an order has no end",
        "select order_id from journal where kind = 'order-intended' except select order_id from"
            + " journal where kind in ('order-ended', 'order-refused', 'order-not-placed')");
  }

  private void totals(Program program, Map<UUID, Map<String, @Nullable Object>> rows) {
    Map<String, Integer> counted = new TreeMap<>();
    rows.values()
        .forEach(row -> counted.merge(String.valueOf(row.get("outcome")), 1, Integer::sum));
    Map<String, Integer> reported = new TreeMap<>();
    JsonNode report = program.reviewer().get("/audit/report?limit=1").json();
    report
        .path("totals")
        .properties()
        .forEach(
            total -> {
              if (total.getValue().intValue() > 0) {
                reported.put(total.getKey(), total.getValue().intValue());
              }
            });
    if (!reported.equals(counted)) {
      problem("the report's totals are " + reported + ", its rows " + counted);
    }
  }

  private void positions(Program program, Map<UUID, Map<String, @Nullable Object>> rows) {
    Map<String, BigDecimal> bought = new TreeMap<>();
    for (PaperOrder order : place.exchange().orders()) {
      rows.values().stream()
          .filter(row -> order.txid().equals(row.get("order_txid")))
          .forEach(
              row ->
                  bought.merge(
                      String.valueOf(row.get("strategy")), signed(order), BigDecimal::add));
    }
    Map<String, BigDecimal> held = new TreeMap<>();
    program
        .status()
        .path("accounts")
        .path(0)
        .path("positions")
        .path("BTC/USD")
        .properties()
        .forEach(p -> held.put(p.getKey(), new BigDecimal(p.getValue().asText())));
    bought.forEach(
        (strategy, volume) -> {
          if (held.getOrDefault(strategy, BigDecimal.ZERO).compareTo(volume) != 0) {
            problem("position of " + strategy + " is " + held + ", the exchange's fills " + bought);
          }
        });
  }

  private static BigDecimal signed(PaperOrder order) {
    boolean buy = order.terms().side().name().equals("BUY");
    return buy ? order.volumeExecuted() : order.volumeExecuted().negate();
  }

  private static BigDecimal amount(Map<String, @Nullable Object> row, String column) {
    return row.get(column) instanceof BigDecimal amount ? amount : BigDecimal.ZERO;
  }

  private static long number(Map<String, @Nullable Object> row, String column) {
    return ((Number) Objects.requireNonNull(row.get(column))).longValue();
  }
}
