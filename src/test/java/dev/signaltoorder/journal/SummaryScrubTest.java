package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The report's rows are held against their facts, slice by slice, beside everything else. */
class SummaryScrubTest {
  private static final long AN_HOUR = Duration.ofHours(1).toNanos() + 1;
  private static final int SIGNALS_MAX = 300;

  @TempDir static Path folder;
  private static EvidenceDatabase database;
  private SummaryScrub scrub;
  private long nowNanos;

  @BeforeAll
  static void aDatabase() throws Exception {
    database = EvidenceDatabase.in(folder, 11);
  }

  @BeforeEach
  void aJournalWithItsReport() throws Exception {
    database.reset();
    database.append("main", 60, 1_000, database.newCheckpointing());
    database.append("other", 20, 1_000, database.newCheckpointing());
    scrub = new SummaryScrub(database.check());
    nowNanos = 0;
  }

  @AfterAll
  static void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void aRoundOfSmallSlicesComparesEverySignalOnceAndThenRests() throws Exception {
    long signals = count("select count(distinct signal_id) from journal");

    for (int i = 0; i < signals / 7; i++) {
      slice(7);
      assertThat(scrub.status().verifiedSignals()).isEqualTo((i + 1) * 7L);
    }
    slice(7);
    assertThat(scrub.status()).isEqualTo(ReportStatus.of(signals, 0, java.util.Map.of()));

    execute("update signal_summary set outcome = 'CANCELED'");
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions()).as("it rests").isEmpty();
  }

  @Test
  void aChangedRowIsToldUntilARoundFindsNothing() throws Exception {
    execute(
        "update signal_summary set outcome = 'CANCELED', fee = 0 where signal_id ="
            + " (select max(signal_id::text)::uuid from signal_summary where account = 'other')");

    slice(SIGNALS_MAX);
    assertThat(scrub.status().differing()).isEqualTo(1);
    assertThat(scrub.status().contradictions()).containsOnlyKeys("other");
    assertThat(scrub.status().contradictions().get("other"))
        .contains("outcome: the report says CANCELED, the facts say FILLED")
        .contains("fee: the report says 0, the facts say 0.");

    nowNanos += AN_HOUR;
    slice(5);
    assertThat(scrub.status().contradictions()).as("not looked at again yet").hasSize(1);
    execute("delete from signal_summary where outcome = 'CANCELED'");
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions().get("other")).contains("has no row of it");

    putRight();
    nowNanos += AN_HOUR;
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions()).isEmpty();
    assertThat(scrub.status().differing()).isZero();
  }

  @Test
  void aDeliveryOnItsWayToTheLeaderHasARowAndNoFactsAndThatIsNoContradiction() throws Exception {
    UUID id = UUID.randomUUID();
    Instant at = EvidenceDatabase.START;
    InboxEntry entry = new InboxEntry("demo", "msg_waits", "0".repeat(64), id, at);
    SignalSummary pending =
        new SignalSummary(
            id, "demo", null, null, null, at, "PENDING", List.of(), null, null, null, null, null,
            null, null);
    database
        .waitingDeliveries()
        .handOver(new HandedOver(0, "other", entry, new byte[0], "{}", pending, null));

    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions()).isEmpty();

    execute("update signal_summary set outcome = 'FILLED' where signal_id = '" + id + "'");
    nowNanos += AN_HOUR;
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions().get("other"))
        .as("nobody can have decided it")
        .contains(id + ": the report has a row of it, and no fact");

    execute("update signal_summary set outcome = 'PENDING' where signal_id = '" + id + "'");
    execute("delete from handed_over");
    nowNanos += AN_HOUR;
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions().get("other"))
        .as("nobody will decide it")
        .contains(id + ": the report has a row of it, and no fact");
    execute("delete from signal_summary where signal_id = '" + id + "'");
  }

  @Test
  void aTotalThatIsNotThatOfTheRowsIsToldAndClearedOnceItIsPutRight() throws Exception {
    execute(
        "update signal_total set signals = signals + 2 where account = 'other' and reason = ''"
            + " and signals > 0");

    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions()).containsOnlyKeys("other");
    assertThat(scrub.status().contradictions().get("other"))
        .startsWith("totals of ")
        .contains("the report counts", "its rows are");
    assertThat(scrub.status().differing()).as("the rows are right").isZero();

    // As an operator would do it: every row counts anew.
    execute(
        "create temporary table kept as table signal_summary;"
            + " truncate signal_summary; insert into signal_summary table kept");
    nowNanos += AN_HOUR;
    slice(SIGNALS_MAX);
    slice(SIGNALS_MAX);
    nowNanos += AN_HOUR;
    slice(SIGNALS_MAX);
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions()).isEmpty();
  }

  @Test
  void whatThePerformanceReportReadsIsHeldAgainstTheFactsToo() throws Exception {
    long orders = count("select count(*) from performance_order");
    assertThat(count("select count(*) from performance_fill")).isPositive();
    execute("update performance_fill set fee = fee + 1 where account = 'main'");
    execute("update performance_order set side = 'SELL'");

    slice(SIGNALS_MAX);
    assertThat(scrub.status().differing()).isEqualTo(orders).isPositive();
    assertThat(scrub.status().contradictions().get("main"))
        .contains("its orders or fills in the performance report are not those of its facts");

    String documented = Files.readString(Path.of("docs/audit.md"));
    int begin = documented.indexOf("truncate performance_order");
    execute(documented.substring(begin, documented.indexOf("```", begin)));
    nowNanos += AN_HOUR;
    slice(SIGNALS_MAX);
    assertThat(scrub.status().contradictions()).isEmpty();
  }

  @Test
  void aBodyThatSomebodyMadeUnreadableIsADifferenceAndStopsNothing() throws Exception {
    execute("alter table journal disable trigger user");
    execute(
        "update journal set body = jsonb_set(jsonb_set(body, '{intent,midAtDecision}', '\"much\"'),"
            + " '{intent,approvedAt}', '\"noon\"') where kind = 'order-intended'");
    execute("alter table journal enable trigger user");

    slice(SIGNALS_MAX);

    assertThat(scrub.status().differing())
        .isEqualTo(count("select count(*) from performance_order"))
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T12:00:00Z",
        "2025-02-29T12:00:00Z",
        "2024-02-29T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "2026-12-00T12:00:00Z",
        "2026-12-32T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "0000-01-01T12:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T23:59:60Z",
        "2026-01-01T12:00:00+99:00",
        "2026-01-01T12:00:00.0000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000000Z",
        "2026-01-01T12:00:00Z\n",
        "infinity",
        "now",
        ""
      })
  void aTimeThatThereIsNotIsADifferenceAndStopsNothing(String time) throws Exception {
    execute("alter table journal disable trigger user");
    execute(
        "update journal set body = jsonb_set(body, '{intent,approvedAt}', to_jsonb('"
            + time
            + "'::text)) where kind = 'order-intended'");
    execute("alter table journal enable trigger user");

    slice(SIGNALS_MAX);

    assertThat(scrub.status().differing())
        .isEqualTo(count("select count(*) from performance_order"))
        .isPositive();
  }

  @Test
  void theServiceItselfCannotChangeATotal() {
    for (String statement :
        new String[] {
          "update signal_total set signals = 0",
          "insert into signal_total values ('', now(), 'a', 'b', 'c', 'd', 'e', 1)",
          "delete from signal_total",
          "truncate signal_total"
        }) {
      assertThatThrownBy(() -> execute(EvidenceDatabase.RUNTIME, statement))
          .hasMessageContaining("permission denied for table signal_total");
    }
  }

  /** As an operator would do it who has a backup. */
  private static void putRight() throws SQLException {
    execute(
        """
        insert into signal_summary (signal_id, account, source, received_at, outcome, reasons, fee)
        select signal_id, account, 'demo', '%s', 'FILLED', '{a reason}', (body ->> 'amount')::numeric
        from journal where kind = 'signal-decided' on conflict do nothing
        """
            .formatted(EvidenceDatabase.START));
  }

  @Test
  void thereIsNoFalseAlarmWhileFactsAndRowsAreWritten() throws Exception {
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 60; i++) {
                  database.append("main", 10, 1_000_000, database.newCheckpointing());
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    int rounds = 0;
    while (!writing.isDone() || rounds < 3) {
      nowNanos += AN_HOUR;
      slice(SIGNALS_MAX * 10);
      rounds++;
      assertThat(scrub.status().contradictions()).as("round %d", rounds).isEmpty();
    }

    writing.join();
    assertThat(scrub.status().verifiedSignals()).isPositive();
  }

  @Test
  void aDatabaseThatIsAwayIsNoContradiction() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});

    scrub.slice(nowhere, 10, 0);

    assertThat(scrub.status()).isEqualTo(ReportStatus.NONE);
  }

  private void slice(int most) {
    scrub.slice(database.database.as(EvidenceDatabase.RUNTIME), most, nowNanos);
  }

  private static void execute(String sql) throws SQLException {
    execute(EvidenceDatabase.OWNER, sql);
  }

  private static void execute(String role, String sql) throws SQLException {
    try (Connection connection = database.database.as(role).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(String sql) throws SQLException {
    try (Connection connection = database.database.as(EvidenceDatabase.OWNER).getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
