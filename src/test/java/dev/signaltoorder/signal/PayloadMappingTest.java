package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadMappingTest {
  static final String CANONICAL =
      """
      { "type": "signal.created",
        "timestamp": "2026-11-22T10:15:30.123Z",
        "data": {
          "id": "voc-8f1c2a", "strategy": "btc-breakout-4h", "pair": "BTC/USD",
          "action": "BUY", "orderType": "LIMIT", "limitPrice": "67350.0",
          "entryZone": { "low": "67200", "high": "67500" },
          "stopLoss": "66000", "takeProfits": [ { "price": "69000", "share": "0.5" }, { "price": "71000", "share": "0.5" } ],
          "size": { "unit": "QUOTE", "value": "100" },
          "confidence": "0.82", "timeframe": "4h", "riskLevel": "medium", "reasoning": "text",
          "sequence": 1042, "expiresAt": "2026-11-22T10:20:00Z" } }
      """;

  private static final Instant RECEIVED = Instant.parse("2026-11-22T10:15:31Z");

  @Test
  void readsTheDocumentedPayloadExactly() {
    Signal signal = mapped(map(MappingPreset.CANONICAL, CANONICAL));

    assertThat(signal)
        .isEqualTo(
            new Signal(
                "demo",
                "voc-8f1c2a",
                "btc-breakout-4h",
                "BTC/USD",
                Action.BUY,
                OrderType.LIMIT,
                new BigDecimal("67350.0"),
                new EntryZone(new BigDecimal("67200"), new BigDecimal("67500")),
                new BigDecimal("66000"),
                List.of(
                    new TakeProfit(new BigDecimal("69000"), new BigDecimal("0.5")),
                    new TakeProfit(new BigDecimal("71000"), new BigDecimal("0.5"))),
                new SignalSize(SignalSize.Unit.QUOTE, new BigDecimal("100")),
                new BigDecimal("0.82"),
                "4h",
                "medium",
                "text",
                1042L,
                Instant.parse("2026-11-22T10:15:30.123Z"),
                Instant.parse("2026-11-22T10:20:00Z")));
  }

  @Test
  void needsOnlyTimeStrategyPairAndAction() {
    Signal signal =
        mapped(
            map(
                MappingPreset.FLAT,
                """
                {"timestamp":"2026-11-22T11:15:30.1234567+01:00","strategy":" s ","pair":"XBTUSD",
                 "action":"long","limitPrice":null,"somethingElse":{"a":[1]}}
                """));

    assertThat(signal.eventTime()).isEqualTo(Instant.parse("2026-11-22T10:15:30.123456Z"));
    assertThat(signal.strategy()).isEqualTo("s");
    assertThat(signal.action()).isEqualTo(Action.BUY);
    assertThat(signal.limitPrice()).isNull();
    assertThat(signal.takeProfits()).isEmpty();
    assertThat(signal.size()).isNull();
    assertThat(signal.expiresAt()).isNull();
  }

  @Test
  void readsATradingViewAlert() {
    Signal signal =
        mapped(
            map(
                MappingPreset.TRADINGVIEW,
                """
                {"token":"***","strategy":"ema-cross","ticker":"BINANCE:BTCUSDT","action":"sell",
                 "contracts":0.0150,"interval":"240","comment":"","time":"2026-11-22T10:15:30Z"}
                """));

    assertThat(signal.pair()).isEqualTo("BTCUSDT");
    assertThat(signal.action()).isEqualTo(Action.SELL);
    assertThat(signal.size())
        .isEqualTo(new SignalSize(SignalSize.Unit.BASE, new BigDecimal("0.0150")));
    assertThat(signal.timeframe()).isEqualTo("240");
    assertThat(signal.reasoning()).isNull();
  }

  @Test
  void namesEveryProblemByItsField() {
    MappingResult result =
        map(
            MappingPreset.CANONICAL,
            """
            {"type":"signal.deleted","timestamp":"yesterday",
             "data":{"strategy":"  ","pair":"BTC USD","action":"BYU","orderType":"STOP",
              "limitPrice":"-1","entryZone":{"low":2,"high":1},"stopLoss":true,
              "takeProfits":[{"price":1,"share":0.6},{"price":2,"share":0.6},{"share":2}],
              "size":{"unit":"EQUITY_PERCENT","value":101},"confidence":1.1,
              "timeframe":{},"riskLevel":"a\\u0000b","sequence":1.5,"expiresAt":1}}
            """);

    assertThat(fields(result))
        .containsExactlyInAnyOrder(
            "/type",
            "/timestamp",
            "/data/strategy",
            "/data/pair",
            "/data/action",
            "/data/orderType",
            "/data/limitPrice",
            "/data/entryZone/low",
            "/data/stopLoss",
            "/data/takeProfits",
            "/data/takeProfits/2/price",
            "/data/takeProfits/2/share",
            "/data/size/value",
            "/data/confidence",
            "/data/timeframe",
            "/data/riskLevel",
            "/data/sequence",
            "/data/expiresAt");
  }

  @Test
  void namesEverythingThatIsMissing() {
    assertThat(fields(map(MappingPreset.CANONICAL, "{}")))
        .containsExactlyInAnyOrder("/timestamp", "/data/strategy", "/data/pair", "/data/action");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{} {}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "\uFEFF{}",
        "/* c */{}"
      })
  void refusesWhatIsNotOneStrictJsonObject(String body) {
    assertThat(fields(map(MappingPreset.CANONICAL, body))).containsExactly("body");
  }

  @Test
  void refusesBytesThatAreNotUtf8AndDepthAndLongNumbers() {
    byte[] latin1 = {'{', '"', (byte) 0xe9, '"', ':', '1', '}'};
    byte[] utf16 = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
    PayloadMapping mapping = mapping(MappingRules.of(MappingPreset.FLAT));

    assertThat(fields(mapping.map(latin1, RECEIVED))).containsExactly("body");
    assertThat(fields(mapping.map(utf16, RECEIVED))).containsExactly("body");
    assertThat(fields(map(MappingPreset.FLAT, "[".repeat(60_000)))).containsExactly("body");
    assertThat(fields(map(MappingPreset.FLAT, "{\"a\":" + "9".repeat(65) + "}")))
        .containsExactly("body");
  }

  @ParameterizedTest
  @CsvSource({
    "123456789012345678.123456789012345678,true",
    "1234567890123456789,false",
    "0.1234567890123456789,false",
    "1e3,true",
    "1e18,false",
    "1e-18,true",
    "1e-19,false",
    "1e9999,false",
    "0,false",
    "-1,false"
  })
  void readsNumbersExactlyWithinEighteenDigitsEachSide(String number, boolean valid) {
    for (String written : List.of(number, "\"" + number + "\"")) {
      MappingResult result = map(MappingPreset.FLAT, flat("\"stopLoss\":" + written));

      if (valid) {
        BigDecimal read = Objects.requireNonNull(mapped(result).stopLoss());
        assertThat(read).isEqualByComparingTo(number);
        assertThat(read.scale()).isNotNegative();
      } else {
        assertThat(fields(result)).containsExactly("/stopLoss");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000000000", "1e-1000000000", "0e1000000000", "1E+2147483647"})
  void survivesMonstrousExponents(String number) {
    MappingResult result = map(MappingPreset.FLAT, flat("\"stopLoss\":" + number));

    assertThat(result).isInstanceOf(MappingResult.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"1,5\"", "\"0x10\"", "\" 1 0\"", "\"+1\"", "\".5\"", "[]", "false"})
  void refusesNumbersThatAreGuesses(String written) {
    assertThat(fields(map(MappingPreset.FLAT, flat("\"limitPrice\":" + written))))
        .containsExactly("/limitPrice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22", "2026-11-22T10:15Z", "2026-11-22T10:15:30", "2026-02-30T10:15:30Z",
        "2026-11-22T25:15:30Z", "1614265330", "1999-12-31T23:59:59Z", "2026-11-22 10:15:30Z"
      })
  void refusesTimesThatAreNotRfc3339(String time) {
    assertThat(fields(map(MappingPreset.FLAT, flat("\"expiresAt\":\"" + time + "\""))))
        .containsExactly("/expiresAt");
  }

  @Test
  void doesNotReadAScalarInPlaceOfAnObjectAsAbsent() {
    assertThat(fields(map(MappingPreset.FLAT, flat("\"entryZone\":\"67200-67500\",\"size\":5"))))
        .containsExactlyInAnyOrder("/entryZone", "/size");
  }

  @Test
  void wantsBothEdgesOfAZoneAndUnitWithValue() {
    String fields = flat("\"entryZone\":{\"low\":1},\"size\":{\"unit\":\"BASE\"}");

    assertThat(fields(map(MappingPreset.FLAT, fields)))
        .containsExactlyInAnyOrder("/entryZone/high", "/size/value");
    assertThat(fields(map(MappingPreset.FLAT, flat("\"size\":{\"value\":1}"))))
        .containsExactly("/size/unit");
  }

  @Test
  void refusesALimitOrderWithoutAPrice() {
    assertThat(fields(map(MappingPreset.FLAT, flat("\"orderType\":\"limit\""))))
        .containsExactly("/limitPrice");
    assertThat(
            map(
                MappingPreset.FLAT,
                flat("\"orderType\":\"limit\",\"entryZone\":{\"low\":1,\"high\":1}")))
        .isInstanceOf(MappingResult.Mapped.class);
  }

  @Test
  void boundsTextsAndRefusesWhatAReviewerCannotSee() {
    assertThat(fields(map(MappingPreset.FLAT, flat("\"id\":\"" + "x".repeat(129) + "\""))))
        .containsExactly("/id");
    assertThat(fields(map(MappingPreset.FLAT, flat("\"reasoning\":\"a\\u202eb\""))))
        .containsExactly("/reasoning");
    assertThat(fields(map(MappingPreset.FLAT, flat("\"reasoning\":\"\\ud800\""))))
        .containsExactly("/reasoning");
    assertThat(
            mapped(map(MappingPreset.FLAT, flat("\"reasoning\":\"two\\nlines 👩‍🚀\"")))
                .reasoning())
        .isEqualTo("two\nlines 👩‍🚀");
  }

  @Test
  void acceptsBarePricesAsTakeProfits() {
    assertThat(mapped(map(MappingPreset.FLAT, flat("\"takeProfits\":[1,\"2.50\"]"))).takeProfits())
        .containsExactly(
            new TakeProfit(new BigDecimal("1"), null),
            new TakeProfit(new BigDecimal("2.50"), null));
    assertThat(fields(map(MappingPreset.FLAT, flat("\"takeProfits\":[1,\"x\"]"))))
        .containsExactly("/takeProfits/1");
    assertThat(fields(map(MappingPreset.FLAT, flat("\"takeProfits\":[" + "1,".repeat(20) + "1]"))))
        .containsExactly("/takeProfits");
  }

  @Test
  void letsAMaximumAgeEndASignalAndNeverALaterDateOfItsOwn() {
    PayloadMapping mapping = mapping(aged(Duration.ofSeconds(90)));

    assertThat(mapped(mapping.map(flat("\"id\":1").getBytes(UTF_8), RECEIVED)).expiresAt())
        .isEqualTo(Instant.parse("2026-11-22T10:17:00Z"));
    assertThat(
            mapped(
                    mapping.map(
                        flat("\"expiresAt\":\"2026-11-22T10:16:00Z\"").getBytes(UTF_8), RECEIVED))
                .expiresAt())
        .isEqualTo(Instant.parse("2026-11-22T10:16:00Z"));
    assertThat(
            mapped(
                    mapping.map(
                        flat("\"expiresAt\":\"2027-01-01T00:00:00Z\"")
                            .replace("10:15:30", "23:00:00")
                            .getBytes(UTF_8),
                        RECEIVED))
                .expiresAt())
        .isEqualTo(RECEIVED.plusSeconds(90));
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSDT,BTCUSD",
    "BTC/USDT,BTC/USD",
    "btcusdt,btcUSD",
    "USDT/EUR,USDT/EUR",
    "USDTUSD,USDTUSD",
    "BTC/XUSDT,BTC/XUSDT",
    "XBT-USDT,XBT-USD"
  })
  void replacesOnlyTheQuoteOfAPair(String pair, String mapped) {
    assertThat(new QuoteMap(Map.of("usdt", "USD", "DT", "X")).apply(pair)).isEqualTo(mapped);
  }

  private static MappingRules aged(Duration maxAge) {
    MappingRules flat = MappingRules.of(MappingPreset.FLAT);
    return new MappingRules(
        flat.pointers(), flat.constants(), flat.translations(), flat.quotes(), false, maxAge);
  }

  private static String flat(String more) {
    return "{\"timestamp\":\"2026-11-22T10:15:30Z\",\"strategy\":\"s\",\"pair\":\"BTC/USD\","
        + "\"action\":\"BUY\","
        + more
        + "}";
  }

  private static PayloadMapping mapping(MappingRules rules) {
    return new PayloadMapping("demo", rules);
  }

  private static MappingResult map(MappingPreset preset, String body) {
    return mapping(MappingRules.of(preset)).map(body.getBytes(UTF_8), RECEIVED);
  }

  private static Signal mapped(MappingResult result) {
    assertThat(result).isInstanceOf(MappingResult.Mapped.class);
    return ((MappingResult.Mapped) result).signal();
  }

  private static List<String> fields(MappingResult result) {
    return result instanceof MappingResult.Invalid invalid
        ? invalid.problems().stream().map(FieldProblem::field).toList()
        : List.of("(valid)");
  }
}
