package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryPartsTest {
  private static final String ORDER = "01900000-0000-7000-8000-000000000001";

  @ParameterizedTest
  @CsvSource({
    "0, 0 µs",
    "999, 999 µs",
    "1000, 1.0 ms",
    "45290, 45.2 ms",
    "3100000, 3.1 s",
    "125000000, 2 min 5 s",
    "7260000000, 2 h 1 min",
    "-1500, −1.5 ms"
  })
  void durationsAreSpokenInTheUnitThatFits(long micros, String spoken) {
    assertThat(StoryFact.spoken(micros)).isEqualTo(spoken);
  }

  @Test
  void aDeniedRuleIsToldWithBothNumbers() {
    StoryFact decided =
        fact(
            "signal-decided",
            """
            {"outcome":"REJECTED","input":{},"decision":{"approved":false,"ruleSetVersion":3,"results":[
              {"code":"pair-known","verdict":"PASS","limit":"-","actual":"-","explanation":"x"},
              {"code":"max-order-notional","verdict":"DENY","limit":"100 USD","actual":"250 USD",
               "explanation":"The order is too large."}]}}
            """);

    Narration told = Narration.of(decided);

    assertThat(told.headline())
        .isEqualTo("Not approved under rule set 3. Outcome: Rejected by a rule.");
    assertThat(told.lines())
        .containsExactly(
            "Rule max-order-notional denied: limit 100 USD, actual 250 USD."
                + " The order is too large.",
            "Rules passed: 1; not applicable: 0.");
  }

  @Test
  void aRefusedSignalSaysInShortWhichRuleItsLimitAndTheActualValue() {
    List<String> told =
        InShort.of(
            json(
                """
                {"rules":[
                  {"code":"spread","verdict":"PASS","limit":"0.5 % of mid","actual":"0.04 %","explanation":"x"},
                  {"code":"max-order-notional","verdict":"DENY","limit":"100 USD","actual":"250 USD",
                   "explanation":"The order is worth 250 USD; one order may be worth at most 100 USD."}],
                 "decision":{"approved":false,"outcome":"REJECTED"}}
                """));

    assertThat(told)
        .containsExactly(
            "No order was placed: one rule refused. Every one of them must pass.",
            "The order is worth 250 USD; one order may be worth at most 100 USD."
                + " (Rule max-order-notional. Allowed: 100 USD. This signal: 250 USD.)");
  }

  @Test
  void anOrderThatWasMadeSmallerSaysInShortFromWhatToWhatAndWhy() {
    List<String> told =
        InShort.of(
            json(
                """
                {"rules":[
                  {"code":"spread","verdict":"PASS","limit":"0.5 % of mid","actual":"0.04 %","explanation":"x"},
                  {"code":"max-order-notional","verdict":"PASS","limit":"100 USD","actual":"99.9 USD",
                   "explanation":"x"},
                  {"code":"pyramiding","verdict":"NOT_APPLICABLE","limit":"-","actual":"-","explanation":"x"}],
                 "decision":{"approved":true,"outcome":"PENDING","pair":{"symbol":"BTC/USD"},
                  "plan":{"pair":"BTC/USD","side":"BUY","type":"LIMIT","timeInForce":"IOC","postOnly":false,
                   "volume":"0.00199800","limitPrice":"50010.0","notional":"99.91998000"},
                  "sizing":{"unit":"QUOTE","requested":"250","fromDefault":false,"scalePercent":"80",
                   "sizedVolume":"0.00399920","cappedBy":"max-order-notional","volume":"0.00199800"}}}
                """));

    assertThat(told)
        .containsExactly(
            "Approved: buy 0.001998 BTC/USD, limit 50010, IOC, worth 99.91998 USD."
                + " 2 rules passed, none refused.",
            "Its size comes from 250 USD, which the signal asked for.",
            "The signal's confidence makes it 80 % of that.",
            "It was made smaller, from 0.0039992 to 0.001998 BTC, because rule max-order-notional"
                + " allows no more: 100 USD.");
  }

  @Test
  void anApprovedOrderSaysInShortWhatItIsAndWhereItsSizeComesFrom() {
    List<String> told =
        InShort.of(
            json(
                """
                {"rules":[{"code":"spread","verdict":"PASS","limit":"-","actual":"-","explanation":"x"}],
                 "decision":{"approved":true,"outcome":"PENDING","pair":{"symbol":"ETH/EUR"},
                  "plan":{"pair":"ETH/EUR","side":"SELL","type":"MARKET","timeInForce":"IOC","postOnly":false,
                   "volume":"0.02","limitPrice":null,"notional":"50"},
                  "sizing":{"unit":"EQUITY_PERCENT","requested":"2","fromDefault":true}}}
                """));

    assertThat(told)
        .containsExactly(
            "Approved: sell 0.02 ETH/EUR, at market, IOC, worth 50 EUR. One rule passed, none refused.",
            "Its size comes from 2 % of equity, the rules' size for signals that name none.");
  }

  @Test
  void anOrderSaysInShortHowItWent() {
    String fill =
        """
        {"orderId":"a","soFar":{"volume":"0.00100","averagePrice":"67000.10","cost":"67.0001","fee":"0.27"}}
        """;
    String sold = fill.replace("\"a\"", "\"stop\"");

    assertThat(InShort.of(approved("", fill + "," + sold)))
        .last()
        .isEqualTo("Bought 0.001 BTC at 67000.1 on average: 67.0001 USD, and a fee of 0.27 USD.");
    assertThat(how("OPEN", "ANSWERED O1")).contains("is open at Kraken");
    assertThat(how("REFUSED", "EOrder:No")).isEqualTo("Kraken refused it: EOrder:No.");
    assertThat(how("NOT_PLACED", "halted")).isEqualTo("It was not placed: halted.");
    assertThat(how("IN_DOUBT", "a time-out")).contains("looked up: a time-out");
    assertThat(how("QUARANTINED", "no trace")).contains("by a person: no trace");
    assertThat(how("ENDED", "canceled")).contains("nothing of it was executed: canceled");
  }

  private static String how(String state, String detail) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("orderId", "a").put("state", state).put("detail", detail);
    return InShort.of(approved(entry.toString(), "")).getLast();
  }

  private static JsonNode approved(String states, String fills) {
    return json(
        """
        {"rules":[],"decision":{"approved":true,"pair":{"symbol":"BTC/USD"}},
         "intents":[{"orderId":"a","intent":{"plan":{"side":"BUY"}}},
                    {"orderId":"stop","intent":{"plan":{"side":"SELL"}}}],
         "orderStates":[%s],"fills":[%s]}
        """
            .formatted(states, fills));
  }

  @Test
  void nothingIsSaidInShortBeforeADecision() {
    assertThat(InShort.of(json("{\"rules\":[],\"decision\":null}"))).isEmpty();
  }

  @Test
  void sizesHaveTheirAssets() {
    assertThat(Wording.size("50", "QUOTE", "BTC/USD")).isEqualTo("50 USD");
    assertThat(Wording.size("0.1", "BASE", "BTC/USD")).isEqualTo("0.1 BTC");
    assertThat(Wording.size("1", "RISK_PERCENT", "BTC/USD"))
        .isEqualTo("1 % of equity at risk down to the stop-loss");
    assertThat(Wording.size("50", "QUOTE", "XBTUSD")).isEqualTo("50 quote units");
  }

  @Test
  void whoSettledAnOrderIsToldWithTheReason() {
    Narration found =
        Narration.of(
            fact(
                "order-settled",
                """
                {"actor":"anna","reason":"seen at 14:30","txid":"OABC"}
                """));
    Narration none =
        Narration.of(fact("order-settled", "{\"actor\":\"anna\",\"reason\":\"x\",\"txid\":null}"));

    assertThat(found.headline()).isEqualTo("anna settled the order: Kraken has it as OABC.");
    assertThat(found.lines()).containsExactly("Reason: seen at 14:30");
    assertThat(none.headline())
        .isEqualTo("anna settled the order: there is no such order at Kraken.");
  }

  @Test
  void aKindThisProgramDoesNotKnowIsStillTold() {
    assertThat(Narration.of(fact("order-teleported", "{}")).headline())
        .isEqualTo("Recorded: order-teleported.");
  }

  @Test
  void fillsAreWhatWasAddedFromOneTellingToTheNext() {
    OrderCourse course = new OrderCourse();
    course.add(progressed("order-progressed", "0.40", "400.0", "1.00"));
    course.add(progressed("order-progressed", "0.40", "400.0", "1.00"));

    course.add(progressed("order-ended", "1.00", "1003.0", "2.50"));

    assertThat(course.fills()).hasSize(2);
    assertThat(course.fills().get(1).path("volume").asText()).isEqualTo("0.60");
    assertThat(course.fills().get(1).path("cost").asText()).isEqualTo("603.0");
    assertThat(course.fills().get(1).path("fee").asText()).isEqualTo("1.50");
    assertThat(course.states())
        .extracting(state -> state.path("state").asText())
        .containsExactly("OPEN", "OPEN", "ENDED");
  }

  @Test
  void printableUtf8StaysTextAndEverythingElseIsBase64() {
    assertThat(RawText.of("{\"ü\":\t\"€\"}\r\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new RawText("{\"ü\":\t\"€\"}\r\n", "utf-8"));
    assertThat(RawText.of(new byte[] {'a', 0})).isEqualTo(new RawText("YQA=", "base64"));
    assertThat(RawText.of(new byte[] {(byte) 0xff})).isEqualTo(new RawText("/w==", "base64"));
  }

  @Test
  void readsOfAnEarlierDecisionFromTheSameSnapshotAreFound() {
    JournalRow decision =
        row(
            20,
            "signal-decided",
            """
            {"input":{"now":"2026-11-22T10:00:02Z","pair":{"altname":"XBTUSD"},
              "snapshot":{"takenAt":"2026-11-22T10:00:00Z"}}}
            """);
    JournalRow fits = read(10, "Ticker", "pair=ETHUSD%2CXBTUSD", "10:00:00.1");
    JournalRow depth = read(11, "Depth", "pair=XBTUSD&count=100", "10:00:00");
    JournalRow status = read(12, "SystemStatus", "", "09:59:30");
    List<JournalRow> newestFirst =
        List.of(
            read(18, "Ticker", "pair=XBTUSDT", "10:00:00.05"),
            read(15, "Ticker", "pair=XBTUSD", "10:00:01"),
            status,
            depth,
            fits,
            read(9, "SystemStatus", "", "09:59:00"),
            read(8, "Depth", "pair=XBTUSD&count=100", "09:59:59"));

    List<JournalRow> found = MarketReads.of(decision, newestFirst);

    assertThat(found).containsExactly(fits, depth, status);
  }

  @Test
  void readsRecordedRightBeforeTheDecisionAreItsOwn() {
    JournalRow decision = row(20, "signal-decided", "{\"input\":{}}");
    JournalRow last = read(19, "Depth", "pair=XBTUSD", "10:00:00");
    JournalRow other = read(17, "Ticker", "pair=XBTUSD", "10:00:00");

    assertThat(MarketReads.of(decision, List.of(last, other))).containsExactly(last);
  }

  private static JournalRow read(long seq, String endpoint, String request, String startedAt) {
    String at = "2026-11-22T" + startedAt + "Z";
    return row(
        seq,
        "market-read",
        """
        {"endpoint":"/0/public/%s","request":"%s","startedAt":"%s","finishedAt":"%s"}
        """
            .formatted(endpoint, request, at, at));
  }

  private static StoryFact progressed(String kind, String volume, String cost, String fee) {
    return fact(
        kind,
        """
        {"orderId":"%s","status":"closed","execution":{"volume":"%s","cost":"%s","fee":"%s"}}
        """
            .formatted(ORDER, volume, cost, fee));
  }

  private static StoryFact fact(String kind, String body) {
    return StoryFact.timed(List.of(row(1, kind, body)), null).getFirst();
  }

  private static JournalRow row(long seq, String kind, String body) {
    return new JournalRow("main", seq, Instant.EPOCH, kind, null, json(body), null, null, null);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
