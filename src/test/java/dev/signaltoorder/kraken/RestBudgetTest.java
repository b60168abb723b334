package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestBudgetTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static RestBudget fullAfter(RestTier tier, int calls) {
    RestBudget budget = new RestBudget(tier);
    for (int i = 0; i < calls; i++) {
      assertThat(budget.waitFor(1, NOW)).isZero();
      budget.spend(1, NOW);
    }
    return budget;
  }

  @Test
  void aStarterHasFifteenCallsThenOneEveryThreeSeconds() {
    RestBudget budget = fullAfter(RestTier.STARTER, 15);

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
    RestBudget budget = new RestBudget(RestTier.PRO);

    budget.full(NOW);

    assertThat(budget.waitFor(1, NOW)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockThatStepsBackCreditsNothingTwice() {
    RestBudget budget = fullAfter(RestTier.PRO, 20);

    assertThat(budget.waitFor(1, NOW.minusSeconds(3600))).isEqualTo(Duration.ofSeconds(1));
    assertThat(budget.waitFor(20, NOW.minusSeconds(3599))).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void manySmallStepsDecayAsMuchAsOneLargeOne() {
    RestBudget budget = fullAfter(RestTier.STARTER, 15);
    for (int ms = 1; ms <= 3031; ms++) {
      budget.waitFor(1, NOW.plusMillis(ms));
    }

    assertThat(budget.waitFor(1, NOW.plusMillis(3031))).isZero();
  }

  @Test
  void tiersAreFoundByTheirConfigurationName() {
    assertThat(RestTier.of("Starter ")).contains(RestTier.STARTER);
    assertThat(RestTier.of("gold")).isEmpty();
  }
}
