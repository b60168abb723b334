package dev.signaltoorder.crash;

import static dev.signaltoorder.crash.Stage.BURST;
import static dev.signaltoorder.crash.Stage.CAUGHT_WITHIN;
import static dev.signaltoorder.crash.Stage.intended;

import dev.signaltoorder.crash.Trap.At;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The database fails in every way that a database can: C12 and C16. */
final class DatabaseTrials {
  private static final int MOST_BURSTS_UNTIL_FULL = 40;

  private final Stage stage;
  private int databaseCrashes;

  DatabaseTrials(Stage stage) {
    this.stage = stage;
  }

  int databaseCrashes() {
    return databaseCrashes;
  }

  boolean commitAckLost() {
    String kind =
        List.of("signal-received", "order-intended", "order-placed", "order-ended")
            .get(stage.random().nextInt(4));
    var trap = stage.database().arm(At.AFTER, commit -> commit.has(kind));
    stage.senders().burst(BURST);
    var caught = trap.await(CAUGHT_WITHIN);
    trap.discard();
    stage.database().cut();
    // Nobody told the program that these were committed: it must find them, and send none of them.
    stage.notes().mustNeverBeSent(intended(caught));
    stage.program().awaitTradingState("ACTIVE");
    stage.sleepUpTo(1_000);
    stage.kill();
    stage.restart();
    return caught.isPresent();
  }

  boolean crash() throws IOException {
    stage.senders().burst(BURST);
    stage.sleepUpTo(700);
    stage.place().crashDatabase();
    databaseCrashes++;
    boolean killedMeanwhile = stage.random().nextBoolean();
    if (killedMeanwhile) {
      stage.kill();
    }
    stage.sleepUpTo(1_500);
    stage.place().startDatabase();
    if (!killedMeanwhile) {
      stage.program().awaitTradingState("ACTIVE");
      stage.sleepUpTo(500);
      stage.kill();
    }
    stage.restart();
    return true;
  }

  boolean crashInCommit() throws IOException {
    At at = stage.random().nextBoolean() ? At.BEFORE : At.AFTER;
    String kind = stage.random().nextBoolean() ? "signal-received" : "order-intended";
    var trap = stage.database().arm(at, commit -> commit.has(kind));
    stage.senders().burst(BURST);
    var caught = trap.await(CAUGHT_WITHIN);
    stage.place().crashDatabase();
    databaseCrashes++;
    trap.discard();
    stage.place().startDatabase();
    stage.notes().mustNeverBeSent(intended(caught));
    stage.program().awaitTradingState("ACTIVE");
    stage.sleepUpTo(500);
    stage.kill();
    stage.restart();
    return caught.isPresent();
  }

  /** The checkpoint is in its file, and not yet in the database, or there already. */
  boolean aroundCheckpoint() {
    At at = stage.random().nextBoolean() ? At.BEFORE : At.AFTER;
    var trap = stage.database().arm(at, commit -> commit.has("checkpoint"));
    stage.senders().burst(BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    stage.kill();
    trap.discard();
    stage.restart();
    return reached;
  }

  boolean readOnly() throws SQLException, IOException {
    stage.place().forbidWrites();
    // What was queued before may still end; the lease of the last commit is over after this.
    Stage.sleep(4_500);
    int sentBefore = stage.place().krakenLog().addOrders();
    List<Senders.Delivery> burst = stage.senders().burst(BURST);
    Stage.sleep(1_500);
    nothingIsTakenOrSent(burst, sentBefore);
    boolean killedMeanwhile = stage.random().nextBoolean();
    if (killedMeanwhile) {
      stage.kill();
    }
    stage.place().allowWrites();
    goOn(killedMeanwhile);
    return true;
  }

  /** Signals come until no more fit. */
  boolean diskFull() throws IOException {
    stage.place().fillDisk();
    boolean full = false;
    for (int i = 0; !full && i < MOST_BURSTS_UNTIL_FULL; i++) {
      List<Senders.Delivery> burst = stage.senders().burst(BURST);
      full = !stage.acknowledged(burst, Duration.ofSeconds(2));
    }
    // Long enough for the lease of the last commit that went through.
    boolean down = !stage.place().databaseAnswers();
    Stage.sleep(4_500);
    int sentBefore = stage.place().krakenLog().addOrders();
    List<Senders.Delivery> late = stage.senders().burst(BURST);
    Stage.sleep(1_500);
    // A full disk may have room in a page here and there: what is stored there may be answered, and
    // must then
    // be in the journal, which is checked after every trial. A server that is down has stored
    // nothing.
    if (down && !stage.place().databaseAnswers()) {
      nothingIsTakenOrSent(late, sentBefore);
    }
    boolean killedMeanwhile = stage.random().nextBoolean();
    if (killedMeanwhile) {
      stage.kill();
    }
    stage.place().freeDisk();
    // A server that could not write its log has stopped.
    stage.place().startDatabase();
    goOn(killedMeanwhile);
    return full;
  }

  private void nothingIsTakenOrSent(List<Senders.Delivery> burst, int sentBefore) {
    if (burst.stream().anyMatch(Senders.Delivery::acknowledged)) {
      stage.notes().problem("a sender was answered with success while nothing could be stored");
    }
    if (stage.place().krakenLog().addOrders() != sentBefore) {
      stage.notes().problem("an order was sent while nothing could be stored");
    }
  }

  private void goOn(boolean killedMeanwhile) {
    if (!killedMeanwhile) {
      stage.program().awaitTradingState("ACTIVE");
      stage.kill();
    }
    stage.restart();
  }
}
