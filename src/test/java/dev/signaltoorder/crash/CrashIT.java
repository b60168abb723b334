package dev.signaltoorder.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the packaged program at every crash point, again and again over one journal.
 * {@code -Dcrash.kills=} says how often (default 50), {@code -Dcrash.seed=} repeats the choices of
 * an earlier run; the moments in between are the machine's.
 */
@Tag("crash")
class CrashIT {
  private static final int TRIALS_BETWEEN_RESTS = 8;
  private static final Duration AT_REST_WITHIN = Duration.ofMinutes(3);
  private static final List<CrashPoint> TWICE =
      List.of(CrashPoint.C7_BEFORE_ACCEPTANCE, CrashPoint.C10_BROKEN_REPLY, CrashPoint.ANYWHERE);

  private final Map<CrashPoint, Integer> tried = new EnumMap<>(CrashPoint.class);
  private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);
  private Duration longestToRest = Duration.ZERO;

  @Test
  void noOrderIsLostOrDoubledWhereverTheProgramIsKilled() throws Exception {
    int kills = Integer.getInteger("crash.kills", 50);
    long seed = Long.getLong("crash.seed", System.nanoTime());
    System.out.printf("CrashIT: seed %d, %d kills (repeat: -Dcrash.seed=%d)%n", seed, kills, seed);
    Random random = new Random(seed);
    try (Place place = new Place(seed);
        Senders senders = new Senders(new Random(random.nextLong()))) {
      Checker checker = new Checker(place, senders);
      Trials trials = new Trials(place, senders, checker, random);
      boolean passed = false;
      try {
        trials.arm();
        runAll(kills, trials, checker, place, senders, random);
        passed = true;
      } finally {
        if (!passed) {
          trials.program().tellThreads();
          Thread.sleep(1_000);
          place.keepEvidence();
        }
        trials.program().kill();
        summary(trials, place, senders);
      }
    }
    if (kills >= 2 * CrashPoint.values().length) {
      assertThat(reached.keySet()).as("points reached").contains(CrashPoint.values());
    }
  }

  private void runAll(
      int kills, Trials trials, Checker checker, Place place, Senders senders, Random random)
      throws Exception {
    Deque<CrashPoint> deck = new ArrayDeque<>();
    for (int trial = 1; trials.kills() < kills; trial++) {
      if (deck.isEmpty()) {
        deck.addAll(shuffled(random));
      }
      CrashPoint point = deck.removeFirst();
      long begun = System.nanoTime();
      boolean hit = trials.run(point);
      tried.merge(point, 1, Integer::sum);
      if (hit) {
        reached.merge(point, 1, Integer::sum);
      }
      System.out.printf(
          "CrashIT: trial %d, kill %d, %s%s, %d ms%n",
          trial,
          trials.kills(),
          point,
          hit ? "" : " (not reached, killed anyway)",
          Duration.ofNanos(System.nanoTime() - begun).toMillis());
      assertThat(checker.alwaysTrue()).as("after trial %d, %s", trial, point).isEmpty();
      if (trial % TRIALS_BETWEEN_RESTS == 0 || trials.kills() >= kills) {
        rest(trials, checker, place, senders);
      }
    }
  }

  private static List<CrashPoint> shuffled(Random random) {
    List<CrashPoint> deck = new ArrayList<>(List.of(CrashPoint.values()));
    deck.addAll(TWICE);
    Collections.shuffle(deck, random);
    return deck;
  }

  private void rest(Trials trials, Checker checker, Place place, Senders senders)
      throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    Duration waited = Duration.ZERO;
    while (!atRest(place, senders) && waited.compareTo(AT_REST_WITHIN) < 0) {
      Thread.sleep(100);
      waited = Duration.ofNanos(System.nanoTime() - begun);
    }
    longestToRest = waited.compareTo(longestToRest) > 0 ? waited : longestToRest;
    assertThat(checker.trueAtRest(trials.program())).as("at rest").isEmpty();
    System.out.printf("CrashIT: at rest after %d ms, all checked%n", waited.toMillis());
  }

  private static boolean atRest(Place place, Senders senders) throws SQLException {
    return senders.all().stream().allMatch(Senders.Delivery::acknowledged)
        && place
                .sql()
                .number(
                    "select count(*) from signal_summary"
                        + " where outcome in ('PENDING', 'UNKNOWN', 'OPEN')")
            == 0;
  }

  private void summary(Trials trials, Place place, Senders senders) throws SQLException {
    System.out.printf(
        "CrashIT: %d kills of the program, %d crashes of PostgreSQL, %d deliveries, %d AddOrder"
            + " calls, %d orders at the exchange, longest way to rest %d ms%n",
        trials.kills(),
        trials.databaseCrashes(),
        senders.all().size(),
        place.krakenGate().addOrders(),
        place.exchange().orders().size(),
        longestToRest.toMillis());
    Map<String, Object> outcomes = new TreeMap<>();
    place
        .sql()
        .rows("select outcome, count(*) as signals from signal_summary group by outcome")
        .forEach(row -> outcomes.put(String.valueOf(row.get("outcome")), row.get("signals")));
    System.out.printf("CrashIT: outcomes %s, log %s%n", outcomes, place.log());
    for (CrashPoint point : CrashPoint.values()) {
      System.out.printf(
          "CrashIT: %-30s %3d trials, %3d reached: %s%n",
          point, tried.getOrDefault(point, 0), reached.getOrDefault(point, 0), point.what());
    }
  }
}
