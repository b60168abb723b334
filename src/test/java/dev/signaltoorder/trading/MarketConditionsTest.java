package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.market.MarketSnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits: 50 bps, 1000 USD, 2 % in a minute; calm is 30 s. */
class MarketConditionsTest {
  private static final ConditionPolicy POLICY =
      new ConditionPolicy(
          new BigDecimal("50"),
          Map.of("USD", new BigDecimal("1000")),
          new BigDecimal("2"),
          Duration.ofSeconds(30),
          null,
          false,
          Duration.ofSeconds(1));

  private final MarketConditions conditions = new MarketConditions(POLICY);
  private final Conditions state = new Conditions();
  private Instant steady = Samples.NOW;
  private Instant clock = Samples.NOW;
  private int changes;
  private long ids;

  private MarketCondition sees(MarketSnapshot snapshot) {
    ConductFact.ConditionChanged change =
        conditions.seen(state.of("BTC/USD"), snapshot, steady, clock);
    if (change != null) {
      changes++;
      state.changed(change);
    }
    return state.of("BTC/USD");
  }

  private MarketCondition sees(String mid, String spreadBps, String bidDepth, String askDepth) {
    return sees(snapshot(new UUID(1, ++ids), "BTC/USD", mid, spreadBps, bidDepth, askDepth));
  }

  private MarketCondition seesMid(String mid) {
    return sees(mid, "1", "1000000", "1000000");
  }

  private MarketSnapshot snapshot(
      UUID id, String pair, String mid, String spreadBps, String bidDepth, String askDepth) {
    BigDecimal price = new BigDecimal(mid);
    return new MarketSnapshot(
        id,
        pair,
        price,
        price,
        price,
        price,
        new BigDecimal(spreadBps),
        new BigDecimal(bidDepth),
        new BigDecimal(askDepth),
        BigDecimal.ONE,
        price,
        "online",
        clock,
        "test");
  }

  private void pass(long seconds) {
    steady = steady.plusSeconds(seconds);
    clock = clock.plusSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "50.0000, 1000, 1000, NORMAL",
    "50.0001, 1000, 1000, THIN",
    "1, 999.99, 5000, THIN",
    "1, 5000, 999.99, THIN",
    "1, 0, 0, THIN"
  })
  void thinIsBeyondALimitAndNotAtIt(
      String spread, String bids, String asks, MarketCondition expected) {
    assertThat(sees("50000", spread, bids, asks)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"51000, NORMAL", "51000.1, SPIKE", "49000, NORMAL", "48999.9, SPIKE"})
  void aSpikeIsFurtherThanTheLimitInEitherDirection(String mid, MarketCondition expected) {
    seesMid("50000");
    pass(59);

    assertThat(seesMid(mid)).isEqualTo(expected);
  }

  @Test
  void aMidOfSixtySecondsAgoCountsAndAnOlderOneDoesNot() {
    seesMid("50000");
    pass(60);
    assertThat(seesMid("52000")).isEqualTo(MarketCondition.SPIKE);
    pass(61);
    seesMid("60000");
    assertThat(changes).isEqualTo(2);
    assertThat(state.of("BTC/USD")).isEqualTo(MarketCondition.NORMAL);
  }

  @Test
  void aSlowSlideOfSmallStepsIsASpikeOnceAMinuteAddsUp() {
    int steps = 0;
    BigDecimal mid = new BigDecimal("50000");
    while (seesMid(mid.toPlainString()) == MarketCondition.NORMAL && steps < 100) {
      mid = mid.subtract(new BigDecimal("50"));
      steps++;
      pass(2);
    }

    assertThat(steps).isEqualTo(21);
  }

  @Test
  void aConditionEndsWithTheFirstPriceAfterTheCalmTimeAndNotBefore() {
    sees("50000", "80", "5000", "5000");
    pass(29);
    assertThat(seesMid("50000")).isEqualTo(MarketCondition.THIN);
    pass(1);

    assertThat(seesMid("50000")).isEqualTo(MarketCondition.NORMAL);
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void everyPriceBeyondTheLimitBeginsTheCalmTimeAnewAndIsNoChange() {
    for (int i = 0; i < 10; i++) {
      assertThat(sees("50000", "80", "5000", "5000")).isEqualTo(MarketCondition.THIN);
      pass(29);
    }

    assertThat(changes).isEqualTo(1);
    assertThat(seesMid("50000")).isEqualTo(MarketCondition.THIN);
  }

  @Test
  void timeAloneEndsNothingAndTheSamePriceSeenAgainNeither() {
    MarketSnapshot thin = snapshot(new UUID(7, 7), "BTC/USD", "50000", "80", "5000", "5000");
    sees(thin);
    pass(300);
    clock = thin.takenAt();

    assertThat(sees(thin)).isEqualTo(MarketCondition.THIN);
  }

  @Test
  void thinOutranksASpikeWhichIsThereOnceItIsNoLongerThin() {
    seesMid("50000");
    assertThat(seesMid("52000")).isEqualTo(MarketCondition.SPIKE);
    assertThat(sees("52000", "80", "5000", "5000")).isEqualTo(MarketCondition.THIN);
    pass(20);
    seesMid("54100");
    pass(10);

    assertThat(seesMid("54100")).isEqualTo(MarketCondition.SPIKE);
    assertThat(changes).isEqualTo(3);
  }

  @Test
  void aClockThatIsSetBackOrForthChangesNothing() {
    sees("50000", "80", "5000", "5000");
    clock = clock.minus(Duration.ofHours(2));
    assertThat(seesMid("50000")).isEqualTo(MarketCondition.THIN);
    clock = clock.plus(Duration.ofHours(9));
    assertThat(seesMid("50000")).isEqualTo(MarketCondition.THIN);

    steady = steady.plusSeconds(30);

    assertThat(seesMid("50000")).isEqualTo(MarketCondition.NORMAL);
  }

  @Test
  void anOldPriceSaysNothing() {
    MarketSnapshot old = snapshot(new UUID(7, 8), "BTC/USD", "50000", "80", "5000", "5000");
    pass(11);

    assertThat(sees(old)).isEqualTo(MarketCondition.NORMAL);
  }

  @Test
  void aConditionFromBeforeTheStartNeedsAWholeCalmTime() {
    sees("50000", "80", "5000", "5000");
    MarketConditions restarted = new MarketConditions(POLICY);
    pass(100);

    assertThat(
            restarted.seen(
                MarketCondition.THIN,
                snapshot(new UUID(8, 1), "BTC/USD", "50000", "1", "5000", "5000"),
                steady,
                clock))
        .isNull();
    pass(30);
    ConductFact.ConditionChanged end =
        restarted.seen(
            MarketCondition.THIN,
            snapshot(new UUID(8, 2), "BTC/USD", "50000", "1", "5000", "5000"),
            steady,
            clock);
    assertThat(Objects.requireNonNull(end).to()).isEqualTo(MarketCondition.NORMAL);
  }

  @Test
  void thePairsAndTheQuoteAssetsAreJudgedApart() {
    MarketSnapshot euro = snapshot(new UUID(9, 1), "BTC/EUR", "50000", "1", "1", "1");

    assertThat(conditions.seen(MarketCondition.NORMAL, euro, steady, clock)).isNull();
    assertThat(sees("10", "1", "5000", "5000")).isEqualTo(MarketCondition.NORMAL);
  }

  @Test
  void theFactNamesWhatWasMeasuredAndItsLimit() {
    ConductFact.ConditionChanged thin =
        conditions.seen(
            MarketCondition.NORMAL,
            snapshot(new UUID(9, 2), "BTC/USD", "50000", "80", "5000", "5000"),
            steady,
            clock);

    assertThat(Objects.requireNonNull(thin).measure()).isEqualTo("spread-bps");
    assertThat(thin.value()).isEqualByComparingTo("80");
    assertThat(thin.limit()).isEqualByComparingTo("50");
    assertThat(thin.text())
        .isEqualTo("BTC/USD is THIN after NORMAL: the spread is 80 bps, above 50");
  }

  @Test
  void withoutLimitsEveryMarketIsNormal() {
    MarketConditions off = new MarketConditions(ConditionPolicy.OFF);

    assertThat(
            off.seen(
                MarketCondition.NORMAL,
                snapshot(new UUID(9, 3), "BTC/USD", "50000", "4000", "0", "0"),
                steady,
                clock))
        .isNull();
  }
}
