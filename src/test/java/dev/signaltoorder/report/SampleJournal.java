package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.SignalSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A journal of one account with one signal of each kind that matters to the report. */
final class SampleJournal {
  static final UUID FILLED = UUID.fromString("01930000-0000-7000-8000-000000000001");
  static final UUID REJECTED = UUID.fromString("01930000-0000-7000-8000-000000000002");
  static final UUID INVALID = UUID.fromString("01930000-0000-7000-8000-000000000003");
  static final UUID FORMULA = UUID.fromString("01930000-0000-7000-8000-000000000004");
  static final UUID CANCEL = UUID.fromString("01930000-0000-7000-8000-000000000005");
  static final UUID ORDER = UUID.fromString("01930000-0000-7000-8000-0000000000a1");
  static final UUID FORMULA_ORDER = UUID.fromString("01930000-0000-7000-8000-0000000000a2");
  static final UUID FOLLOW_UP = UUID.fromString("01930000-0000-7000-8000-0000000000c9");
  static final String HOSTILE = "<script>alert('x')</script>\" onmouseover=\"y";
  static final int PENDING_SIGNALS = 25;
  static final int SIGNALS = PENDING_SIGNALS + 5;

  /** The newest pending signals share one moment, so that only the id orders them. */
  static final Instant SHARED_MOMENT = Instant.parse("2026-11-22T12:00:00.000007Z");

  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Journal journal;
  private final ObjectMapper json = new ObjectMapper();
  private final Lease lease;
  private long size;

  private SampleJournal(DataSource dataSource) {
    journal = new Journal(dataSource);
    lease = journal.takeLease("main", new UUID(7, 7), LEASE).orElseThrow();
    size = lease.journalSize();
  }

  private static boolean filled;

  /** For all tests over one database. */
  static synchronized void fillOnce(DataSource dataSource) {
    if (!filled) {
      fill(dataSource);
      filled = true;
    }
  }

  static void fill(DataSource dataSource) {
    SampleJournal sample = new SampleJournal(dataSource);
    sample.filledSignal();
    sample.rejectedSignal();
    sample.invalidSignal();
    sample.formulaSignalThatACancelEnds();
    sample.pendingSignals();
    sample.journal.release(sample.lease);
  }

  private void filledSignal() {
    UUID addOrder = new UUID(0, 0xc1);
    UUID unrelated = new UUID(0, 0xc2);
    append(
        "2026-11-22T10:00:00.004567Z",
        List.of(
            received(FILLED, "btc-breakout-4h", "2026-11-22T10:00:00.000123Z"),
            marketRead("Ticker", "pair=XBTUSD", "09:59:59.500000", "09:59:59.541200", "T"),
            marketRead("Depth", "pair=XBTUSD&count=100", "09:59:59.500100", "09:59:59.560000", "D"),
            marketRead("SystemStatus", "", "09:59:50.000000", "09:59:50.030000", "S"),
            entry(
                "signal-decided",
                FILLED,
                null,
                """
                {"signalId":"%s","outcome":"PENDING","input":{"now":"2026-11-22T10:00:00.003900Z",
                 "pair":{"symbol":"BTC/USD","altname":"XBTUSD"},"snapshot":%s,"account":{"openOrders":0}},
                 "decision":{"approved":true,"ruleSetVersion":3,"plan":{"side":"BUY","volume":"0.00148"},
                 "sizing":{"unit":"QUOTE","requested":"100"},"results":[%s,
                 {"code":"close-only","verdict":"NOT_APPLICABLE","limit":"-","actual":"-",
                  "explanation":"Only for a CLOSE."}]}}
                """
                    .formatted(FILLED, snapshot(), rule("PASS", "100 USD", "99.68 USD"))),
            entry(
                "order-intended",
                FILLED,
                ORDER,
                """
                {"orderId":"%s","signalId":"%s","intent":{"clientOrderId":"%s","deadline":"2026-11-22T10:00:05.003Z",
                 "strategy":"btc-breakout-4h","approvedAt":"2026-11-22T10:00:00.003900Z","midAtDecision":"67340.0",
                 "validateOnly":false,"plan":{"pair":"BTC/USD","side":"BUY","type":"LIMIT","timeInForce":"GTC",
                 "postOnly":false,"volume":"0.00148","limitPrice":"67350.0","notional":"99.678"}}}
                """
                    .formatted(ORDER, FILLED, ORDER))),
        summary(FILLED, "btc-breakout-4h", "2026-11-22T10:00:00.000123Z", "PENDING"));
    append(
        "2026-11-22T10:00:00.051000Z",
        List.of(
            called(addOrder, FILLED, ORDER, "add-order", "10:00:00.005000", "{\"error\":[]}"),
            entry(
                "order-placed",
                FILLED,
                ORDER,
                """
                {"orderId":"%s","signalId":"%s","txid":"OABCDE-1","how":"ANSWERED","callId":"%s"}
                """
                    .formatted(ORDER, FILLED, addOrder))));
    append(
        "2026-11-22T10:00:02.200000Z",
        List.of(
            called(unrelated, null, null, "balances", "10:00:02.100000", "unrelated reply"),
            called(FOLLOW_UP, null, null, "follow-up", "10:00:02.150000", "follow-up reply"),
            progressed(FILLED, ORDER, "0.00100", "67.34", "0.17")));
    append(
        "2026-11-22T10:00:04.300000Z",
        List.of(ended(FILLED, ORDER, "0.00148", "99.66", "0.25")),
        new SignalSummary(
            FILLED,
            "voc",
            "btc-breakout-4h",
            "BTC/USD",
            "BUY",
            Instant.parse("2026-11-22T10:00:00.000123Z"),
            "FILLED",
            List.of(),
            ORDER,
            "OABCDE-1",
            new BigDecimal("0.00148"),
            new BigDecimal("67337.80"),
            new BigDecimal("-1.25"),
            new BigDecimal("0.25"),
            "kraken"));
  }

  /** Decided from the prices that the signal before had brought along. */
  private void rejectedSignal() {
    append(
        "2026-11-22T10:00:01.000000Z",
        List.of(
            received(REJECTED, HOSTILE, "2026-11-22T10:00:00.900000Z"),
            entry(
                "signal-decided",
                REJECTED,
                null,
                """
                {"signalId":"%s","outcome":"REJECTED","input":{"now":"2026-11-22T10:00:00.950000Z",
                 "pair":{"symbol":"BTC/USD","altname":"XBTUSD"},"snapshot":%s},
                 "decision":{"approved":false,"ruleSetVersion":3,"plan":{"pair":"BTC/USD","side":"BUY","type":"LIMIT",
                 "timeInForce":"GTC","postOnly":false,"volume":"0.0037","limitPrice":"67350.1"},"sizing":null,
                 "results":[%s]}}
                """
                    .formatted(REJECTED, snapshot(), rule("DENY", "100 USD", "250 USD")))),
        new SignalSummary(
            REJECTED,
            "voc",
            HOSTILE,
            "BTC/USD",
            "BUY",
            Instant.parse("2026-11-22T10:00:00.900000Z"),
            "REJECTED",
            List.of("max-order-notional"),
            null,
            null,
            new BigDecimal("0.0037"),
            null,
            null,
            null,
            "simulated"));
  }

  private void invalidSignal() {
    append(
        "2026-11-22T10:05:00.000000Z",
        List.of(
            new JournalEntry(
                "signal-invalid",
                INVALID,
                null,
                body(
                    """
                    {"signalId":"%s","source":"tv","deliveryId":"d-3","bodySha256":"ab",
                     "receivedAt":"2026-11-22T10:04:59.999000Z","problems":[
                     {"field":"/data/pair","problem":"missing","allowed":"a pair such as BTC/USD"}]}
                    """
                        .formatted(INVALID)),
                new byte[] {(byte) 0xff, 0})),
        new SignalSummary(
            INVALID,
            "tv",
            null,
            null,
            null,
            Instant.parse("2026-11-22T10:04:59.999000Z"),
            "INVALID",
            List.of("/data/pair: missing"),
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private void formulaSignalThatACancelEnds() {
    UUID cancelCall = new UUID(0, 0xc5);
    append(
        "2026-11-22T10:06:00.000000Z",
        List.of(received(FORMULA, "=1+1", "2026-11-22T10:05:59.000000Z")),
        summary(FORMULA, "=1+1", "2026-11-22T10:05:59.000000Z", "CANCELED"));
    append(
        "2026-11-22T10:07:00.000000Z",
        List.of(
            received(CANCEL, "=1+1", "2026-11-22T10:06:59.000000Z"),
            entry(
                "cancel-wanted",
                CANCEL,
                null,
                "{\"signalId\":\"%s\",\"orderIds\":[\"%s\"]}".formatted(CANCEL, FORMULA_ORDER))),
        summary(CANCEL, "=1+1", "2026-11-22T10:06:59.000000Z", "DONE"));
    append(
        "2026-11-22T10:07:00.100000Z",
        List.of(
            called(cancelCall, FORMULA, FORMULA_ORDER, "cancel", "10:07:00.010000", "canceled"),
            ended(FORMULA, FORMULA_ORDER, "0", "0", "0")));
  }

  private void pendingSignals() {
    List<JournalEntry> entries = new ArrayList<>();
    List<SignalSummary> summaries = new ArrayList<>();
    for (int i = 0; i < PENDING_SIGNALS; i++) {
      UUID signalId = new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0001_0000L + i);
      String receivedAt = SHARED_MOMENT.toString();
      entries.add(received(signalId, "grid", receivedAt));
      summaries.add(summary(signalId, "grid", receivedAt, "PENDING"));
    }
    entries.add(approvedAtALaterPrice(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0001_0000L)));
    append("2026-11-22T12:00:00.000100Z", entries, summaries.toArray(SignalSummary[]::new));
  }

  /** Ten basis points above what the rejected signal would have paid, two hours later. */
  private JournalEntry approvedAtALaterPrice(UUID signalId) {
    return entry(
        "signal-decided",
        signalId,
        null,
        """
        {"signalId":"%s","outcome":"PENDING","input":{"now":"2026-11-22T12:00:00.000050Z",
         "pair":{"symbol":"BTC/USD","altname":"XBTUSD"},"snapshot":{"bid":"67417.4501","ask":"67417.5",
         "takenAt":"2026-11-22T11:59:59.900000Z"}},
         "decision":{"approved":true,"ruleSetVersion":3,"plan":null,"sizing":null,"results":[]}}
        """
            .formatted(signalId));
  }

  private void append(String recordedAt, List<JournalEntry> entries, SignalSummary... summaries) {
    Batch batch = new Batch(Instant.parse(recordedAt), entries, Arrays.asList(summaries));
    journal.append(lease, size, batch, LEASE);
    size += entries.size();
  }

  private JournalEntry received(UUID signalId, String strategy, String receivedAt) {
    ObjectNode body =
        body(
            """
            {"signalId":"%s","source":"voc","deliveryId":"d-%s","bodySha256":"ab","receivedAt":"%s",
             "signal":{"source":"voc","pair":"BTC/USD","action":"BUY","orderType":"LIMIT","limitPrice":"67350.0",
             "stopLoss":"66000","size":{"unit":"QUOTE","value":"100"},"confidence":"0.82",
             "reasoning":"Close above the range <b>high</b>.","eventTime":"2026-11-22T09:59:59.800000Z"}}
            """
                .formatted(signalId, signalId.getLeastSignificantBits() & 0xffff, receivedAt));
    ((ObjectNode) body.path("signal")).put("strategy", strategy);
    byte[] raw = "{\"type\":\"signal.created\"}".getBytes(StandardCharsets.UTF_8);
    return new JournalEntry("signal-received", signalId, null, body, raw);
  }

  private JournalEntry marketRead(
      String endpoint, String request, String startedAt, String finishedAt, String raw) {
    ObjectNode body =
        body(
            """
            {"callId":"%s","endpoint":"/0/public/%s","request":"%s","startedAt":"2026-11-22T%sZ",
             "finishedAt":"2026-11-22T%sZ","httpStatus":200,"origin":"kraken"}
            """
                .formatted(
                    new UUID(1, endpoint.hashCode()), endpoint, request, startedAt, finishedAt));
    return new JournalEntry("market-read", null, null, body, raw.getBytes(StandardCharsets.UTF_8));
  }

  private JournalEntry called(
      UUID callId,
      @Nullable UUID signalId,
      @Nullable UUID orderId,
      String purpose,
      String startedAt,
      String reply) {
    ObjectNode body =
        body(
            """
            {"callId":"%s","purpose":"%s","endpoint":"/0/private/%s","request":"nonce=1&pair=XBTUSD",
             "nonce":1763805600000001,"startedAt":"2026-11-22T%sZ","finishedAt":"2026-11-22T%s5Z",
             "outcome":"REPLY","httpStatus":200,"detail":null}
            """
                .formatted(callId, purpose, purpose, startedAt, startedAt.substring(0, 14)));
    return new JournalEntry(
        "kraken-called", signalId, orderId, body, reply.getBytes(StandardCharsets.UTF_8));
  }

  private JournalEntry progressed(
      UUID signalId, UUID orderId, String volume, String cost, String fee) {
    return entry(
        "order-progressed",
        signalId,
        orderId,
        """
        {"orderId":"%s","signalId":"%s","callId":"%s","execution":{"volume":"%s","cost":"%s","fee":"%s",
         "averagePrice":"67340"}}
        """
            .formatted(orderId, signalId, FOLLOW_UP, volume, cost, fee));
  }

  private JournalEntry ended(UUID signalId, UUID orderId, String volume, String cost, String fee) {
    return entry(
        "order-ended",
        signalId,
        orderId,
        """
        {"orderId":"%s","signalId":"%s","status":"closed","reason":null,"execution":{"volume":"%s","cost":"%s",
         "fee":"%s","averagePrice":"67337.8"}}
        """
            .formatted(orderId, signalId, volume, cost, fee));
  }

  private JournalEntry entry(
      String kind, @Nullable UUID signalId, @Nullable UUID orderId, String body) {
    return new JournalEntry(kind, signalId, orderId, body(body), null);
  }

  private static SignalSummary summary(
      UUID signalId, String strategy, String receivedAt, String outcome) {
    return new SignalSummary(
        signalId,
        "voc",
        strategy,
        "BTC/USD",
        "BUY",
        Instant.parse(receivedAt),
        outcome,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static String snapshot() {
    return """
    {"bid":"67349.9","ask":"67350.1","mid":"67350.0","spreadBps":"0.0297","last":"67350.0","bidDepth":"812345.2",
     "askDepth":"790112.9","takenAt":"2026-11-22T09:59:59.500000Z","systemStatus":"online","origin":"kraken"}
    """;
  }

  private static String rule(String verdict, String limit, String actual) {
    return """
    {"code":"max-order-notional","verdict":"%s","limit":"%s","actual":"%s","explanation":"An order may be worth this."}
    """
        .formatted(verdict, limit, actual);
  }

  private ObjectNode body(String text) {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
