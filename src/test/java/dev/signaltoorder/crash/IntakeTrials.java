package dev.signaltoorder.crash;

import static dev.signaltoorder.crash.Stage.BURST;
import static dev.signaltoorder.crash.Stage.CAUGHT_WITHIN;
import static dev.signaltoorder.crash.Stage.SMALL_BURST;
import static dev.signaltoorder.crash.Stage.deliveries;
import static dev.signaltoorder.crash.Stage.intended;

import dev.signaltoorder.crash.Trap.At;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** From the delivery's first byte to the order's first byte: C1 to C6. */
final class IntakeTrials {
  private final Stage stage;

  IntakeTrials(Stage stage) {
    this.stage = stage;
  }

  boolean beforeInboxCommit() throws SQLException {
    var trap = stage.database().arm(At.BEFORE, commit -> commit.has("signal-received"));
    stage.senders().burst(BURST);
    var caught = trap.await(CAUGHT_WITHIN);
    stage.kill();
    trap.discard();
    for (String delivery : deliveries(caught)) {
      if (stage.stored(delivery).isPresent()) {
        stage.notes().problem("stored although its COMMIT never reached the database: " + delivery);
      }
    }
    stage.restart();
    return caught.isPresent();
  }

  boolean beforeAnswer() throws SQLException {
    var trap = stage.database().arm(At.AFTER, commit -> commit.has("signal-received"));
    stage.senders().burst(BURST);
    var caught = trap.await(CAUGHT_WITHIN);
    stage.kill();
    trap.discard();
    for (String delivery : deliveries(caught)) {
      stage
          .stored(delivery)
          .ifPresentOrElse(
              signalId -> stage.notes().storedUnanswered(delivery, signalId),
              () -> stage.notes().problem("committed, and lost by a kill: " + delivery));
    }
    stage.notes().mustNeverBeSent(intended(caught));
    stage.restart();
    return caught.isPresent();
  }

  boolean beforeDecision() throws SQLException {
    stage.letPricesGrowOld();
    List<Senders.Delivery> burst = stage.senders().burst(BURST);
    boolean reached =
        Stage.within(Duration.ofSeconds(4), () -> stage.acknowledgedUndecided(burst) > 0);
    stage.kill();
    boolean undecided = stage.acknowledgedUndecided(burst) > 0;
    stage.kraken().answerPrices();
    stage.restart();
    return reached && undecided;
  }

  boolean beforeDecisionCommit() throws SQLException {
    stage.letPricesGrowOld();
    var trap =
        stage
            .database()
            .arm(
                At.BEFORE,
                commit -> commit.has("signal-decided") && !commit.has("signal-received"));
    List<Senders.Delivery> burst = stage.senders().burst(BURST);
    Stage.within(Duration.ofSeconds(3), () -> stage.acknowledgedUndecided(burst) > 0);
    stage.kraken().answerPrices();
    var caught = trap.await(CAUGHT_WITHIN);
    stage.kill();
    trap.discard();
    Set<String> intended = intended(caught);
    for (String orderId : intended) {
      if (stage
              .place()
              .sql()
              .number("select count(*) from journal where order_id = ?", UUID.fromString(orderId))
          > 0) {
        stage
            .notes()
            .problem("intent stored although its COMMIT never reached the database: " + orderId);
      }
    }
    stage.notes().mustNeverBeSent(intended);
    stage.restart();
    return caught.isPresent();
  }

  boolean beforeFirstByte() {
    var trap = stage.database().arm(At.AFTER, commit -> commit.has("order-intended"));
    stage.senders().burst(SMALL_BURST);
    var caught = trap.await(CAUGHT_WITHIN);
    stage.kill();
    trap.discard();
    stage.notes().mustNeverBeSent(intended(caught));
    stage.restart();
    return caught.isPresent();
  }
}
