package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DecayingCounterTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static DecayingCounter of(RestTier tier) {
    return new DecayingCounter(tier.maxCount(), tier.decayMilliPerSecond(), 0, null);
  }

  private static DecayingCounter fullAfter(RestTier tier, int calls) {
    DecayingCounter budget = of(tier);
    for (int i = 0; i < calls; i++) {
      assertThat(budget.waitFor(1, NOW)).isZero();
      budget.spend(1, NOW);
    }
    return budget;
  }

  @Test
  void aStarterHasFifteenCallsThenOneEveryThreeSeconds() {
    DecayingCounter budget = fullAfter(RestTier.STARTER, 15);

    assertThat(budget.waitFor(1, NOW)).isEqualTo(Duration.ofMillis(3031));
    assertThat(budget.waitFor(1, NOW.plusMillis(3030))).isPositive();
    assertThat(budget.waitFor(1, NOW.plusMillis(3031))).isZero();
  }

  @Test
  void anIntermediateHasTwentyThenOneEveryTwoSeconds() {
    assertThat(fullAfter(RestTier.INTERMEDIATE, 20).waitFor(1, NOW))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aProHasTwentyThenOneASecond() {
    assertThat(fullAfter(RestTier.PRO, 20).waitFor(2, NOW)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void krakensWordThatTheCounterIsFullGoesBeforeTheModel() {
    DecayingCounter budget = of(RestTier.PRO);

    budget.full(NOW);

    assertThat(budget.waitFor(1, NOW)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockThatStepsBackCreditsNothingTwice() {
    DecayingCounter budget = fullAfter(RestTier.PRO, 20);

    assertThat(budget.waitFor(1, NOW.minusSeconds(3600))).isEqualTo(Duration.ofSeconds(1));
    assertThat(budget.waitFor(20, NOW.minusSeconds(3599))).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void manySmallStepsDecayAsMuchAsOneLargeOne() {
    DecayingCounter budget = fullAfter(RestTier.STARTER, 15);
    for (int ms = 1; ms <= 3031; ms++) {
      budget.waitFor(1, NOW.plusMillis(ms));
    }

    assertThat(budget.waitFor(1, NOW.plusMillis(3031))).isZero();
  }

  @Test
  void aCallCountsInFullUntilItIsOver() {
    DecayingCounter budget = fullAfter(RestTier.PRO, 20);
    Instant later = NOW.plusSeconds(3);

    budget.over(1, NOW, later);

    assertThat(budget.waitFor(2, later)).isZero();
    assertThat(budget.waitFor(3, later)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsNotKnownIsTakenForUsed() {
    DecayingCounter budget = new DecayingCounter(60, 1000, 60, NOW);

    assertThat(budget.used(NOW)).isEqualTo(60);
    assertThat(budget.waitFor(1, NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(budget.waitFor(60, NOW.plusSeconds(60))).isZero();
  }

  @Test
  void tiersAreFoundByTheirConfigurationName() {
    assertThat(RestTier.of("Starter ")).contains(RestTier.STARTER);
    assertThat(RestTier.of("gold")).isEmpty();
  }
}
