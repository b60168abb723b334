package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of seeded lives of one account, with everything failing that can fail. {@code
 * -Dsimulation.seeds=1000000} runs more of them, {@code -Dsimulation.seed=17} replays one and
 * prints it.
 */
class SimulationTest {
  private static final Set<Breakage> SOUND = EnumSet.noneOf(Breakage.class);
  private static final long SEEDS = Long.getLong("simulation.seeds", 10_000);
  private static final long FIRST = Long.getLong("simulation.first", 0);
  private static final long ENOUGH_TO_NOTICE = 3_000;

  @Test
  void noLifeBreaksTheRulesOfOrders() {
    Assumptions.assumeTrue(Long.getLong("simulation.seed") == null, "one seed is replayed");
    long started = System.nanoTime();
    OptionalLong failed = firstFailing(FIRST, SEEDS, SOUND);
    System.out.printf(
        "simulation: %d seeds from %d in %d ms%n",
        SEEDS, FIRST, (System.nanoTime() - started) / 1_000_000);
    failed.ifPresent(seed -> assertSound(seed));
  }

  @Test
  void aGivenSeedIsReplayed() {
    Long seed = Long.getLong("simulation.seed");
    Assumptions.assumeTrue(seed != null, "-Dsimulation.seed=<n> replays one seed");
    Simulation.run(seed, SOUND, true).trace().forEach(System.out::println);
    assertSound(seed);
  }

  @Test
  void theSameSeedIsTheSameLife() {
    // Given
    Simulation.Result first = Simulation.run(4711, SOUND, true);

    // When
    Simulation.Result second = Simulation.run(4711, SOUND, true);

    // Then
    assertThat(second).isEqualTo(first);
    assertThat(first.trace()).isNotEmpty();
  }

  @Test
  void everythingThatCanHappenHappens() {
    // When
    SortedMap<String, Integer> happened = new TreeMap<>();
    LongStream.range(0, 2_000)
        .forEach(
            seed ->
                Simulation.run(seed, SOUND, false)
                    .happened()
                    .forEach((what, count) -> happened.merge(what, count, Integer::sum)));

    // Then
    System.out.println("simulation: in 2000 lives " + happened);
    assertThat(happened)
        .containsKeys(
            "INVALID",
            "REJECTED",
            "EXPIRED",
            "HALTED",
            "REFUSED_BY_EXCHANGE",
            "FILLED",
            "PARTIALLY_FILLED",
            "CANCELED",
            "NOT_PLACED",
            "DONE",
            "placed: ANSWERED",
            "placed: FOUND",
            "placed: SETTLED",
            "absent by look-ups",
            "conflicts",
            "placed: APPEARED",
            "locked out",
            "exchange-down",
            "exchange-lockout",
            "exchange-maintenance",
            "exchange-cancel-only",
            "market-thin",
            "market-spike",
            "market: NORMAL",
            "market: SPIKE",
            "market: THIN",
            "violated: stays-absent",
            "intended: STOP",
            "intended: TAKE_PROFIT",
            "intended: CLOSE",
            "protection-failed",
            "protection-ended",
            "stop-moved",
            "order-amended",
            "amend-failed",
            "sell-held",
            "sell-released",
            "crossed: daily-loss",
            "crossed: drawdown",
            "quarantined");
    assertThat(happened.get("orders at the exchange")).isGreaterThan(1_000);
    assertThat(happened.get("terms")).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void everyWrongWayToBuildItIsNoticed(Breakage breakage) {
    OptionalLong noticed = firstFailing(0, ENOUGH_TO_NOTICE, EnumSet.of(breakage));

    assertThat(noticed)
        .as("a seed below %d that fails with %s", ENOUGH_TO_NOTICE, breakage)
        .isPresent();
    long seed = noticed.getAsLong();
    System.out.printf(
        "%s is noticed by seed %d: %s%n",
        breakage, seed, Simulation.run(seed, EnumSet.of(breakage), false).violations().get(0));
  }

  private static OptionalLong firstFailing(long from, long count, Set<Breakage> broken) {
    return LongStream.range(from, from + count)
        .parallel()
        .filter(seed -> !Simulation.run(seed, broken, false).violations().isEmpty())
        .findFirst();
  }

  private static void assertSound(long seed) {
    Simulation.Result result = Simulation.run(seed, SOUND, true);
    assertThat(result.violations())
        .as(
            "seed %d; replay: ./mvnw test -Dtest=SimulationTest -Dsimulation.seed=%d%n%s",
            seed, seed, String.join("\n", result.trace()))
        .isEmpty();
  }
}
