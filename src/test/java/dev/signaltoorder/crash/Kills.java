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

/**
 * Kills in one place: {@code kill -9} of the program at every crash point, again and again over one
 * journal.
 */
final class Kills {
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

  private final String name;
  private final int kills;
  private final long seed;

  /**
   * @param name of this place, unlike that of every other
   * @param kills how many
   */
  Kills(String name, int kills, long seed) {
    this.name = name;
    this.kills = kills;
    this.seed = seed;
  }

  /** The points that were reached, and the others that can be reached on this machine. */
  record Reached(Set<CrashPoint> points, Set<CrashPoint> missed, int kills) {}

  Reached run() throws Exception {
    say("seed %d, %d kills".formatted(seed, kills));
    Random random = new Random(seed);
    int done;
    try (Place place = new Place(name, seed, ACCOUNTS);
        Senders senders = new Senders(ACCOUNTS, true, new Random(random.nextLong()))) {
      Notes notes = new Notes();
      Stage stage = new Stage(place, senders, notes, random);
      Trials trials = new Trials(stage);
      possible.addAll(trials.possible());
      boolean passed = false;
      try {
        stage.arm();
        runAll(stage, trials, new Witness(place, senders, notes));
        assertThat(place.checkpoints().problems(stage.program(), "program"))
            .as("BROKEN PROMISES: evidence")
            .isEmpty();
        passed = true;
      } catch (Exception | AssertionError e) {
        // Told now: other places may go on for hours.
        say("FAILED: " + e);
        throw e;
      } finally {
        if (!passed) {
          stage.program().tellThreads();
          Thread.sleep(1_000);
          place.keepEvidence();
        }
        stage.program().kill();
        summary(stage, trials);
        done = stage.kills();
      }
      assertThat(place.secretsInLogs()).as("BROKEN PROMISES: secrets in a log").isEmpty();
    }
    Set<CrashPoint> missed = EnumSet.noneOf(CrashPoint.class);
    missed.addAll(possible);
    missed.removeAll(reached.keySet());
    return new Reached(Set.copyOf(reached.keySet()), missed, done);
  }

  private void say(String what) {
    System.out.println("CrashIT " + name + ": " + what);
  }

  private void runAll(Stage stage, Trials trials, Witness witness) throws Exception {
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
      say(
          "trial %d, kill %d, %s%s, %d ms"
              .formatted(
                  trial,
                  stage.kills(),
                  point,
                  hit ? "" : " (not reached, killed anyway)",
                  Duration.ofNanos(System.nanoTime() - begun).toMillis()));
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
    say("at rest after %d ms, all checked".formatted(waited.toMillis()));
  }

  private static boolean atRest(Stage stage, Witness witness) throws SQLException {
    return stage.senders().all().stream().allMatch(Senders.Delivery::acknowledged)
        && witness.undone() == 0;
  }

  private static String protection(List<Evidence.BookOrder> book) {
    List<Evidence.BookOrder> stops = book.stream().filter(Evidence.BookOrder::isStop).toList();
    return "%d stops at the exchange: %d fired, %d rest"
        .formatted(
            stops.size(),
            stops.stream().filter(stop -> stop.volume().signum() > 0).count(),
            stops.stream().filter(stop -> stop.rest().open()).count());
  }

  private void summary(Stage stage, Trials trials) throws SQLException {
    Place place = stage.place();
    say(
        ("%d kills of the program, %d crashes of PostgreSQL, %d deliveries, %d AddOrder"
                + " calls, %d orders at the exchange, longest way to rest %d ms")
            .formatted(
                stage.kills(),
                trials.databaseCrashes(),
                stage.senders().all().size(),
                place.krakenLog().addOrders(),
                place.exchange().orders().size(),
                longestToRest.toMillis()));
    say(
        "%s; the price fell through stops %d times and rose to take-profits %d times while dead"
            .formatted(protection(place.book()), stage.falls(), stage.rises()));
    Map<String, Object> outcomes = new TreeMap<>();
    place
        .sql()
        .rows("select outcome, count(*) as signals from signal_summary group by outcome")
        .forEach(row -> outcomes.put(String.valueOf(row.get("outcome")), row.get("signals")));
    say("outcomes %s, log %s".formatted(outcomes, place.output()));
    for (CrashPoint point : CrashPoint.values()) {
      say(
          "%-30s %3d trials, %3d reached: %s%s"
              .formatted(
                  point,
                  tried.getOrDefault(point, 0),
                  reached.getOrDefault(point, 0),
                  point.what(),
                  possible.contains(point)
                      ? ""
                      : " (NOT TAKEN: impossible on this machine, or not wanted)"));
    }
  }
}
