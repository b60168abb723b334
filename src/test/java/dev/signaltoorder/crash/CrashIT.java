package dev.signaltoorder.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
  private static final int TRIALS_BETWEEN_RESTS = 10;

  // Each has its own Kraken key, and with it its own budget of calls for looking orders up.
  private static final List<String> ACCOUNTS = List.of("main", "second", "third");
  private static final Duration AT_REST_WITHIN = Duration.ofMinutes(6);
  private static final List<CrashPoint> TWICE =
      List.of(CrashPoint.C7_BEFORE_ACCEPTANCE, CrashPoint.C10_BROKEN_REPLY, CrashPoint.ANYWHERE);

  private final Map<CrashPoint, Integer> tried = new EnumMap<>(CrashPoint.class);
  private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);
  private final Set<CrashPoint> possible = EnumSet.noneOf(CrashPoint.class);
  private Duration longestToRest = Duration.ZERO;

  @Test
  void noOrderIsLostOrDoubledWhereverTheProgramIsKilled() throws Exception {
    int kills = Integer.getInteger("crash.kills", 50);
    long seed = Long.getLong("crash.seed", System.nanoTime());
    System.out.printf("CrashIT: seed %d, %d kills (repeat: -Dcrash.seed=%d)%n", seed, kills, seed);
    Random random = new Random(seed);
    try (Place place = new Place("kills", seed, ACCOUNTS);
        Senders senders = new Senders(ACCOUNTS, new Random(random.nextLong()))) {
      Notes notes = new Notes();
      Stage stage = new Stage(place, senders, notes, random);
      Trials trials = new Trials(stage);
      possible.addAll(trials.possible());
      boolean passed = false;
      try {
        stage.arm();
        runAll(kills, stage, trials, new Witness(place, senders, notes));
        assertThat(place.checkpoints().problems(stage.program(), "program"))
            .as("BROKEN PROMISES: evidence")
            .isEmpty();
        passed = true;
      } finally {
        if (!passed) {
          stage.program().tellThreads();
          Thread.sleep(1_000);
          place.keepEvidence();
        }
        stage.program().kill();
        summary(stage, trials);
      }
      assertThat(place.secretsInLogs()).as("BROKEN PROMISES: secrets in a log").isEmpty();
    }
    if (kills >= 2 * CrashPoint.values().length) {
      possible.removeAll(reached.keySet());
      assertThat(possible)
          .as("no promise was broken, but these were never reached; is the machine too slow?")
          .isEmpty();
    }
  }

  private void runAll(int kills, Stage stage, Trials trials, Witness witness) throws Exception {
    Deque<CrashPoint> deck = new ArrayDeque<>();
    for (int trial = 1; stage.kills() < kills; trial++) {
      if (deck.isEmpty()) {
        deck.addAll(shuffled(stage.random()));
        deck.retainAll(possible);
      }
      CrashPoint point = deck.removeFirst();
      long begun = System.nanoTime();
      boolean hit = trials.run(point);
      tried.merge(point, 1, Integer::sum);
      if (hit) {
        reached.merge(point, 1, Integer::sum);
      } else if (!reached.containsKey(point)) {
        deck.addLast(point);
      }
      System.out.printf(
          "CrashIT: trial %d, kill %d, %s%s, %d ms%n",
          trial,
          stage.kills(),
          point,
          hit ? "" : " (not reached, killed anyway)",
          Duration.ofNanos(System.nanoTime() - begun).toMillis());
      assertThat(witness.alwaysTrue())
          .as("BROKEN PROMISES after trial %d, %s", trial, point)
          .isEmpty();
      if (trial % TRIALS_BETWEEN_RESTS == 0 || stage.kills() >= kills) {
        rest(stage, witness);
      }
    }
  }

  private static List<CrashPoint> shuffled(Random random) {
    List<CrashPoint> deck = new ArrayList<>(List.of(CrashPoint.values()));
    deck.addAll(TWICE);
    Collections.shuffle(deck, random);
    return deck;
  }

  private void rest(Stage stage, Witness witness) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    Duration waited = Duration.ZERO;
    while (!atRest(stage, witness) && waited.compareTo(AT_REST_WITHIN) < 0) {
      Thread.sleep(100);
      waited = Duration.ofNanos(System.nanoTime() - begun);
    }
    longestToRest = waited.compareTo(longestToRest) > 0 ? waited : longestToRest;
    assertThat(witness.trueAtRest(List.of(stage.program())))
        .as("BROKEN PROMISES at rest")
        .isEmpty();
    System.out.printf("CrashIT: at rest after %d ms, all checked%n", waited.toMillis());
  }

  private static boolean atRest(Stage stage, Witness witness) throws SQLException {
    return stage.senders().all().stream().allMatch(Senders.Delivery::acknowledged)
        && witness.undone() == 0;
  }

  private void summary(Stage stage, Trials trials) throws SQLException {
    Place place = stage.place();
    System.out.printf(
        "CrashIT: %d kills of the program, %d crashes of PostgreSQL, %d deliveries, %d AddOrder"
            + " calls, %d orders at the exchange, longest way to rest %d ms%n",
        stage.kills(),
        trials.databaseCrashes(),
        stage.senders().all().size(),
        place.krakenLog().addOrders(),
        place.exchange().orders().size(),
        longestToRest.toMillis());
    Map<String, Object> outcomes = new TreeMap<>();
    place
        .sql()
        .rows("select outcome, count(*) as signals from signal_summary group by outcome")
        .forEach(row -> outcomes.put(String.valueOf(row.get("outcome")), row.get("signals")));
    System.out.printf("CrashIT: outcomes %s, log %s%n", outcomes, place.output());
    for (CrashPoint point : CrashPoint.values()) {
      System.out.printf(
          "CrashIT: %-30s %3d trials, %3d reached: %s%s%n",
          point,
          tried.getOrDefault(point, 0),
          reached.getOrDefault(point, 0),
          point.what(),
          possible.contains(point) ? "" : " (NOT POSSIBLE ON THIS MACHINE)");
    }
  }
}
