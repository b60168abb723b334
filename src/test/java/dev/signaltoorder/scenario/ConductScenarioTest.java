package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.ConductProfile;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.SlowMachine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules about conduct over HTTP, against the simulated Kraken whose prices and book the tests
 * move: crash, spike, drained book, losses, gaps in a sender's count.
 */
@QuarkusTest
@TestProfile(ConductProfile.class)
class ConductScenarioTest extends RunningService {
  private static final Duration MOST = Duration.ofMinutes(2);

  private RulesInForce rules;

  @BeforeEach
  void rememberTheRules() {
    rules = rulesInForce();
    // Prices are moved by every test here. Not by the profile: rules that a person set before win.
    rules.set("price-move", "limit", "100");
  }

  @AfterEach
  void asBefore() {
    rules.restore();
    nothingRests(ConductProfile.ACCOUNT);
  }

  /** It is not refused; when it is executed is the market's affair. */
  private void theWayOutIsOpen(String strategy) {
    // A buy that was filled a moment ago and is not known to be would be a match with itself.
    report().awaitAllSettled(Map.of("strategy", strategy), MOST);
    for (int attempt = 0; attempt < 6; attempt++) {
      String exit = accepted(demo().send(Payload.of("CLOSE", strategy)));
      await()
          .atMost(MOST)
          .until(() -> !report().row(exit).path("outcome").asText().equals("PENDING"));
      if (!SlowMachine.isWhyNot(report().story(exit))) {
        await().atMost(MOST).until(() -> !ordersAtExchange(exit).isEmpty());
        return;
      }
    }
    throw new AssertionError("no exit in six attempts");
  }

  @Test
  void whenThePriceSpikesEntriesAreRefusedWithBothNumbersAndExitsPass() {
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.001");
    rules.set("price-move", "limit", "5");

    exchange().setPrice("BTC/USD", "75000.0", "75000.1");

    String refused =
        untilRefusedBy("price-move", () -> Payload.limit("BUY", strategy, "75000.1", "0.001"));
    assertThat(answerOf(refused, "price-move").path("limit").textValue()).contains("5 %");
    assertThat(answerOf(refused, "price-move").path("actual").textValue())
        .matches("[1-9][0-9.]+ % from .* USD .* s ago");
    theWayOutIsOpen(strategy);
  }

  @Test
  void whenTheBookDrainsNoOrderIsLargerThanWhatIsThere() {
    exchange().setBook("BTC/USD", BID, "0.0001", ASK, "0.0001");

    // Below the ask: what is judged by the price of a moment ago rests, and leaves the book as it
    // is. Without any ask there would be no price to judge the next one by.
    String refused =
        untilRefusedBy("depth", () -> Payload.limit("BUY", freshStrategy(), BID, "0.05"));

    assertThat(answerOf(refused, "depth").path("explanation").textValue()).isNotBlank();
    assertThat(ordersAtExchange(refused)).isEmpty();
  }

  @Test
  void aCrashMakesAMarkedLossWhichHaltsEntriesUntilAPersonResumes() {
    wellBeforeMidnight();
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.01");
    rules.set("daily-loss", "limit.USD", "20");

    exchange().setPrice("BTC/USD", "60000.0", "60000.1");
    String refused =
        untilRefusedBy("daily-loss", () -> Payload.limit("BUY", strategy, "60000.1", "0.001"));

    assertThat(answerOf(refused, "daily-loss").path("explanation").textValue())
        .contains("Today is a loss of", "at most 20 USD is allowed");
    JsonNode account = awaitTradingState("ENTRIES_HALTED");
    assertThat(account.path("reason").textValue()).contains("rule daily-loss", "20 USD");
    String entry = accepted(demo().send(Payload.limit("BUY", strategy, "60000.1", "0.001")));
    report().awaitOutcome(entry, "HALTED");
    theWayOutIsOpen(strategy);
  }

  @Test
  void aCrashWithoutAnyFurtherSignalHaltsAndCancelsWhatRests() {
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.01");
    String resting = ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "57000.0", "0.001"));
    // What other tests have lost is known from here on: this limit counts from the resume.
    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", "a test begins"));
    operator().post("/operations/resume", Map.of("reason", "what is lost so far is known"));
    rules.set("drawdown", "limit.USD", "20");
    rules.set("drawdown", "halt", "CANCEL_ALL");
    staysActive(Duration.ofSeconds(8));

    exchange().setPrice("BTC/USD", "60000.0", "60000.1");

    assertThat(awaitTradingState("HALTED").path("reason").textValue())
        .contains("CANCEL_ALL", "rule drawdown", "below its highest mark", "at most 20 USD");
    report().awaitOutcome(resting, "CANCELED");
    assertThat(ordersAtExchange(resting)).singleElement().matches(order -> !order.isOpen());
    operator().post("/operations/resume", Map.of("reason", "the loss is known"));
    staysActive(Duration.ofSeconds(12));
    theWayOutIsOpen(strategy);
  }

  @Test
  void aCrashWithoutAnyFurtherSignalHaltsEntriesAndLeavesTheWayOutOpen() {
    wellBeforeMidnight();
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.01");
    rules.set("daily-loss", "limit.USD", "20");

    exchange().setPrice("BTC/USD", "60000.0", "60000.1");

    awaitTradingState("ENTRIES_HALTED");
    theWayOutIsOpen(strategy);
  }

  private void staysActive(Duration time) {
    await()
        .during(time)
        .atMost(MOST)
        .until(() -> account().path("tradingState").asText().equals("ACTIVE"));
  }

  @Test
  void afterALosingSellThePairRestsAndByTheRuleSetAllTradingStops() {
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.001");
    exchange().setPrice("BTC/USD", "66900.0", "66900.1");
    ended("FILLED", () -> Payload.limit("SELL", strategy, "66900.0", "0.001"));
    rules.set("loss-streak", "count", "1");
    rules.set("loss-streak", "halt", "ALL");

    String refused =
        untilRefusedBy("loss-streak", () -> Payload.limit("BUY", strategy, "66900.1", "0.001"));

    assertThat(answerOf(refused, "loss-streak").path("actual").textValue()).contains("in a row");
    awaitTradingState("HALTED");
    Answer resumed =
        operator().post("/operations/resume", Map.of("reason", "looked at the strategy"));
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(account().path("tradingState").textValue()).isEqualTo("ACTIVE");
    assertThat(operator().post("/operations/resume", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void aMachineThatGoesOnIsHaltedUntilAPersonLooks() {
    rules.set("repeated-execution", "count", "2");
    rules.set("repeated-execution", "window", "600");

    String refused =
        untilRefusedBy(
            "repeated-execution", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.001"));

    assertThat(answerOf(refused, "repeated-execution").path("explanation").textValue())
        .contains("without a person's look");
    awaitTradingState("ENTRIES_HALTED");
  }

  @Test
  void aGapInTheSendersCountIsToldAndALateSignalIsHeld() {
    String strategy = freshStrategy();
    String afterGap = "";
    // What a slow machine refused is counted as well: then with another sender from the start.
    for (int attempt = 0; attempt < 6 && afterGap.isEmpty(); attempt++) {
      strategy = freshStrategy();
      if (!report().cameTooLate(numbered(strategy, 5), "FILLED")) {
        String seventh = numbered(strategy, 7);
        afterGap = report().cameTooLate(seventh, "FILLED") ? "" : seventh;
      }
    }
    report().awaitOutcome(afterGap, "FILLED");
    String late = numbered(strategy, 6);
    report().awaitOutcome(late, "REJECTED");

    assertThat(answerOf(afterGap, "sequence").path("explanation").textValue())
        .isEqualTo("Signals are missing: 7 came after 5.");
    assertThat(answerOf(late, "sequence").path("explanation").textValue())
        .isEqualTo("Out of order: 6 came after 7.");
    rules.set("sequence", "gap", "hold");
    report().awaitOutcome(numbered(strategy, 9), "REJECTED");
    rules.set("sequence", "gap", "trade");
    String sender = strategy;
    AtomicInteger number = new AtomicInteger(9);
    ended("FILLED", () -> numberedPayload(sender, number.addAndGet(2)));
  }

  @Test
  void anEntryZoneWithoutAPriceIsALimitAtItsFarEdge() {
    String signal =
        ended(
            "OPEN",
            () ->
                Payload.of("BUY", freshStrategy())
                    .with("/data/entryZone/low", "66000.0")
                    .with("/data/entryZone/high", "66500.0")
                    .size("BASE", "0.001"));

    assertThat(
            report().story(signal).path("summary").path("intents").findValue("limitPrice").asText())
        .isEqualTo("66500.0");
    assertThat(ordersAtExchange(signal)).hasSize(1);
  }

  @Test
  void aReversalThatWouldSellWhatTheStrategyDoesNotHoldIsRefusedByPolicy() {
    rules.set("reversal", "sell-beyond-position", "deny");
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.001");

    String tooMuch = ended("REJECTED", () -> Payload.limit("SELL", strategy, BID, "0.002"));

    assertThat(report().row(tooMuch).path("reasons").toString()).contains("reversal");
    ended("FILLED", () -> Payload.limit("SELL", strategy, BID, "0.001"));
  }

  @Test
  void aPositionIsBuiltOfNoMoreEntriesThanAllowed() {
    rules.set("pyramiding", "max-entries", "1");
    String strategy = freshStrategy();
    bought(strategy, ASK, "0.001");

    String second = ended("REJECTED", () -> Payload.limit("BUY", strategy, ASK, "0.001"));

    assertThat(report().row(second).path("reasons").toString()).contains("pyramiding");
  }

  @Test
  void anOrderThatWouldTradeWithAnOwnOneIsRefused() {
    String strategy = freshStrategy();
    ended("OPEN", () -> Payload.limit("BUY", strategy, "66000.0", "0.001"));

    String crossing = ended("REJECTED", () -> Payload.limit("SELL", strategy, "65900.0", "0.001"));

    assertThat(report().row(crossing).path("reasons").toString()).contains("self-match");
    String cancel = accepted(demo().send(Payload.of("CANCEL", strategy)));
    report().awaitOutcome(cancel, "CANCELED");
  }

  @Test
  void aSizeByRiskFromTheStopCanBeComputedAgainFromTheRecord() {
    String strategy = freshStrategy();
    String signal =
        ended(
            "FILLED",
            () ->
                Payload.limit("BUY", strategy, ASK, "1")
                    .size("RISK_PERCENT", "0.000005")
                    .with("/data/stopLoss", "66000.0"));

    JsonNode sizing = report().story(signal).path("summary").path("decision").path("sizing");
    BigDecimal distance = number(sizing, "stopDistance");
    assertThat(distance)
        .isEqualByComparingTo(number(sizing, "price").subtract(new BigDecimal("66000")));
    assertThat(
            number(sizing, "equity")
                .multiply(number(sizing, "requested"))
                .movePointLeft(2)
                .divide(distance, 8, RoundingMode.DOWN))
        .isEqualByComparingTo(number(sizing, "volume"));
    assertThat(ordersAtExchange(signal).getFirst().volumeExecuted())
        .isEqualByComparingTo(number(sizing, "volume"));
    // Its stop would rest on through the other tests.
    ended("FILLED", () -> Payload.of("CLOSE", strategy));
  }

  @Test
  void aSizeBeyondALimitIsCappedWhereTheRuleSetSaysSo() {
    rules.set("max-order-notional", "limit", "100");
    rules.set("size-scaling", "cap-to-limits", "on");

    String signal = ended("FILLED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.01"));

    JsonNode sizing = report().story(signal).path("summary").path("decision").path("sizing");
    assertThat(sizing.path("cappedBy").textValue()).isEqualTo("max-order-notional");
    assertThat(number(sizing, "volume").multiply(new BigDecimal(ASK)))
        .isLessThanOrEqualTo(new BigDecimal("100"))
        .isGreaterThan(new BigDecimal("99.9"));
  }

  @Test
  void aRehearsedHaltTellsWhatItWouldCancelAndCancelsNothing() {
    // What tests before this one left would be cancelled, and counted, as well.
    nothingRests(ConductProfile.ACCOUNT);
    String resting = ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "60000.0", "0.001"));
    String orderId = ordersAtExchange(resting).getFirst().clientOrderId();

    Answer answer =
        operator()
            .post("/operations/halt/drill", Map.of("scope", "CANCEL_ALL", "reason", "a drill"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("nothing was halted", "cancelled: 1", orderId);
    assertThat(account().path("tradingState").textValue()).isEqualTo("ACTIVE");
    assertThat(report().row(resting).path("outcome").textValue()).isEqualTo("OPEN");
    assertThat(reviewer().call("POST", "/operations/halt/drill", "{}").status()).isEqualTo(403);
    assertThat(operator().post("/operations/halt/drill", Map.of("scope", "SOME")).status())
        .isEqualTo(400);
    operator().post("/operations/halt", Map.of("scope", "CANCEL_ALL", "reason", "for real"));
    report().awaitOutcome(resting, "CANCELED");
  }

  @Test
  void rulesForLaterTakeEffectByThemselves() {
    long version = rules.read().path("version").longValue();

    // So far ahead that it still is when a slow machine gets it.
    Answer answer =
        rules.setFrom(Instant.now().plusSeconds(20).toString(), "spread", "limit", "0.4");

    assertThat(answer.json().path("scheduled").path("version").longValue()).isEqualTo(version + 1);
    await().atMost(MOST).until(() -> rules.read().path("version").longValue() == version + 1);
    assertThat(rules.read().path("rules").path("spread").path("limit").textValue())
        .isEqualTo("0.4");
    assertThat(rules.read().has("scheduled")).isFalse();
  }

  @Test
  void aSourceThatShouldSendAndDoesNotIsTold() {
    await()
        .atMost(MOST)
        .untilAsserted(
            () ->
                assertThat(account().path("silentSources").toString())
                    .contains(ConductProfile.SILENT));
  }

  private void bought(String strategy, String price, String volume) {
    ended("FILLED", () -> Payload.limit("BUY", strategy, price, volume));
  }

  private String numbered(String strategy, int number) {
    return accepted(demo().send(numberedPayload(strategy, number)));
  }

  private static Payload numberedPayload(String strategy, int number) {
    return Payload.limit("BUY", strategy, ASK, "0.001")
        .with("/data/sequence", Integer.toString(number));
  }

  /**
   * The price that a signal is judged with may be some moments old, or on a slow machine too old to
   * be used, which the rule then refuses for: sent until the price is seen.
   */
  private String untilRefusedBy(String rule, Supplier<Payload> signal) {
    String[] refused = new String[1];
    await()
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              refused[0] = accepted(demo().send(signal.get()));
              await()
                  .atMost(MOST)
                  .until(
                      () -> !report().row(refused[0]).path("outcome").asText().equals("PENDING"));
              return report().row(refused[0]).path("reasons").toString().contains(rule)
                  && !answerOf(refused[0], rule).path("actual").asText().equals("unknown");
            });
    return refused[0];
  }

  private JsonNode answerOf(String signalId, String rule) {
    return StreamSupport.stream(
            report().story(signalId).path("summary").path("rules").spliterator(), false)
        .filter(result -> result.path("code").asText().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode account() {
    return standing(ConductProfile.ACCOUNT);
  }

  /** The status says so a moment after the report has the row of the signal that caused it. */
  private JsonNode awaitTradingState(String state) {
    return await()
        .atMost(MOST)
        .until(this::account, account -> account.path("tradingState").asText().equals(state));
  }

  private static BigDecimal number(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asText());
  }
}
