package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.Ask;
import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.FactRow;
import dev.signaltoorder.crash.Evidence.InboxRow;
import dev.signaltoorder.crash.Evidence.JournalSize;
import dev.signaltoorder.crash.Evidence.OrderPart;
import dev.signaltoorder.crash.Evidence.ReportRow;
import dev.signaltoorder.crash.Evidence.Rest;
import dev.signaltoorder.crash.Evidence.Told;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A short history to be tampered with: one signal that was filled and one that was rejected. What
 * was bought has a stop; half of it was sold at a take-profit.
 */
final class History {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final BigDecimal HALF = new BigDecimal("0.0005");

  final Map<String, List<Told>> told = new LinkedHashMap<>();
  final Map<String, Ask> asks = new TreeMap<>();
  final List<BookOrder> book = new ArrayList<>();
  final Map<String, Integer> sent = new TreeMap<>();
  final List<FactRow> facts = new ArrayList<>();
  final List<InboxRow> inbox = new ArrayList<>();
  final List<ReportRow> report = new ArrayList<>();
  final Map<String, Integer> totals = new TreeMap<>();
  final Map<String, BigDecimal> positions = new TreeMap<>();
  final Set<String> neverSent = new HashSet<>();
  final Map<String, String> storedUnanswered = new TreeMap<>();
  private int leaseIsAheadBy;

  private History() {}

  static History honest() {
    History history = new History();
    history.fact("loop-started", "", "", "1", "", "", "7");
    history.fact("signal-received", "signal-1", "", "2", "delivery-1", "", "");
    history.fact("signal-decided", "signal-1", "", "2", "", "true", "");
    history.orderFact("order-intended", "order-1", "2", intent("", "", "BUY"));
    history.orderFact("order-placed", "order-1", "3", OrderPart.NONE);
    history.orderFact("order-ended", "order-1", "4", executed("0.001", "0.16"));
    history.protect();
    history.fact("signal-received", "signal-2", "", "5", "delivery-2", "", "");
    history.fact("signal-decided", "signal-2", "", "5", "", "false", "");
    history.inbox.add(new InboxRow("delivery-1", "signal-1"));
    history.inbox.add(new InboxRow("delivery-2", "signal-2"));
    history.told.put("delivery-1", List.of(new Told(202, "signal-1")));
    history.told.put("delivery-2", List.of(new Told(202, "signal-2"), new Told(200, "signal-2")));
    BigDecimal volume = new BigDecimal("0.001");
    BigDecimal fee = new BigDecimal("0.16");
    history.book.add(
        new BookOrder(
            "TX-1",
            "main",
            "order-1",
            true,
            volume,
            fee,
            START.plusSeconds(9),
            new Rest("limit", false, BigDecimal.ZERO, null)));
    history.sent.put("order-1", 1);
    history.protectAtExchange();
    history.asks.put("delivery-1", new Ask(new BigDecimal("66000"), true));
    history.report.add(
        new ReportRow("signal-1", "FILLED", "strategy", "order-1", "TX-1", volume, fee));
    history.report.add(
        new ReportRow(
            "signal-2", "REJECTED", "strategy", "", "", BigDecimal.ZERO, BigDecimal.ZERO));
    history.totals.put("FILLED", 1);
    history.totals.put("REJECTED", 1);
    history.positions.put("strategy", HALF);
    return history;
  }

  private void protect() {
    orderFact("order-intended", "stop-1", "4", intent("STOP", "order-1", "SELL"));
    orderFact("order-placed", "stop-1", "4b", OrderPart.NONE);
    orderFact("order-intended", "target-1", "4c", intent("TAKE_PROFIT", "order-1", "SELL"));
    orderFact("order-placed", "target-1", "4d", OrderPart.NONE);
    orderFact("order-ended", "target-1", "4e", executed("0.0005", "0.08"));
  }

  private void protectAtExchange() {
    BigDecimal none = BigDecimal.ZERO;
    Rest rest = new Rest("stop-loss", true, HALF, new BigDecimal("66000.0"));
    book.add(
        new BookOrder("TX-2", "main", "stop-1", false, none, none, START.plusSeconds(10), rest));
    BigDecimal fee = new BigDecimal("0.08");
    Rest sold = new Rest("limit", false, none, null);
    book.add(
        new BookOrder("TX-3", "main", "target-1", false, HALF, fee, START.plusSeconds(11), sold));
    sent.put("stop-1", 1);
    sent.put("target-1", 1);
  }

  private static OrderPart intent(String role, String entryOrderId, String side) {
    return new OrderPart(role, entryOrderId, side, "strategy", null, null, null);
  }

  private static OrderPart executed(String volume, String fee) {
    return new OrderPart("", "", "", "", new BigDecimal(volume), new BigDecimal(fee), null);
  }

  private void orderFact(String kind, String orderId, String transaction, OrderPart order) {
    fact(kind, "signal-1", orderId, transaction, "", "", "");
    facts.set(facts.size() - 1, order(facts.getLast(), order));
  }

  /** All of a position is said to be looked after no more. */
  void endProtection() {
    orderFact("protection-ended", "", "9", new OrderPart("", "", "", "strategy", null, null, null));
  }

  /** The stop of the position shall be there, as the journal says. */
  void moveStop(String to) {
    orderFact(
        "stop-moved",
        "",
        "9",
        new OrderPart("", "", "", "strategy", null, null, new BigDecimal(to)));
  }

  /** One more stop, intended and resting, of nothing yet. */
  void anotherStop(String volume) {
    orderFact("order-intended", "stop-2", "9", intent("STOP", "order-1", "SELL"));
    orderFact("order-placed", "stop-2", "9", OrderPart.NONE);
    Rest rest = new Rest("stop-loss", true, new BigDecimal(volume), new BigDecimal("66000"));
    BigDecimal none = BigDecimal.ZERO;
    book.add(
        new BookOrder("TX-4", "main", "stop-2", false, none, none, START.plusSeconds(60), rest));
  }

  private void fact(
      String kind,
      String signalId,
      String orderId,
      String transaction,
      String deliveryId,
      String approved,
      String fencing) {
    int seq = facts.size();
    facts.add(
        new FactRow(
            "main",
            seq,
            START.plusSeconds(seq),
            kind,
            signalId,
            orderId,
            true,
            transaction,
            deliveryId,
            approved,
            "",
            fencing,
            OrderPart.NONE));
  }

  Evidence evidence() {
    long last = facts.isEmpty() ? -1 : facts.getLast().seq();
    long size = facts.size();
    return new Evidence(
        told.entrySet().stream()
            .map(
                entry ->
                    new Evidence.Delivery(
                        entry.getKey(),
                        entry.getValue(),
                        asks.getOrDefault(entry.getKey(), Ask.NOTHING)))
            .toList(),
        List.copyOf(book),
        sent,
        List.of(new JournalSize("main", size + leaseIsAheadBy, size, last)),
        List.copyOf(facts),
        List.copyOf(inbox),
        new Evidence.Certain(neverSent, storedUnanswered));
  }

  Evidence.Report reported() {
    return new Evidence.Report(List.copyOf(report), totals, positions);
  }

  void changeBook(int index, UnaryOperator<BookOrder> change) {
    book.set(index, change.apply(book.get(index)));
  }

  void changeFacts(String kind, UnaryOperator<FactRow> change) {
    facts.replaceAll(fact -> fact.kind().equals(kind) ? change.apply(fact) : fact);
  }

  /** Taken out, and the others closed up, so that nothing but its absence shows. */
  void dropFacts(Predicate<FactRow> which) {
    facts.removeIf(which);
    closeUp();
  }

  /** The first of a kind once more, at the end. */
  void repeatFact(String kind) {
    facts.add(facts.stream().filter(fact -> fact.kind().equals(kind)).findFirst().orElseThrow());
    closeUp();
  }

  private void closeUp() {
    for (int i = 0; i < facts.size(); i++) {
      facts.set(i, numbered(facts.get(i), i));
    }
  }

  void leaseSaysMore() {
    leaseIsAheadBy = 1;
  }

  void outcome(String signalId, String outcome) {
    report.replaceAll(
        row ->
            row.signalId().equals(signalId)
                ? new ReportRow(
                    signalId,
                    outcome,
                    row.strategy(),
                    row.orderId(),
                    row.txid(),
                    row.volume(),
                    row.fee())
                : row);
    totals.clear();
    report.forEach(row -> totals.merge(row.outcome(), 1, Integer::sum));
  }

  static BookOrder openedAt(BookOrder o, Instant openedAt) {
    return new BookOrder(
        o.txid(), o.account(), o.clientOrderId(), o.buy(), o.volume(), o.fee(), openedAt, o.rest());
  }

  static BookOrder account(BookOrder o, String account) {
    return new BookOrder(
        o.txid(), account, o.clientOrderId(), o.buy(), o.volume(), o.fee(), o.openedAt(), o.rest());
  }

  static BookOrder rest(BookOrder o, Rest rest) {
    return new BookOrder(
        o.txid(), o.account(), o.clientOrderId(), o.buy(), o.volume(), o.fee(), o.openedAt(), rest);
  }

  static BookOrder resting(BookOrder o, String volume, String trigger) {
    Rest rest = new Rest("stop-loss", true, new BigDecimal(volume), new BigDecimal(trigger));
    return rest(o, rest);
  }

  static BookOrder over(BookOrder o) {
    return rest(o, new Rest(o.rest().type(), false, o.rest().volume(), o.rest().trigger()));
  }

  static BookOrder type(BookOrder o, String type) {
    return rest(o, new Rest(type, o.rest().open(), o.rest().volume(), o.rest().trigger()));
  }

  static BookOrder side(BookOrder o, boolean buy) {
    return new BookOrder(
        o.txid(), o.account(), o.clientOrderId(), buy, o.volume(), o.fee(), o.openedAt(), o.rest());
  }

  static FactRow entry(FactRow f, String entryOrderId) {
    OrderPart o = f.order();
    return f.isProtective()
        ? order(
            f,
            new OrderPart(
                o.role(), entryOrderId, o.side(), o.strategy(), o.volume(), o.fee(), o.movedTo()))
        : f;
  }

  private static FactRow order(FactRow f, OrderPart order) {
    return new FactRow(
        f.account(),
        f.seq(),
        f.recordedAt(),
        f.kind(),
        f.signalId(),
        f.orderId(),
        f.intact(),
        f.transaction(),
        f.deliveryId(),
        f.approved(),
        f.actor(),
        f.fencing(),
        order);
  }

  static BookOrder volume(BookOrder o, String volume) {
    return new BookOrder(
        o.txid(),
        o.account(),
        o.clientOrderId(),
        o.buy(),
        new BigDecimal(volume),
        o.fee(),
        o.openedAt(),
        o.rest());
  }

  private static FactRow numbered(FactRow f, long seq) {
    return new FactRow(
        f.account(),
        seq,
        f.recordedAt(),
        f.kind(),
        f.signalId(),
        f.orderId(),
        f.intact(),
        f.transaction(),
        f.deliveryId(),
        f.approved(),
        f.actor(),
        f.fencing(),
        f.order());
  }

  static FactRow broken(FactRow f) {
    return with(f, f.kind(), false, f.transaction(), f.approved(), f.actor());
  }

  static FactRow transaction(FactRow f, String transaction) {
    return with(f, f.kind(), f.intact(), transaction, f.approved(), f.actor());
  }

  static FactRow approved(FactRow f, String approved) {
    return with(f, f.kind(), f.intact(), f.transaction(), approved, f.actor());
  }

  static FactRow kind(FactRow f, String kind) {
    return with(f, kind, f.intact(), f.transaction(), f.approved(), f.actor());
  }

  static FactRow halted(FactRow f, String actor) {
    return with(f, "trading-halted", f.intact(), f.transaction(), f.approved(), actor);
  }

  private static FactRow with(
      FactRow f, String kind, boolean intact, String transaction, String approved, String actor) {
    return new FactRow(
        f.account(),
        f.seq(),
        f.recordedAt(),
        kind,
        f.signalId(),
        f.orderId(),
        intact,
        transaction,
        f.deliveryId(),
        approved,
        actor,
        f.fencing(),
        f.order());
  }
}
