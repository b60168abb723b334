package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever the service writes, a reviewer finds it in a typed view and in the documentation. */
class FactViewsTest {
  private static final Duration LEASE = Duration.ofMinutes(5);

  /** Written by the recorder of refused deliveries, not by an account. */
  private static final List<JournalEntry> OF_THE_SERVICE =
      List.of(
          new JournalEntry(
              "delivery-refused",
              null,
              null,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("source", "demo")
                  .put("remoteAddress", "192.0.2.1")
                  .put("cause", "UNSIGNED"),
              null),
          new JournalEntry(
              "deliveries-refused",
              null,
              null,
              JsonNodeFactory.instance.objectNode().put("count", 17),
              null));

  /** What a fact may carry and none of the samples does. */
  private static final Set<String> NOT_IN_THE_SAMPLES =
      Set.of(
          "audit_decision.equity",
          "audit_decision.pair_problem",
          "audit_decision.snapshot_problem",
          "audit_signal.confidence",
          "audit_signal.entry_zone_high",
          "audit_signal.entry_zone_low",
          "audit_signal.expires_at",
          "audit_signal.limit_price",
          "audit_signal.order_type",
          "audit_signal.reasoning",
          "audit_signal.sender_signal_id",
          "audit_signal.stop_loss",
          "audit_signal.timeframe");

  private static ReplicaHouse house;
  private static final Map<Long, String> KINDS_BY_SEQ = new TreeMap<>();

  @BeforeAll
  static void oneFactOfEveryKindAndMore() {
    house = new ReplicaHouse("main");
    FactCodec codec = new FactCodec();
    List<JournalEntry> entries = new ArrayList<>(OF_THE_SERVICE);
    byte[] raw = "{}".getBytes(StandardCharsets.UTF_8);
    FactCodecTest.samples().forEach(fact -> entries.add(codec.encode(new Recorded(fact, raw))));
    entries.add(codec.encode(new Recorded(stop(new UUID(0x7000, 0xabd)), null)));
    Journal journal = new Journal(house.runtime());
    Lease lease = journal.takeLease("main", UUID.randomUUID(), LEASE).orElseThrow();
    for (JournalEntry entry : entries) {
      KINDS_BY_SEQ.put((long) KINDS_BY_SEQ.size(), entry.kind());
    }
    journal.append(lease, 0, new Batch(Samples.NOW, entries, List.of()), LEASE);
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  @Test
  void everyKindOfFactIsInATypedView() throws Exception {
    Set<String> shown = new TreeSet<>();
    for (String view : views()) {
      read("select seq from " + view, row -> shown.add(KINDS_BY_SEQ.get(row.getLong(1))));
    }

    assertThat(shown).containsExactlyInAnyOrderElementsOf(kinds());
  }

  @Test
  void everyColumnOfEveryViewCanBeReadAndIsFilledBySomeFact() throws Exception {
    Set<String> empty = new TreeSet<>();
    for (String view : views()) {
      Set<String> filled = new HashSet<>();
      Set<String> all = new TreeSet<>();
      read(
          "select * from " + view,
          row -> {
            ResultSetMetaData columns = row.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
              all.add(columns.getColumnName(i));
              if (row.getObject(i) != null) {
                filled.add(columns.getColumnName(i));
              }
            }
          });
      assertThat(all).as(view).isNotEmpty();
      all.removeAll(filled);
      all.forEach(column -> empty.add(view + "." + column));
    }

    assertThat(empty).as("columns that nothing fills: misspelt?").isSubsetOf(NOT_IN_THE_SAMPLES);
  }

  @Test
  void anAmendedStopIsMarkedAndShowsItsVolumeInForce() throws Exception {
    UUID order = new UUID(0x7000, 0xabc);
    ReplicaHouse own = new ReplicaHouse("main");
    try {
      FactCodec codec = new FactCodec();
      List<JournalEntry> entries = new ArrayList<>();
      for (Fact fact :
          List.of(
              stop(order),
              amended(order, "0.4", new BigDecimal("49500.0")),
              amended(order, "0.3", null))) {
        entries.add(codec.encode(new Recorded(fact, null)));
      }
      Journal journal = new Journal(own.runtime());
      Lease lease = journal.takeLease("main", UUID.randomUUID(), LEASE).orElseThrow();
      journal.append(lease, 0, new Batch(Samples.NOW, entries, List.of()), LEASE);

      assertThat(
              own.text(
                  "select concat_ws(' ', role, volume, volume_in_force, trigger_price,"
                      + " trigger_in_force) from audit_order"))
          .isEqualTo("STOP 0.5 0.3 49000.0 49500.0");
    } finally {
      own.close();
    }
  }

  private static Fact stop(UUID order) {
    OrderIntent intent =
        new OrderIntent(
            order.toString(),
            "breakout",
            "XBTUSD",
            "XXBT",
            "ZUSD",
            Samples.plan(Side.SELL, "0.5", "49000.0"),
            Samples.NOW,
            Samples.NOW.plusSeconds(10),
            false,
            new BigDecimal("50000"),
            new Protective(Protective.Role.STOP, order, "the position"),
            null,
            null);
    return new Fact.OrderIntended(order, order, intent);
  }

  private static Fact amended(UUID order, String volume, @Nullable BigDecimal stop) {
    return new ProtectionFact.Amended(
        order, order, new BigDecimal(volume), stop, "ANSWERED", order);
  }

  @Test
  void everyKindOfFactIsInTheDocumentation() throws Exception {
    String text = Files.readString(Path.of("docs/audit.md"));
    String table = text.substring(text.indexOf("## What is recorded"), text.indexOf("A token is"));
    Set<String> documented = new TreeSet<>();
    for (String line : table.lines().filter(line -> line.startsWith("| `")).toList()) {
      Pattern.compile("`([a-z-]+)`")
          .matcher(line.substring(0, line.indexOf('|', 1)))
          .results()
          .forEach(name -> documented.add(name.group(1)));
    }

    Set<String> kinds = kinds();
    // In a journal of its own; the view archive shows it (ArchivingTest).
    kinds.add("facts-archived");
    assertThat(documented).isEqualTo(kinds);
  }

  private static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>(FactCodec.kinds());
    OF_THE_SERVICE.forEach(entry -> kinds.add(entry.kind()));
    assertThat(KINDS_BY_SEQ.values()).containsAll(kinds);
    return kinds;
  }

  private static List<String> views() throws SQLException {
    List<String> views = new ArrayList<>();
    read(
        "select viewname from pg_views where schemaname = current_schema and viewname like 'audit%'",
        row -> views.add(row.getString(1)));
    assertThat(views).hasSizeGreaterThan(15);
    return views;
  }

  private static void read(String sql, Row each) throws SQLException {
    try (Connection connection = house.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        each.read(row);
      }
    }
  }

  /** Takes a row. */
  private interface Row {
    void read(ResultSet row) throws SQLException;
  }
}
