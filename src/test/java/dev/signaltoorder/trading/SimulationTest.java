package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
  private static final long ENOUGH_TO_NOTICE = 10_000;

  /** Lives without faults. */
  private static final long CALM = Math.min(SEEDS, 3_000);

  @Test
  void noLifeBreaksTheRulesOfOrders() {
    Assumptions.assumeTrue(Long.getLong("simulation.seed") == null, "one seed is replayed");
    long started = System.nanoTime();
    OptionalLong failed = firstFailing(FIRST, SEEDS, SOUND, false);
    System.out.printf(
        "simulation: %d seeds from %d in %d ms%n",
        SEEDS, FIRST, (System.nanoTime() - started) / 1_000_000);
    failed.ifPresent(seed -> assertSound(seed, false));
  }

  @Test
  void inCalmLivesNoPartOfAPositionIsWithoutAStopForLongerThanIsPromised() {
    Map<Long, Simulation.Result> lives =
        LongStream.range(FIRST, FIRST + CALM)
            .parallel()
            .boxed()
            .collect(
                Collectors.toConcurrentMap(
                    seed -> seed, seed -> Simulation.run(seed, SOUND, false, true)));

    Map<UnprotectedSpans.After, List<UnprotectedSpans.Span>> spans =
        lives.values().stream()
            .flatMap(life -> life.unprotected().stream())
            .collect(Collectors.groupingBy(UnprotectedSpans.Span::after));

    spans.forEach(
        (after, all) ->
            System.out.printf(
                "without a stop, %s: %s (calls: times), at most %d ms%n",
                after,
                all.stream()
                    .collect(
                        Collectors.groupingBy(
                            UnprotectedSpans.Span::calls, TreeMap::new, Collectors.counting())),
                all.stream().mapToLong(s -> s.untilMicros() - s.fromMicros()).max().orElse(0)
                    / 1_000));
    lives.forEach(
        (seed, life) -> {
          if (!life.violations().isEmpty()) {
            assertSound(seed, true);
          }
        });
    assertThat(spans)
        .containsKeys(
            UnprotectedSpans.After.BOUGHT,
            UnprotectedSpans.After.REDUCED,
            UnprotectedSpans.After.REMOVED,
            UnprotectedSpans.After.SOLD_LESS);
  }

  @Test
  void aGivenSeedIsReplayed() {
    Long seed = Long.getLong("simulation.seed");
    Assumptions.assumeTrue(seed != null, "-Dsimulation.seed=<n> replays one seed");
    boolean calm = Boolean.getBoolean("simulation.calm");
    Simulation.run(seed, SOUND, true, calm).trace().forEach(System.out::println);
    assertSound(seed, calm);
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
    // Only there is it measured how long a position is without its stop.
    boolean calm = breakage == Breakage.ASK_AGAIN_BEFORE_SELLING;
    OptionalLong noticed = firstFailing(0, ENOUGH_TO_NOTICE, EnumSet.of(breakage), calm);

    assertThat(noticed)
        .as("a seed below %d that fails with %s", ENOUGH_TO_NOTICE, breakage)
        .isPresent();
    long seed = noticed.getAsLong();
    System.out.printf(
        "%s is noticed by seed %d: %s%n",
        breakage,
        seed,
        Simulation.run(seed, EnumSet.of(breakage), false, calm).violations().get(0));
  }

  private static OptionalLong firstFailing(
      long from, long count, Set<Breakage> broken, boolean calm) {
    return LongStream.range(from, from + count)
        .parallel()
        .filter(seed -> !Simulation.run(seed, broken, false, calm).violations().isEmpty())
        .findFirst();
  }

  private static void assertSound(long seed, boolean calm) {
    Simulation.Result result = Simulation.run(seed, SOUND, true, calm);
    assertThat(result.violations())
        .as(
            "seed %d; replay: ./mvnw test -Dtest=SimulationTest -Dsimulation.seed=%d%s%n%s",
            seed, seed, calm ? " -Dsimulation.calm=true" : "", String.join("\n", result.trace()))
        .isEmpty();
  }
}
