package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far our clock is off Kraken's, as SystemStatus shows it in whole seconds. */
class ClockSkewTest {

  @ParameterizedTest
  @CsvSource({
    // Kraken shows 10:15:30, so it was between 30.000 and 31.000 there.
    "2026-11-22T10:15:30.200Z, 2026-11-22T10:15:30.400Z, 0",
    "2026-11-22T10:15:31.000Z, 2026-11-22T10:15:31.100Z, 0",
    "2026-11-22T10:15:31.001Z, 2026-11-22T10:15:31.100Z, 0.001",
    "2026-11-22T10:15:35.500Z, 2026-11-22T10:15:35.600Z, 4.500",
    "2026-11-22T10:15:29.000Z, 2026-11-22T10:15:30.000Z, 0",
    "2026-11-22T10:15:29.000Z, 2026-11-22T10:15:29.999Z, -0.001",
    "2026-11-22T10:15:20.000Z, 2026-11-22T10:15:20.250Z, -9.750"
  })
  void onlyWhatIsCertainCounts(Instant startedAt, Instant finishedAt, BigDecimal seconds) {
    CallRecord call = status(startedAt, finishedAt, Samples.reply(body("2026-11-22T10:15:30Z")));

    assertThat(ClockSkew.seconds(List.of(call))).isEqualByComparingTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":[],\"result\":{\"status\":\"online\"}}",
        "{\"result\":{\"timestamp\":\"yesterday at ten\"}}",
        "{\"result\":{\"timestamp\":\"2026-99-99T10:15:30Z\"}}",
        ""
      })
  void anAnswerWithoutATimeSaysNothing(String body) {
    CallRecord call = status(Samples.NOW, Samples.NOW, Samples.reply(body));

    assertThat(ClockSkew.seconds(List.of(call))).isNull();
  }

  @Test
  void noAnswerAndOtherCallsSayNothing() {
    CallRecord silent = status(Samples.NOW, Samples.NOW, Samples.noReply());
    CallRecord other =
        Samples.call(new UUID(0x7000, 2), "Ticker", Samples.NOW, Samples.reply(body("x")));

    assertThat(ClockSkew.seconds(List.of(silent, other))).isNull();
    assertThat(ClockSkew.seconds(List.of())).isNull();
  }

  @Test
  void aClockThatIsOffKeepsOrdersBackAndTheDecisionTellsByHowMuch() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, "clock-skew", "limit", "2");
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules));
    MarketView market = core.freshMarket();
    CallRecord shown =
        status(core.now(), core.now(), Samples.reply(body(core.now().plusSeconds(5).toString())));

    core.arrives(
        "skewed",
        "body",
        core.signal(Action.BUY),
        new MarketView(market.pair(), null, false, market.snapshot(), null, List.of(shown)));

    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(core.facts(Fact.SignalDecided.class).getLast().decision().reasons())
        .containsExactly("clock-skew");
    assertThat(
            core.facts(Fact.SignalDecided.class).getLast().decision().results().stream()
                .filter(result -> result.code().equals("clock-skew"))
                .findFirst()
                .orElseThrow()
                .explanation())
        .contains("5 s behind Kraken", "at most 2 s off");
  }

  private static String body(String timestamp) {
    return "{\"error\":[],\"result\":{\"status\":\"online\",\"timestamp\":\"" + timestamp + "\"}}";
  }

  private static CallRecord status(Instant startedAt, Instant finishedAt, CallOutcome outcome) {
    return new CallRecord(
        new UUID(0x7000, 1),
        "/0/public/SystemStatus",
        "",
        null,
        null,
        startedAt,
        finishedAt,
        "kraken",
        outcome);
  }
}
