package dev.signaltoorder.crash;

import static dev.signaltoorder.crash.Stage.BURST;
import static dev.signaltoorder.crash.Stage.CAUGHT_WITHIN;
import static dev.signaltoorder.crash.Stage.SMALL_BURST;
import static dev.signaltoorder.crash.Stage.intended;

import dev.signaltoorder.crash.Trap.At;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Several processes, a wrong clock, and kills at any moment: C15, C17. */
final class ProcessTrials {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(20);

  private final Stage stage;

  ProcessTrials(Stage stage) {
    this.stage = stage;
  }

  boolean rollingRestart() {
    stage.place().krakenLog().severalPrograms(true);
    Program next = stage.launchBeside();
    next.awaitAlive();
    stage.senders().find(stage.program(), next);
    stage.senders().burst(BURST);
    stage.sleepUpTo(800);
    stage.kill();
    stage.goOnWith(next);
    next.awaitTradingState("ACTIVE");
    stage.place().krakenLog().severalPrograms(false);
    return true;
  }

  boolean pausedLeader() {
    stage.place().krakenLog().severalPrograms(true);
    Program old = stage.program();
    Program next = stage.launchBeside();
    next.awaitAlive();
    var trap = stage.database().arm(At.AFTER, commit -> commit.has("order-intended"));
    stage.senders().burst(SMALL_BURST);
    var caught = trap.await(CAUGHT_WITHIN);
    old.pause();
    // The answer to its COMMIT lies ready for when it wakes up.
    trap.release();
    stage.senders().find(next);
    next.awaitTradingState("ACTIVE");
    // The other accounts may be taken over earlier than this one, whose leader may then still send;
    // and the commit may be the second program's, if it was handed the account just before.
    Set<String> intended = intended(caught);
    boolean replaced =
        !intended.isEmpty()
            && Stage.within(TAKEN_OVER_WITHIN, () -> intendedAndNotTakenOver(intended) == 0);
    stage.senders().burst(2);
    old.wakeUp();
    Stage.sleep(1_500);
    if (replaced) {
      stage.notes().mustNeverBeSent(intended);
    }
    stage.kill();
    stage.goOnWith(next);
    stage.place().krakenLog().severalPrograms(false);
    return replaced;
  }

  /** Those of the orders whose account has no newer leader than the one that intended them. */
  private long intendedAndNotTakenOver(Set<String> orders) throws SQLException {
    long waiting = 0;
    for (String order : orders) {
      waiting +=
          stage
              .place()
              .sql()
              .number(
                  "select count(*) from journal i where i.kind = 'order-intended' and i.order_id = ?"
                      + " and not exists (select 1 from journal l where l.account = i.account"
                      + " and l.kind = 'loop-started' and l.seq > i.seq)",
                  UUID.fromString(order));
    }
    return waiting;
  }

  /**
   * The machine's clock jumps an hour, forward or back, with signals under way, and is right again
   * at the next start.
   */
  boolean clockJump() throws IOException, SQLException {
    FalseClock clock = FalseClock.in(stage.place().folder()).orElseThrow();
    stage.kill();
    clock.show(Duration.ZERO);
    stage.launchNext(clock.environment());
    stage.program().awaitTradingState("ACTIVE");
    boolean forward = stage.random().nextBoolean();
    Duration error = forward ? HOUR : HOUR.negated();
    stage.senders().burst(SMALL_BURST);
    stage.sleepUpTo(300);
    clock.show(error);
    stage.senders().clockIs(error);
    // What was sent before the jump arrives; then nothing may: its deadline is wrong by an hour.
    Stage.sleep(1_500);
    int booked = stage.place().exchange().orders().size();
    var burst = stage.senders().burst(SMALL_BURST);
    boolean taken = stage.acknowledged(burst, Duration.ofSeconds(10));
    Stage.sleep(1_000);
    if (stage.place().exchange().orders().size() != booked) {
      stage.notes().problem("an order was placed while the clock was wrong by " + error);
    }
    if (forward) {
      // An order in doubt stays so until its deadline, which lies an hour ahead.
      Stage.within(Duration.ofSeconds(10), () -> stage.acknowledgedUndecided(burst) == 0);
      Stage.sleep(1_500);
      nothingMoreIsUnderWay();
    }
    stage.kill();
    stage.senders().clockIs(Duration.ZERO);
    stage.restart();
    return taken;
  }

  /** Stops are tried again and again: the program stands still in a moment between two tries. */
  private void nothingMoreIsUnderWay() {
    Stage.within(
        Duration.ofSeconds(20),
        () -> {
          stage.program().pause();
          boolean settled =
              stage
                      .place()
                      .sql()
                      .number(
                          "select count(*) from journal i where i.kind = 'order-intended'"
                              + " and i.recorded_at > now() + interval '30 minutes'"
                              + " and not exists (select 1 from journal o"
                              + " where o.order_id = i.order_id and o.kind in ('order-placed',"
                              + " 'order-refused', 'order-not-placed', 'order-ended'))")
                  == 0;
          if (!settled) {
            stage.program().wakeUp();
          }
          return settled;
        });
  }

  boolean anywhere() {
    stage.senders().burst(BURST);
    stage.sleepUpTo(1_500);
    stage.kill();
    stage.restart();
    return true;
  }
}
