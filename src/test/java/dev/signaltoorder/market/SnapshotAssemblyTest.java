package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.market.SnapshotAssembly.Assembled;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotAssemblyTest {

  private static final Instant TAKEN_AT = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final UUID ID = UUID.fromString("0193a0c0-0000-7000-8000-000000000001");
  private static final String KEY = "XXBTZUSD";

  private final JsonNode tickers = MarketBodies.ticker(KEY);
  private final JsonNode depth = MarketBodies.depth(KEY);

  @Test
  void makesACompleteSnapshotOfGoodAnswers() {
    Assembled assembled = assemble(tickers, depth, MarketBodies.online());

    assertThat(assembled)
        .isEqualTo(
            new Assembled.Complete(
                new MarketSnapshot(
                    ID,
                    "BTC/USD",
                    new BigDecimal("30300.00000"),
                    new BigDecimal("30300.10000"),
                    new BigDecimal("30303.20000"),
                    new BigDecimal("30300.05000"),
                    new BigDecimal("0.0330"),
                    // 30300 * 1 + 30296 * 0.5; 30148 is below 30148.54975
                    new BigDecimal("45448.00000000"),
                    // 30300.1 * 2 + 30387.9 * 1.5; 30451.6 is above 30451.55025
                    new BigDecimal("106182.05000000"),
                    new BigDecimal("4412.73601799"),
                    new BigDecimal("30689.13205"),
                    "online",
                    TAKEN_AT,
                    "kraken")));
  }

  @ParameterizedTest
  @CsvSource({
    "a,ask is missing",
    "b,bid is missing",
    "c,last is missing",
    "v,24 h volume is missing",
    "p,24 h vwap is missing"
  })
  void makesNoneWithoutATickerField(String field, String problem) {
    ((ObjectNode) tickers.path(KEY)).remove(field);

    assertThat(problemsOf(assemble(tickers, depth, MarketBodies.online())))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "a,\"0.00000\",ask is zero",
    "b,\"-1\",bid is negative",
    "c,\"\",last is malformed",
    "c,\"NaN\",last is malformed",
    "a,\"1e999999999\",ask is malformed",
    "b,{},bid is malformed",
    "b,null,bid is missing",
    "a,\"30299.9\",ask 30299.9 is below bid 30300.00000"
  })
  void makesNoneOfAPriceThatMakesNoSense(String field, String value, String problem) {
    ((ArrayNode) tickers.path(KEY).path(field)).set(0, MarketBodies.json(value));

    assertThat(problemsOf(assemble(tickers, depth, MarketBodies.online())))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"asks\": [], \"bids\": [[\"1\", \"1\", 1]]} | asks are empty",
        "{\"asks\": [[\"1\", \"1\", 1]], \"bids\": []} | bids are empty",
        "{\"bids\": [[\"1\", \"1\", 1]]} | asks are missing",
        "{\"asks\": [[\"1\", \"1\", 1]], \"bids\": 7} | bids are malformed",
        "{\"asks\": [[\"1\", \"0\", 1]], \"bids\": [[\"1\", \"1\"]]} | asks[0] volume is zero",
        "{\"asks\": [[\"1\"]], \"bids\": [[\"1\", \"1\"]]} | asks[0] volume is missing",
        "{\"asks\": [[\"1\", \"1\"]], \"bids\": [[\"2\", \"1\"]]} | book is crossed"
      })
  void makesNoneOfABookThatMakesNoSense(String book, String problem) {
    ((ObjectNode) depth).set(KEY, MarketBodies.json(book));

    assertThat(problemsOf(assemble(tickers, depth, MarketBodies.online())))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"status\": null}", "{\"status\": 5}", "{\"status\": \"\"}", "7"})
  void makesNoneWithoutASystemStatus(String status) {
    assertThat(problemsOf(assemble(tickers, depth, MarketBodies.json(status))))
        .singleElement()
        .asString()
        .startsWith("system status is ");
  }

  @Test
  void namesEverythingThatIsWrong() {
    ((ObjectNode) tickers.path(KEY)).remove(List.of("a", "c"));
    ((ObjectNode) depth.path(KEY)).remove("asks");

    assertThat(problemsOf(assemble(tickers, depth, MarketBodies.json("{}"))))
        .containsExactly(
            "system status is missing", "ask is missing", "last is missing", "asks are missing");
  }

  @Test
  void saysZeroWhereNothingLiesNearTheMid() {
    ((ArrayNode) tickers.path(KEY).path("b")).set(0, MarketBodies.json("\"20000\""));
    ((ArrayNode) tickers.path(KEY).path("a")).set(0, MarketBodies.json("\"40000\""));

    Assembled assembled = assemble(tickers, depth, MarketBodies.online());

    MarketSnapshot snapshot = ((Assembled.Complete) assembled).snapshot();
    assertThat(snapshot.bidDepth()).isEqualByComparingTo("196218.148");
    assertThat(snapshot.mid()).isEqualByComparingTo("30000");
    assertThat(snapshot.askDepth()).isZero();
    assertThat(snapshot.spreadBps()).isEqualTo(new BigDecimal("6666.6667"));
  }

  @ParameterizedTest
  @CsvSource({
    "30451,30452,true",
    "30453,30454,false",
    "30148,30149.3,true",
    "30148,30149.2,false",
  })
  void makesNoneOfPricesThatTheBookContradicts(String bid, String ask, boolean agrees) {
    // The book's best bid is 30300.0 and its best ask 30300.1.
    ((ArrayNode) tickers.path(KEY).path("b")).set(0, MarketBodies.json(bid));
    ((ArrayNode) tickers.path(KEY).path("a")).set(0, MarketBodies.json(ask));

    Assembled assembled = assemble(tickers, depth, MarketBodies.online());

    assertThat(assembled)
        .isInstanceOf(agrees ? Assembled.Complete.class : Assembled.Incomplete.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XBTUSD", "XBT/USD", "BTC/USD", "btc/usd"})
  void findsItsEntryUnderAnyNameOfThePair(String key) {
    JsonNode among =
        MarketBodies.json(
            "{" + MarketBodies.tickerEntry("SOLUSD") + "," + MarketBodies.tickerEntry(key) + "}");

    assertThat(assemble(among, false, MarketBodies.depth(key)))
        .isInstanceOf(Assembled.Complete.class);
  }

  @Test
  void acceptsAnUnknownKeyOnlyWhereOnePairWasAskedForAlone() {
    JsonNode strange = MarketBodies.ticker("NEWNAME");

    assertThat(assemble(strange, true, depth)).isInstanceOf(Assembled.Complete.class);
    assertThat(problemsOf(assemble(strange, false, depth)))
        .containsExactly("Ticker has no entry for BTC/USD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOLUSD", "SOL/USD", "DOGE/EUR"})
  void neverTakesTheEntryOfAnotherPair(String key) {
    assertThat(problemsOf(assemble(MarketBodies.ticker(key), true, depth)))
        .containsExactly("Ticker has no entry for BTC/USD");
    assertThat(problemsOf(assemble(tickers, true, MarketBodies.depth(key))))
        .containsExactly("Depth has no entry for BTC/USD");
  }

  @Test
  void doesNotChooseBetweenTwoEntriesOfItsPair() {
    JsonNode twice =
        MarketBodies.json(
            "{"
                + MarketBodies.tickerEntry("XBTUSD")
                + ","
                + MarketBodies.tickerEntry("XBT/USD")
                + "}");

    assertThat(problemsOf(assemble(twice, true, depth)))
        .containsExactly("Ticker has no entry for BTC/USD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "{}", "\"x\"", "7"})
  void makesNoneOfNonsense(String result) {
    assertThat(problemsOf(assemble(MarketBodies.json(result), true, MarketBodies.json(result))))
        .hasSize(2);
  }

  private static Assembled assemble(JsonNode tickers, JsonNode depth, JsonNode status) {
    return SnapshotAssembly.assemble(
        new SnapshotAssembly.Parts(
            MarketBodies.btcUsd(), tickers, true, depth, status, TAKEN_AT, "kraken"),
        MarketBodies.catalog(),
        ID);
  }

  private static Assembled assemble(JsonNode tickers, boolean alone, JsonNode depth) {
    return SnapshotAssembly.assemble(
        new SnapshotAssembly.Parts(
            MarketBodies.btcUsd(),
            tickers,
            alone,
            depth,
            MarketBodies.online(),
            TAKEN_AT,
            "kraken"),
        MarketBodies.catalog(),
        ID);
  }

  private static List<String> problemsOf(Assembled assembled) {
    assertThat(assembled).isInstanceOf(Assembled.Incomplete.class);
    return ((Assembled.Incomplete) assembled).problems();
  }
}
