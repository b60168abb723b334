package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Totals that are kept beside the rows are those of the rows, whatever is asked. */
@QuarkusTest
@TestProfile(ReportTotalsTest.OwnDatabase.class)
class ReportTotalsTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int DAYS = 6;
  private static final int ROWS = 1_500;
  private static final int QUERIES = 120;
  private static final int MIB = 1 << 20;
  private static final String LONG_REASON = "EOrder:" + "ä long story ".repeat(40);
  private static final List<String> REASONS =
      List.of("spread", "depth", "rare", LONG_REASON, LONG_REASON + "!", "a \"quoted\", 'reason'");
  private static final String UPSERT =
      "insert into signal_summary (signal_id, account, source, strategy, pair, received_at, outcome, reasons)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (signal_id) do update set pair = excluded.pair,"
          + " outcome = excluded.outcome, reasons = excluded.reasons";

  /** Rows of other tests would be counted, and they ours. */
  public static class OwnDatabase extends ReportTestProfile {}

  @Inject DataSource dataSource;
  @Inject ReportReader reader;

  @TestHTTPResource("/")
  URI address = URI.create("");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<UUID, Row> rows = new TreeMap<>();

  private record Row(
      UUID id,
      String account,
      String source,
      @Nullable String strategy,
      @Nullable String pair,
      Instant receivedAt,
      String outcome,
      List<String> reasons) {

    boolean isIn(ReportQuery query) {
      return (query.from() == null || !receivedAt.isBefore(query.from()))
          && (query.to() == null || receivedAt.isBefore(query.to()))
          && (query.source() == null || source.equals(query.source()))
          && (query.strategy() == null || query.strategy().equals(strategy))
          && (query.pair() == null || query.pair().equals(pair))
          && (query.outcome() == null || outcome.equals(query.outcome().name()))
          && (query.rule() == null || reasons.contains(query.rule()));
    }
  }

  @BeforeEach
  void empty() throws SQLException {
    System.out.println("ReportTotalsTest: seed " + seed);
    execute("truncate signal_summary");
  }

  @Test
  void randomQueriesHaveTheTotalsAndPagesOfTheRows() throws SQLException {
    write(ROWS);
    changeSome();
    execute("analyze signal_summary");

    for (int i = 0; i < QUERIES; i++) {
      ReportQuery query = query();
      List<Row> expected =
          rows.values().stream()
              .filter(row -> row.isIn(query))
              .sorted(
                  Comparator.comparing(Row::receivedAt)
                      .thenComparing(row -> row.id().toString())
                      .reversed())
              .toList();
      Report report = reader.read(query);
      assertThat(report.totals()).as("%s", query).isEqualTo(counted(expected));
      assertThat(signalIds(query))
          .as("%s", query)
          .isEqualTo(expected.stream().map(Row::id).toList());
    }
  }

  @Test
  void aRowThatIsTakenAwayIsCountedNoMoreAndNoneIsLeftOfAnEmptyTable() throws SQLException {
    write(50);
    UUID gone = rows.keySet().iterator().next();
    execute("delete from signal_summary where signal_id = '" + gone + "'");
    rows.remove(gone);

    assertThat(reader.read(ReportQuery.ALL).totals())
        .isEqualTo(counted(List.copyOf(rows.values())));

    execute("truncate signal_summary");
    assertThat(reader.read(ReportQuery.ALL).totals()).isEmpty();
  }

  @Test
  void allRowsAtOnceTakeNoMoreMemoryThanAFew() throws Exception {
    // 80 MB of texts.
    int many = 40_000;
    execute(
        "insert into signal_summary (signal_id, account, source, received_at, outcome, reasons)"
            + " select gen_random_uuid(), 'main', 'voc', timestamptz '2026-03-01T00:00:00Z' + n * interval '1 second',"
            + " 'REJECTED', array[repeat('x', 2000)] from generate_series(1, "
            + many
            + ") as n");
    for (String path : List.of("/audit/report.csv?all=true", "/audit/report?all=true")) {
      long before = heapInUse();
      long lines = 0;
      long most = 0;
      HttpResponse<InputStream> answer = asked(path);
      try (InputStream in = answer.body()) {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          long seen = lines;
          for (int i = 0; i < read; i++) {
            lines += buffer[i] == '-' ? 1 : 0;
          }
          if (seen / 50_000 != lines / 50_000) {
            most = Math.max(most, heapInUse() - before);
          }
        }
      }
      assertThat(answer.headers().firstValue("Report-Rows")).hasValue(Integer.toString(many));
      assertThat(lines).as("dashes of ids and times in %s", path).isGreaterThanOrEqualTo(6L * many);
      assertThat(most / MIB).as("MiB while %s was read", path).isLessThan(40);
    }
  }

  private HttpResponse<InputStream> asked(String path) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString("rita:secret".getBytes(StandardCharsets.UTF_8));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Basic " + credentials)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void aReasonOfAnyLengthCanBeWrittenAndAskedFor() throws SQLException {
    StringBuilder text = new StringBuilder();
    random.ints(8_000, 'a', 'z' + 1).forEach(c -> text.append((char) c));
    Row row =
        new Row(
            UUID.randomUUID(),
            "main",
            "voc",
            "s-1",
            null,
            START,
            "REFUSED_BY_EXCHANGE",
            List.of(text.toString()));
    upsert(List.of(row));

    assertThat(reader.read(ReportQuery.ALL.withRule(text.toString())).rows()).hasSize(1);
    assertThat(reader.read(ReportQuery.ALL.withRule(text.substring(0, 7_999))).rows()).isEmpty();
  }

  @Test
  void aShorterTimeHasTheNewestDaysAndAtMostAQuarterOfTheSignals() throws Exception {
    execute(
        "insert into signal_summary (signal_id, account, source, received_at, outcome)"
            + " select gen_random_uuid(), 'main', 'voc', timestamptz '2026-03-01T00:00:00Z' + n * interval '1 hour',"
            + " 'FILLED' from generate_series(0, 239) as n");
    ReportQuery all = ReportQuery.ALL;
    ReportQuery old =
        new ReportQuery(
            null, Instant.parse("2026-03-09T00:00:00Z"), "voc", null, null, null, null, null, 1);

    try (Connection connection = dataSource.getConnection()) {
      assertThat(ShorterTime.within(connection, all, 1_000))
          .hasValue(new ShorterTime(Instant.parse("2026-03-09T00:00:00Z"), 48));
      assertThat(ShorterTime.within(connection, all, 40))
          .hasValue(new ShorterTime(Instant.parse("2026-03-10T00:00:00Z"), 24));
      assertThat(ShorterTime.within(connection, old, 1_000)).isPresent();
      assertThat(ShorterTime.within(connection, all, 23)).isEmpty();
      assertThat(ShorterTime.within(connection, all.of("unheard-of", null, null), 1_000)).isEmpty();
    }
  }

  /** All pages of the query. */
  private List<UUID> signalIds(ReportQuery query) {
    List<UUID> found = new ArrayList<>();
    String cursor = null;
    do {
      Report page =
          reader.read(cursor == null ? query : query.at(ReportCursor.decode(cursor).orElseThrow()));
      page.rows().forEach(row -> found.add(row.signalId()));
      cursor = page.nextCursor();
    } while (cursor != null);
    return found;
  }

  private static Map<String, Long> counted(List<Row> rows) {
    return rows.stream().collect(Collectors.groupingBy(Row::outcome, Collectors.counting()));
  }

  private ReportQuery query() {
    Instant from = random.nextInt(3) == 0 ? null : anyTime();
    Instant to = random.nextInt(3) == 0 ? null : anyTime();
    boolean turned = from != null && to != null && from.isAfter(to);
    return new ReportQuery(
        turned ? to : from,
        turned ? from : to,
        orNull(3, List.of("voc", "tv", "desk")),
        orNull(3, List.of("s-1", "s-2", "unheard-of")),
        orNull(3, List.of("BTC/USD", "ETH/USD")),
        orNull(3, List.of(SignalOutcome.REJECTED, SignalOutcome.FILLED, SignalOutcome.UNKNOWN)),
        orNull(2, Stream.concat(REASONS.stream(), Stream.of("never")).toList()),
        null,
        300 + random.nextInt(700));
  }

  /** Half of them at midnight: where one day ends. */
  private Instant anyTime() {
    Instant day = START.plus(Duration.ofDays(random.nextInt(DAYS + 2) - 1L));
    return random.nextBoolean() ? day : day.plusNanos(random.nextLong(86_400_000_000L) * 1_000);
  }

  private <T> @Nullable T orNull(int oneIn, List<T> choices) {
    return random.nextInt(oneIn) == 0 ? choices.get(random.nextInt(choices.size())) : null;
  }

  private void write(int number) throws SQLException {
    for (int i = 0; i < number; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      String strategy = random.nextInt(8) == 0 ? null : "s-" + random.nextInt(3);
      rows.put(
          id,
          new Row(
              id,
              random.nextBoolean() ? "main" : "other",
              List.of("voc", "tv", "desk").get(random.nextInt(3)),
              strategy,
              strategy == null ? null : random.nextBoolean() ? "BTC/USD" : "ETH/USD",
              START.plusSeconds(random.nextLong(DAYS * 86_400L)),
              "PENDING",
              List.of()));
    }
    upsert(List.copyOf(rows.values()));
  }

  /** As signals go on: twice another outcome, most with reasons, some several times the same. */
  private void changeSome() throws SQLException {
    List<String> outcomes = List.of("REJECTED", "FILLED", "PENDING", "INVALID", "NEWER_THAN_WE");
    for (int i = 0; i < 2; i++) {
      List<Row> changed = new ArrayList<>();
      for (Row row : rows.values()) {
        if (random.nextInt(4) > 0) {
          List<String> reasons = new ArrayList<>();
          for (int n = random.nextInt(4); n > 0; n--) {
            reasons.add(REASONS.get(random.nextInt(random.nextInt(20) == 0 ? REASONS.size() : 2)));
          }
          changed.add(
              new Row(
                  row.id(),
                  row.account(),
                  row.source(),
                  row.strategy(),
                  random.nextInt(20) == 0 ? "ETH/USD" : row.pair(),
                  row.receivedAt(),
                  outcomes.get(random.nextInt(outcomes.size())),
                  reasons));
        }
      }
      Collections.shuffle(changed, random);
      upsert(changed);
      changed.forEach(row -> rows.put(row.id(), row));
    }
  }

  private void upsert(List<Row> written) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      for (Row row : written) {
        statement.setObject(1, row.id());
        statement.setString(2, row.account());
        statement.setString(3, row.source());
        statement.setString(4, row.strategy());
        statement.setString(5, row.pair());
        statement.setTimestamp(6, Timestamp.from(row.receivedAt()));
        statement.setString(7, row.outcome());
        statement.setArray(8, connection.createArrayOf("text", row.reasons().toArray()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
