package dev.signaltoorder.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.Delivery;
import dev.signaltoorder.crash.Evidence.FactRow;
import dev.signaltoorder.crash.Evidence.InboxRow;
import dev.signaltoorder.crash.Evidence.JournalSize;
import dev.signaltoorder.crash.Evidence.OrderPart;
import dev.signaltoorder.crash.Evidence.Report;
import dev.signaltoorder.crash.Evidence.ReportRow;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gathers the {@link Evidence} of a place and has it judged. */
final class Witness {
  private static final String SIZES =
      """
      select l.account, l.journal_size, count(j.seq) as facts, coalesce(max(j.seq), -1) as last
      from lease l left join journal j on j.account = l.account group by l.account, l.journal_size
      """;

  // A row shows the transaction that wrote it; only the fields that promises are about are read.
  private static final String NEW_FACTS =
      """
      select account, seq, recorded_at, kind, signal_id, order_id, canonical, leaf_hash, xmin::text as transaction,
        body ->> 'deliveryId' as delivery_id, body #>> '{decision,approved}' as approved,
        body ->> 'actor' as actor, body ->> 'fencing' as fencing,
        body #>> '{intent,protective,role}' as role,
        body #>> '{intent,protective,entryOrderId}' as entry_order_id,
        body #>> '{intent,plan,side}' as side,
        coalesce(body #>> '{intent,strategy}', body ->> 'strategy') as strategy,
        (body #>> '{execution,volume}')::numeric as executed, (body #>> '{execution,fee}')::numeric as executed_fee,
        case when kind = 'stop-moved' then (body ->> 'stop')::numeric end as moved_to
      from journal where account = ? and seq >= ? order by seq
      """;

  private final Place place;
  private final Senders senders;
  private final Notes notes;
  private final List<FactRow> facts = new ArrayList<>();
  private final Map<String, Long> known = new HashMap<>();

  Witness(Place place, Senders senders, Notes notes) {
    this.place = place;
    this.senders = senders;
    this.notes = notes;
  }

  /** What must hold at any moment and does not. */
  List<String> alwaysTrue() throws SQLException {
    return withNotes(always(evidence()));
  }

  private static List<String> always(Evidence evidence) {
    List<String> problems = AlwaysTrue.problems(evidence);
    problems.addAll(AlwaysProtected.problems(evidence));
    return problems;
  }

  /** What must hold once nothing is under way any more and does not. */
  List<String> trueAtRest(List<Program> programs) throws SQLException {
    Evidence evidence = evidence();
    List<String> problems = always(evidence);
    problems.addAll(TrueAtRest.problems(evidence, report(programs)));
    problems.addAll(ProtectedAtRest.problems(evidence));
    return withNotes(problems);
  }

  private List<String> withNotes(List<String> problems) {
    Set<String> all = new LinkedHashSet<>(problems);
    all.addAll(notes.problems());
    all.addAll(place.krakenLog().violations());
    all.addAll(senders.violations());
    return List.copyOf(all);
  }

  /** Told and booked first, then stored: what was told by then must be in what is read later. */
  private Evidence evidence() throws SQLException {
    List<Delivery> deliveries = senders.all().stream().map(Senders.Delivery::record).toList();
    List<BookOrder> book = place.book();
    Map<String, Integer> addOrders = place.krakenLog().addOrdersById();
    List<JournalSize> sizes = new ArrayList<>();
    List<InboxRow> inbox = new ArrayList<>();
    place
        .sql()
        .inSnapshot(
            sql -> {
              sizes.addAll(sizes(sql));
              for (JournalSize size : sizes) {
                readNewFacts(sql, size.account());
              }
              for (var row : sql.rows("select delivery_id, signal_id from inbox")) {
                inbox.add(new InboxRow(text(row, "delivery_id"), text(row, "signal_id")));
              }
            });
    return new Evidence(
        deliveries, book, addOrders, sizes, List.copyOf(facts), inbox, notes.certain());
  }

  private static List<JournalSize> sizes(Sql.Session sql) throws SQLException {
    List<JournalSize> sizes = new ArrayList<>();
    for (var row : sql.rows(SIZES)) {
      sizes.add(
          new JournalSize(
              text(row, "account"),
              number(row, "journal_size"),
              number(row, "facts"),
              number(row, "last")));
    }
    return sizes;
  }

  private void readNewFacts(Sql.Session sql, String account) throws SQLException {
    for (var row : sql.rows(NEW_FACTS, account, known.getOrDefault(account, 0L))) {
      long seq = number(row, "seq");
      boolean intact =
          Arrays.equals(leafHash((byte[]) row.get("canonical")), (byte[]) row.get("leaf_hash"));
      facts.add(
          new FactRow(
              account,
              seq,
              ((Timestamp) Objects.requireNonNull(row.get("recorded_at"))).toInstant(),
              text(row, "kind"),
              text(row, "signal_id"),
              text(row, "order_id"),
              intact,
              text(row, "transaction"),
              text(row, "delivery_id"),
              text(row, "approved"),
              text(row, "actor"),
              text(row, "fencing"),
              new OrderPart(
                  text(row, "role"),
                  text(row, "entry_order_id"),
                  text(row, "side"),
                  text(row, "strategy"),
                  (BigDecimal) row.get("executed"),
                  (BigDecimal) row.get("executed_fee"),
                  (BigDecimal) row.get("moved_to"))));
      known.put(account, seq + 1);
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

  private Report report(List<Program> programs) throws SQLException {
    List<ReportRow> rows = new ArrayList<>();
    for (var row : place.sql().rows("select * from signal_summary")) {
      rows.add(
          new ReportRow(
              text(row, "signal_id"),
              text(row, "outcome"),
              text(row, "strategy"),
              text(row, "order_id"),
              text(row, "order_txid"),
              amount(row, "volume"),
              amount(row, "fee")));
    }
    return new Report(rows, totals(programs.getFirst()), positions(programs));
  }

  private static Map<String, Integer> totals(Program program) {
    Map<String, Integer> totals = new TreeMap<>();
    JsonNode report = program.reviewer().get("/audit/report?limit=1").json();
    report
        .path("totals")
        .properties()
        .forEach(
            total -> {
              if (total.getValue().intValue() > 0) {
                totals.put(total.getKey(), total.getValue().intValue());
              }
            });
    return totals;
  }

  /** An account that is changing hands is waited for: nobody knows its positions then. */
  private Map<String, BigDecimal> positions(List<Program> programs) {
    Map<String, JsonNode> accounts = new TreeMap<>();
    await("all accounts are led")
        .atMost(Program.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              accounts.clear();
              for (Program program : programs) {
                program
                    .status()
                    .path("accounts")
                    .forEach(account -> accounts.put(account.path("account").asText(), account));
              }
              return accounts.size() == place.accounts().size();
            });
    Map<String, BigDecimal> held = new TreeMap<>();
    for (JsonNode account : accounts.values()) {
      account
          .path("positions")
          .path("BTC/USD")
          .properties()
          .forEach(
              p -> held.merge(p.getKey(), new BigDecimal(p.getValue().asText()), BigDecimal::add));
    }
    return held;
  }

  /** How many signals have no end yet; when all have, how many positions are not protected yet. */
  long undone() throws SQLException {
    long signals = undoneSignals();
    return signals == 0 ? ProtectedAtRest.problems(evidence()).size() : signals;
  }

  private long undoneSignals() throws SQLException {
    AtomicLong undone = new AtomicLong();
    place
        .sql()
        .inSnapshot(
            sql ->
                undone.set(
                    sql.number(
                        "select (select count(*) from inbox) - (select count(*) from signal_summary"
                            + " where outcome not in ('PENDING', 'UNKNOWN', 'OPEN'))")));
    return undone.get();
  }

  private static String text(Map<String, @Nullable Object> row, String column) {
    Object value = row.get(column);
    return value == null ? "" : value.toString();
  }

  private static BigDecimal amount(Map<String, @Nullable Object> row, String column) {
    return row.get(column) instanceof BigDecimal amount ? amount : BigDecimal.ZERO;
  }

  private static long number(Map<String, @Nullable Object> row, String column) {
    return ((Number) Objects.requireNonNull(row.get(column))).longValue();
  }
}
