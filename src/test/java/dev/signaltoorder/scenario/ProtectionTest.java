package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Positions that are looked after, while the exchange's price is moved by the test. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class ProtectionTest extends RunningService {
  private static final String STOP = "66000.0";

  private String strategy = freshStrategy();

  @AfterEach
  void nothingIsLeftOver() {
    exchange().faults().clear();
    operator().post("/operations/resume", Map.of("reason", "the test is over"));
    exchange().setPrice("BTC/USD", BID, ASK);
    // What was moved by this test must not be the price at which the next one closes. Closed again
    // and again: a slow machine may come to a close too late.
    soon()
        .until(
            () -> bidAtWhichItCloses().compareTo(new BigDecimal(BID)) == 0 && protection() == null);
  }

  private BigDecimal bidAtWhichItCloses() {
    String close = accepted(demo().send(Payload.of("CLOSE", strategy)));
    soon().until(() -> !"PENDING".equals(report().row(close).path("outcome").textValue()));
    return new BigDecimal(
        report().story(close).path("summary").path("snapshot").path("bid").asText("0"));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(150));
  }

  private Payload buy(String volume) {
    return Payload.limit("BUY", strategy, ASK, volume).with("/data/stopLoss", STOP);
  }

  /** Bought, and protected. */
  private String holding(String volume) {
    String signalId = ended("FILLED", () -> buy(volume));
    rests(signalId, volume, STOP);
    return signalId;
  }

  private List<PaperOrder> of(String signalId, String type) {
    return ordersAtExchange(signalId).stream()
        .filter(order -> order.terms().orderType().equals(type))
        .toList();
  }

  private List<PaperOrder> openStops(String signalId) {
    return of(signalId, "stop-loss").stream().filter(PaperOrder::isOpen).toList();
  }

  private void rests(String signalId, String volume, String trigger) {
    soon()
        .untilAsserted(
            () -> {
              assertThat(openStops(signalId)).hasSize(1);
              PaperOrder stop = openStops(signalId).getFirst();
              assertThat(stop.remaining()).isEqualByComparingTo(volume);
              assertThat(java.util.Objects.requireNonNull(stop.trigger()).price())
                  .isEqualByComparingTo(trigger);
              JsonNode shown = protection();
              assertThat(shown).isNotNull();
              assertThat(shown.path("state").textValue()).isEqualTo("PROTECTED");
            });
  }

  /** How the status shows this test's position; null when it is not looked after. */
  private @Nullable JsonNode protection() {
    for (JsonNode each : standing(RoomyProfile.ACCOUNT).path("protections")) {
      if (each.path("strategy").textValue().equals(strategy)) {
        return each;
      }
    }
    return null;
  }

  private BigDecimal position() {
    String held =
        standing(RoomyProfile.ACCOUNT).path("positions").path("BTC/USD").path(strategy).asText("0");
    return new BigDecimal(held);
  }

  private void isFlat() {
    soon().until(() -> position().signum() == 0 && protection() == null);
  }

  @Test
  void aBoughtPositionHasItsStopAtOnceAndACrashThroughItSellsAll() {
    String signalId = holding("0.01");

    exchange().setPrice("BTC/USD", "64000.0", "64000.1");

    isFlat();
    // The market had left a gap: it sold where the market was, far below its trigger.
    assertThat(of(signalId, "stop-loss"))
        .singleElement()
        .satisfies(stop -> assertThat(stop.volumeExecuted()).isEqualByComparingTo("0.01"))
        .satisfies(stop -> assertThat(average(stop)).isEqualByComparingTo("64000.0"));
    JsonNode row = report().row(signalId);
    assertThat(row.path("outcome").textValue()).isEqualTo("FILLED");
    assertThat(new BigDecimal(row.path("volume").textValue())).isEqualByComparingTo("0.01");
    String story = reviewer().get("/audit/signals/" + signalId, "text/html").body();
    assertThat(story).contains("Protective stop intended", "Nothing is left to protect");
  }

  @Test
  void aStopThatADrainedBookFillsInPartIsPlacedAgainForTheRest() {
    String signalId = holding("0.01");

    exchange().setBook("BTC/USD", "65000.0", "0.004", "65100.0", "1");
    // Or less: the book holds as much again for the next stop.
    soon().until(() -> position().compareTo(new BigDecimal("0.006")) <= 0);
    exchange().setPrice("BTC/USD", "64900.0", "64900.1");

    isFlat();
    assertThat(of(signalId, "stop-loss")).hasSizeGreaterThan(1);
    BigDecimal sold =
        of(signalId, "stop-loss").stream()
            .map(PaperOrder::volumeExecuted)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sold).isEqualByComparingTo("0.01");
  }

  @Test
  void theStopGrowsWithTheFillsOfItsEntry() {
    exchange().setBook("BTC/USD", BID, "1", ASK, "0.004");
    String signalId = ended("PARTIALLY_FILLED", () -> buy("0.01"));
    rests(signalId, "0.004", STOP);
    String first = openStops(signalId).getFirst().txid();

    exchange().setPrice("BTC/USD", BID, ASK);

    report().awaitOutcome(signalId, "FILLED");
    rests(signalId, "0.01", STOP);
    assertThat(openStops(signalId).getFirst().txid()).isEqualTo(first);
  }

  @Test
  void aSecondEntryGrowsTheStopAndTightensItButNeverLoosensIt() {
    String first = holding("0.01");
    ended("FILLED", () -> buy("0.01").with("/data/stopLoss", "66500"));
    rests(first, "0.02", "66500");

    ended("FILLED", () -> buy("0.01").with("/data/stopLoss", "60000"));

    rests(first, "0.03", "66500");
  }

  @Test
  void aCloseMakesRoomSellsAllAndLeavesNoStop() {
    String signalId = holding("0.01");

    ended("FILLED", () -> Payload.of("CLOSE", strategy));

    isFlat();
    assertThat(openStops(signalId)).isEmpty();
    assertThat(of(signalId, "stop-loss"))
        .allSatisfy(stop -> assertThat(stop.volumeExecuted()).isEqualByComparingTo("0"));
  }

  @Test
  void aSellOfAPartLeavesTheRestProtected() {
    String signalId = holding("0.01");
    String stop = openStops(signalId).getFirst().txid();

    ended("FILLED", () -> Payload.limit("SELL", strategy, BID, "0.004"));

    rests(signalId, "0.006", STOP);
    assertThat(openStops(signalId).getFirst().txid()).isEqualTo(stop);
  }

  @Test
  void aSellThatTheMarketDoesNotTakeGivesItsCoinsBackToTheStop() {
    String signalId = holding("0.01");

    ended("CANCELED", () -> Payload.limit("SELL", strategy, "68000.0", "0.004"));

    rests(signalId, "0.01", STOP);
  }

  @Test
  void takeProfitsAreSoldOneAfterTheOtherAndTheStopShrinksWithThem() {
    String signalId = withTargets("0.01", "67500", "68000");

    exchange().setPrice("BTC/USD", "67500.0", "67500.1");
    rests(signalId, "0.005", STOP);
    exchange().setPrice("BTC/USD", "68000.0", "68000.1");

    isFlat();
    assertThat(of(signalId, "limit").stream().filter(o -> o.terms().side().name().equals("SELL")))
        .hasSize(2)
        .allSatisfy(sold -> assertThat(sold.volumeExecuted()).isEqualByComparingTo("0.005"));
    assertThat(openStops(signalId)).isEmpty();
  }

  @Test
  void aSpikeThroughAllTakeProfitsSellsAll() {
    String signalId = withTargets("0.01", "67500", "68000");

    exchange().setPrice("BTC/USD", "70000.0", "70000.1");

    isFlat();
    BigDecimal gained =
        of(signalId, "limit").stream()
            .filter(order -> order.terms().side().name().equals("SELL"))
            .map(PaperOrder::volumeExecuted)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(gained).isEqualByComparingTo("0.01");
  }

  private String withTargets(String volume, String first, String second) {
    String signalId =
        ended("FILLED", () -> buy(volume).withList("/data/takeProfits", first, second));
    rests(signalId, volume, STOP);
    return signalId;
  }

  @Test
  void aLostAnswerToTheStopOrToItsChangeLeavesOneStopOfTheRightSize() {
    ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.01"));
    exchange().faults().next("AddOrder", 2, Fault.of(Fault.Kind.ACCEPT_THEN_RESET));

    String signalId = ended("FILLED", () -> buy("0.01"));
    rests(signalId, "0.02", STOP);
    exchange().faults().next("AmendOrder", 1, Fault.of(Fault.Kind.ACCEPT_THEN_UNAVAILABLE));

    // The answer may be lost for longer than the sell may wait for it: sold at the next try.
    ended("FILLED", () -> Payload.limit("SELL", strategy, BID, "0.004"));

    rests(signalId, "0.016", STOP);
    assertThat(of(signalId, "stop-loss")).hasSize(1);
  }

  @Test
  void neitherACancelNorAHaltThatCancelsTouchesTheStop() {
    String signalId = holding("0.01");
    String resting = ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "60000.0", "0.001"));

    String cancel = accepted(demo().send(Payload.of("CANCEL", strategy)));
    report().awaitOutcome(cancel, "DONE");
    operator().post("/operations/halt", Map.of("scope", "CANCEL_ALL", "reason", "a test halts"));

    report().awaitOutcome(resting, "CANCELED");
    rests(signalId, "0.01", STOP);
  }

  @Test
  void aHaltThatIsToldToCancelsTheStopAndAResumePlacesItAgain() {
    String signalId = holding("0.01");
    Map<String, String> withStops =
        Map.of("scope", "CANCEL_ALL", "stops", "cancel", "reason", "a test halts");
    String stop = openStops(signalId).getFirst().clientOrderId();
    Answer drill = operator().post("/operations/halt/drill", withStops);
    assertThat(drill.body()).contains("A halt of CANCEL_ALL with stops would", stop);

    Answer halt = operator().post("/operations/halt", withStops);

    assertThat(halt.status()).as(halt.body()).isEqualTo(200);
    assertThat(halt.body()).contains("halted: CANCEL_ALL with stops");
    soon().until(() -> openStops(signalId).isEmpty());
    assertThat(standing(RoomyProfile.ACCOUNT).path("reason").textValue())
        .startsWith("halted (CANCEL_ALL with stops) by");
    soon().during(Duration.ofSeconds(2)).until(() -> of(signalId, "stop-loss").size() == 1);
    operator().post("/operations/resume", Map.of("reason", "the stop shall be back"));
    rests(signalId, "0.01", STOP);
    assertThat(of(signalId, "stop-loss")).hasSize(2);
  }

  @Test
  void aHaltOfEntriesLetsAStopBePlaced() {
    exchange().setBook("BTC/USD", BID, "1", ASK, "0.004");
    String signalId = ended("PARTIALLY_FILLED", () -> buy("0.01"));
    rests(signalId, "0.004", STOP);
    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", "a test halts"));

    exchange().setPrice("BTC/USD", BID, ASK);

    rests(signalId, "0.01", STOP);
  }

  @Test
  void anEntryWhoseStopOrTargetCouldNotWorkIsRefusedByName() {
    String above = ended("REJECTED", () -> buy("0.01").with("/data/stopLoss", "67100"));
    String small = ended("REJECTED", () -> buy("0.01").with("/data/stopLoss", "0.1"));
    String below = ended("REJECTED", () -> buy("0.01").withList("/data/takeProfits", "66500"));

    for (String refused : List.of(above, small, below)) {
      assertThat(ordersAtExchange(refused)).isEmpty();
    }
    assertThat(report().row(above).path("reasons").toString()).contains("protective-stop");
    assertThat(report().row(small).path("reasons").toString()).contains("protective-stop");
    assertThat(report().row(below).path("reasons").toString()).contains("take-profit");
  }
}
