package dev.signaltoorder.crash;

import static org.awaitility.Awaitility.await;

import dev.signaltoorder.crash.Trap.At;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.Fault.Kind;
import dev.signaltoorder.testing.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One trial for each crash point: several signals on their way, the kill, the next start. */
final class Trials {
  private static final Duration CAUGHT_WITHIN = Duration.ofSeconds(15);
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(40);
  private static final int BURST = 4;

  // Orders that queue up behind a held one were never sent, which takes many look-ups to prove.
  private static final int SMALL_BURST = 2;
  private static final List<Kind> BROKEN_REPLIES =
      List.of(
          Kind.ACCEPT_THEN_502_HTML,
          Kind.ACCEPT_THEN_SILENCE,
          Kind.ACCEPT_THEN_RESET,
          Kind.ACCEPT_THEN_UNAVAILABLE,
          Kind.TRUNCATED_JSON,
          Kind.NO_TXID,
          Kind.DROP_BEFORE_ACCEPT);

  private final Place place;
  private final Senders senders;
  private final Checker checker;
  private final Random random;
  private final DatabaseGate database;
  private final KrakenGate kraken;
  private Program program;
  private int kills;
  private int databaseCrashes;

  Trials(Place place, Senders senders, Checker checker, Random random) {
    this.place = place;
    this.senders = senders;
    this.checker = checker;
    this.random = random;
    this.database = place.databaseGate();
    this.kraken = place.krakenGate();
    this.program = launch();
  }

  int kills() {
    return kills;
  }

  int databaseCrashes() {
    return databaseCrashes;
  }

  Program program() {
    return program;
  }

  /** The first start: an operator arms the account. Later ones need none. */
  void arm() {
    await("armed")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> program.tradingState().equals("ACTIVE") || arms());
    program.awaitTradingState("ACTIVE");
  }

  private boolean arms() {
    try {
      return program
              .operator()
              .post("/operations/arm", Map.of("account", Place.ACCOUNT, "confirm", Place.ACCOUNT))
              .status()
          == 200;
    } catch (java.io.UncheckedIOException e) {
      return false;
    }
  }

  /**
   * One trial. The program trades when it begins, and again when it ends.
   *
   * @return whether the point was reached
   */
  boolean run(CrashPoint point) throws SQLException, IOException {
    boolean reached =
        switch (point) {
          case C1_BEFORE_INBOX_COMMIT -> beforeInboxCommit();
          case C2_BEFORE_ANSWER -> beforeAnswer();
          case C3_BEFORE_DECISION -> beforeDecision();
          case C4_BEFORE_DECISION_COMMIT -> beforeDecisionCommit();
          case C6_BEFORE_FIRST_BYTE -> beforeFirstByte();
          case C7_BEFORE_ACCEPTANCE -> beforeAcceptance();
          case C8_BEFORE_REPLY -> beforeReply();
          case C9_BEFORE_OUTCOME_COMMIT -> atOutcomeCommit(At.BEFORE);
          case C9_AFTER_OUTCOME_COMMIT -> atOutcomeCommit(At.AFTER);
          case C10_BROKEN_REPLY -> brokenReply();
          case C11_DURING_LOOK_UP -> duringLookUp();
          case C11_DURING_START -> duringStart();
          case C12_COMMIT_ACK_LOST -> commitAckLost();
          case C12_DATABASE_CRASH -> databaseCrash();
          case C12_DATABASE_CRASH_IN_COMMIT -> databaseCrashInCommit();
          case C14_HALTED_IN_FLIGHT -> haltedInFlight();
          case C15_ROLLING_RESTART -> rollingRestart();
          case C15_PAUSED_LEADER -> pausedLeader();
          case C16_READ_ONLY_DATABASE -> readOnlyDatabase();
          case ANYWHERE -> anywhere();
        };
    database.disarm();
    kraken.disarm();
    place.exchange().faults().clear();
    return reached;
  }

  private boolean beforeInboxCommit() throws SQLException {
    var trap = database.arm(At.BEFORE, commit -> commit.has("signal-received"));
    senders.burst(BURST);
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    kill();
    trap.discard();
    for (String delivery : caught.map(DatabaseGate.Commit::deliveries).orElse(Set.of())) {
      if (stored(delivery).isPresent()) {
        checker.problem("stored although its COMMIT never reached the database: " + delivery);
      }
    }
    restart();
    return caught.isPresent();
  }

  private boolean beforeAnswer() throws SQLException {
    var trap = database.arm(At.AFTER, commit -> commit.has("signal-received"));
    senders.burst(BURST);
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    kill();
    trap.discard();
    for (String delivery : caught.map(DatabaseGate.Commit::deliveries).orElse(Set.of())) {
      stored(delivery)
          .ifPresentOrElse(
              signalId -> checker.storedUnanswered(delivery, signalId),
              () -> checker.problem("committed, and lost by a kill: " + delivery));
    }
    checker.mustNeverBeSent(caught.map(DatabaseGate.Commit::intended).orElse(Set.of()));
    restart();
    return caught.isPresent();
  }

  private boolean beforeDecision() throws SQLException {
    letPricesGrowOld();
    List<Senders.Delivery> burst = senders.burst(BURST);
    boolean reached = within(Duration.ofSeconds(4), () -> acknowledgedUndecided(burst) > 0);
    kill();
    boolean undecided = acknowledgedUndecided(burst) > 0;
    kraken.answerPrices();
    restart();
    return reached && undecided;
  }

  private boolean beforeDecisionCommit() throws SQLException {
    letPricesGrowOld();
    var trap =
        database.arm(
            At.BEFORE, commit -> commit.has("signal-decided") && !commit.has("signal-received"));
    List<Senders.Delivery> burst = senders.burst(BURST);
    within(Duration.ofSeconds(3), () -> acknowledgedUndecided(burst) > 0);
    kraken.answerPrices();
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    kill();
    trap.discard();
    Set<String> intended = caught.map(DatabaseGate.Commit::intended).orElse(Set.of());
    for (String orderId : intended) {
      if (place.sql().number("select count(*) from journal where order_id = ?", uuid(orderId))
          > 0) {
        checker.problem("intent stored although its COMMIT never reached the database: " + orderId);
      }
    }
    checker.mustNeverBeSent(intended);
    restart();
    return caught.isPresent();
  }

  private boolean beforeFirstByte() {
    var trap = database.arm(At.AFTER, commit -> commit.has("order-intended"));
    senders.burst(SMALL_BURST);
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    kill();
    trap.discard();
    checker.mustNeverBeSent(caught.map(DatabaseGate.Commit::intended).orElse(Set.of()));
    restart();
    return caught.isPresent();
  }

  private boolean beforeAcceptance() {
    var trap = kraken.arm(At.BEFORE, KrakenGate.Call::isAddOrder);
    senders.burst(SMALL_BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    // More intents queue up behind the one that is held.
    sleep(random.nextInt(400));
    kill();
    switch (random.nextInt(3)) {
      case 0 -> trap.release();
      case 1 -> {
        int laterMs = 200 + random.nextInt(1_300);
        CompletableFuture.delayedExecutor(laterMs, TimeUnit.MILLISECONDS).execute(trap::release);
      }
      default -> trap.discard();
    }
    restart();
    return reached;
  }

  private boolean beforeReply() {
    var trap = kraken.arm(At.AFTER, KrakenGate.Call::isAddOrder);
    senders.burst(SMALL_BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    sleep(random.nextInt(300));
    kill();
    trap.discard();
    restart();
    return reached;
  }

  private boolean atOutcomeCommit(At at) {
    var trap = database.arm(at, commit -> commit.has("order-placed"));
    senders.burst(BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    kill();
    trap.discard();
    restart();
    return reached;
  }

  private boolean brokenReply() {
    int which = random.nextInt(BROKEN_REPLIES.size() + 1);
    if (which == BROKEN_REPLIES.size()) {
      kraken.cutNextOrderReply();
    } else {
      place
          .exchange()
          .faults()
          .next("AddOrder", 1 + random.nextInt(2), Fault.of(BROKEN_REPLIES.get(which)));
    }
    CompletableFuture<KrakenGate.Call> arrival = kraken.nextAddOrder();
    senders.burst(SMALL_BURST);
    boolean reached = arrived(arrival);
    sleep(random.nextInt(600));
    kill();
    restart();
    return reached;
  }

  private boolean duringLookUp() {
    Kind kind = random.nextBoolean() ? Kind.ACCEPT_THEN_RESET : Kind.DROP_BEFORE_ACCEPT;
    place.exchange().faults().next("AddOrder", 2, Fault.of(kind));
    boolean reached = killAtLookUp(true);
    program = launch();
    reached &= killAtLookUp(false);
    restart();
    return reached;
  }

  private boolean killAtLookUp(boolean withBurst) {
    At at = random.nextBoolean() ? At.BEFORE : At.AFTER;
    var trap = kraken.arm(at, KrakenGate.Call::isLookUp);
    if (withBurst) {
      senders.burst(SMALL_BURST);
    }
    boolean reached = trap.await(withBurst ? CAUGHT_WITHIN : TAKEN_OVER_WITHIN).isPresent();
    kill();
    trap.discard();
    return reached;
  }

  private boolean duringStart() {
    var trap = kraken.arm(At.BEFORE, KrakenGate.Call::isAddOrder);
    senders.burst(SMALL_BURST);
    trap.await(CAUGHT_WITHIN);
    kill();
    trap.release();
    program = launch();
    sleep(1_000 + random.nextInt(5_000));
    kill();
    restart();
    return true;
  }

  private boolean commitAckLost() {
    String kind =
        List.of("signal-received", "order-intended", "order-placed", "order-ended")
            .get(random.nextInt(4));
    var trap = database.arm(At.AFTER, commit -> commit.has(kind));
    senders.burst(BURST);
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    trap.discard();
    database.cut();
    // Nobody told the program that these were committed: it must find them, and send none of them.
    checker.mustNeverBeSent(caught.map(DatabaseGate.Commit::intended).orElse(Set.of()));
    program.awaitTradingState("ACTIVE");
    sleep(random.nextInt(1_000));
    kill();
    restart();
    return caught.isPresent();
  }

  private boolean databaseCrash() throws IOException {
    senders.burst(BURST);
    sleep(random.nextInt(700));
    place.crashDatabase();
    databaseCrashes++;
    boolean killedMeanwhile = random.nextBoolean();
    if (killedMeanwhile) {
      kill();
    }
    sleep(random.nextInt(1_500));
    place.startDatabase();
    if (!killedMeanwhile) {
      program.awaitTradingState("ACTIVE");
      sleep(random.nextInt(500));
      kill();
    }
    restart();
    return true;
  }

  private boolean databaseCrashInCommit() throws IOException {
    At at = random.nextBoolean() ? At.BEFORE : At.AFTER;
    String kind = random.nextBoolean() ? "signal-received" : "order-intended";
    var trap = database.arm(at, commit -> commit.has(kind));
    senders.burst(BURST);
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    place.crashDatabase();
    databaseCrashes++;
    trap.discard();
    place.startDatabase();
    checker.mustNeverBeSent(caught.map(DatabaseGate.Commit::intended).orElse(Set.of()));
    program.awaitTradingState("ACTIVE");
    sleep(random.nextInt(500));
    kill();
    restart();
    return caught.isPresent();
  }

  private boolean haltedInFlight() {
    var trap = kraken.arm(At.BEFORE, KrakenGate.Call::isAddOrder);
    senders.burst(SMALL_BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    Answer halt =
        program
            .operator()
            .post("/operations/halt", Map.of("scope", "ALL", "reason", "a trial halts"));
    kraken.forbidAddOrders();
    if (halt.status() != 200) {
      checker.problem("the halt was answered " + halt.status() + ": " + halt.body());
    }
    if (random.nextBoolean()) {
      trap.release();
    }
    sleep(random.nextInt(500));
    kill();
    trap.discard();
    program = launch();
    program.awaitTradingState("HALTED");
    List<Senders.Delivery> whileHalted = senders.burst(2);
    within(
        Duration.ofSeconds(10),
        () -> whileHalted.stream().allMatch(Senders.Delivery::acknowledged));
    kill();
    program = launch();
    program.awaitTradingState("HALTED");
    kraken.allowAddOrders();
    program.operator().post("/operations/resume", Map.of("reason", "the trial is over"));
    program.awaitTradingState("ACTIVE");
    return reached;
  }

  private boolean rollingRestart() {
    Program next = place.startProgram(settings());
    next.awaitAlive();
    senders.find(program, next);
    senders.burst(BURST);
    sleep(random.nextInt(800));
    kill();
    program = next;
    program.awaitTradingState("ACTIVE");
    senders.find(program);
    return true;
  }

  private boolean pausedLeader() {
    Program old = program;
    Program next = place.startProgram(settings());
    next.awaitAlive();
    var trap = database.arm(At.AFTER, commit -> commit.has("order-intended"));
    senders.burst(SMALL_BURST);
    Optional<DatabaseGate.Commit> caught = trap.await(CAUGHT_WITHIN);
    old.pause();
    // The answer to its COMMIT lies ready for when it wakes up.
    trap.release();
    senders.find(next);
    next.awaitTradingState("ACTIVE");
    senders.burst(2);
    old.wakeUp();
    sleep(1_500);
    checker.mustNeverBeSent(caught.map(DatabaseGate.Commit::intended).orElse(Set.of()));
    kill();
    program = next;
    return caught.isPresent();
  }

  private boolean readOnlyDatabase() throws SQLException {
    place.forbidWrites();
    // What was queued before may still end; the lease of the last commit is over after this.
    sleep(4_500);
    int sentBefore = kraken.addOrders();
    List<Senders.Delivery> burst = senders.burst(BURST);
    sleep(1_500);
    if (burst.stream().anyMatch(Senders.Delivery::acknowledged)) {
      checker.problem("a sender was answered with success while nothing could be stored");
    }
    if (kraken.addOrders() != sentBefore) {
      checker.problem("an order was sent while nothing could be stored");
    }
    boolean killedMeanwhile = random.nextBoolean();
    if (killedMeanwhile) {
      kill();
    }
    place.allowWrites();
    if (!killedMeanwhile) {
      program.awaitTradingState("ACTIVE");
      kill();
    }
    restart();
    return true;
  }

  private boolean anywhere() {
    senders.burst(BURST);
    sleep(random.nextInt(1_500));
    kill();
    restart();
    return true;
  }

  private void kill() {
    program.kill();
    kills++;
  }

  private void restart() {
    program = launch();
    program.awaitTradingState("ACTIVE");
  }

  private Program launch() {
    Program started = place.startProgram(settings());
    senders.find(started);
    return started;
  }

  /** With the price at hand everything is one commit; without it the signal has to wait. */
  private Map<String, String> settings() {
    return random.nextBoolean() ? Map.of("signal-to-order.market.pairs", "BTC/USD") : Map.of();
  }

  /** Older than what the program decides with, so that the next signal waits for a new one. */
  private void letPricesGrowOld() {
    kraken.stallPrices();
    sleep(2_500);
  }

  private long acknowledgedUndecided(List<Senders.Delivery> burst) throws SQLException {
    long count = 0;
    for (Senders.Delivery delivery : burst) {
      for (Senders.Told told : delivery.told()) {
        count +=
            1
                - Math.min(
                    1,
                    place
                        .sql()
                        .number(
                            "select count(*) from journal where kind = 'signal-decided' and"
                                + " signal_id = ?",
                            uuid(told.signalId())));
      }
    }
    return count;
  }

  private Optional<String> stored(String deliveryId) throws SQLException {
    var rows = place.sql().rows("select signal_id from inbox where delivery_id = ?", deliveryId);
    return rows.stream().map(row -> String.valueOf(row.get("signal_id"))).findFirst();
  }

  private static java.util.UUID uuid(String text) {
    return java.util.UUID.fromString(text);
  }

  private static boolean arrived(CompletableFuture<KrakenGate.Call> arrival) {
    try {
      return arrival.get(CAUGHT_WITHIN.toSeconds(), TimeUnit.SECONDS) != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Something that may throw when asked. */
  private interface Question {
    boolean ask() throws SQLException;
  }

  private static boolean within(Duration atMost, Question question) {
    long until = System.nanoTime() + atMost.toNanos();
    try {
      while (!question.ask()) {
        if (System.nanoTime() > until) {
          return false;
        }
        sleep(20);
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
