package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Trap.At;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** One trial for each crash point: several signals on their way, the kill, the next start. */
final class Trials {
  private final Stage stage;
  private final IntakeTrials intake;
  private final ExchangeTrials exchange;
  private final DatabaseTrials database;
  private final ProcessTrials process;
  private final ProtectionTrials protection;

  Trials(Stage stage) {
    this.stage = stage;
    this.intake = new IntakeTrials(stage);
    this.exchange = new ExchangeTrials(stage);
    this.database = new DatabaseTrials(stage);
    this.process = new ProcessTrials(stage);
    this.protection = new ProtectionTrials(stage);
  }

  int databaseCrashes() {
    return database.databaseCrashes();
  }

  /** The points that are wanted, but for those that need what this machine does not have. */
  Set<CrashPoint> possible() throws IOException {
    Set<CrashPoint> possible = EnumSet.allOf(CrashPoint.class);
    String wanted = System.getProperty("crash.points", "");
    if (!wanted.isBlank()) {
      possible.retainAll(Stream.of(wanted.split(",", -1)).map(CrashPoint::valueOf).toList());
    }
    if (!stage.place().diskCanBeFilled()) {
      possible.remove(CrashPoint.C16_DISK_FULL);
    }
    if (FalseClock.in(stage.place().folder()).isEmpty()) {
      possible.remove(CrashPoint.C17_CLOCK_JUMP);
    }
    return possible;
  }

  /**
   * One trial. The program trades when it begins, and again when it ends.
   *
   * @return whether the point was reached
   */
  boolean run(CrashPoint point) throws SQLException, IOException {
    boolean reached =
        switch (point) {
          case C1_BEFORE_INBOX_COMMIT -> intake.beforeInboxCommit();
          case C2_BEFORE_ANSWER -> intake.beforeAnswer();
          case C3_BEFORE_DECISION -> intake.beforeDecision();
          case C4_BEFORE_DECISION_COMMIT -> intake.beforeDecisionCommit();
          case C6_BEFORE_FIRST_BYTE -> intake.beforeFirstByte();
          case C7_BEFORE_ACCEPTANCE -> exchange.beforeAcceptance();
          case C8_BEFORE_REPLY -> exchange.beforeReply();
          case C9_BEFORE_OUTCOME_COMMIT -> exchange.atOutcomeCommit(At.BEFORE);
          case C9_AFTER_OUTCOME_COMMIT -> exchange.atOutcomeCommit(At.AFTER);
          case C10_BROKEN_REPLY -> exchange.brokenReply();
          case C11_DURING_LOOK_UP -> exchange.duringLookUp();
          case C11_DURING_START -> exchange.duringStart();
          case C12_COMMIT_ACK_LOST -> database.commitAckLost();
          case C12_DATABASE_CRASH -> database.crash();
          case C12_DATABASE_CRASH_IN_COMMIT -> database.crashInCommit();
          case C13_CHECKPOINT -> database.aroundCheckpoint();
          case C14_HALTED_IN_FLIGHT -> exchange.haltedInFlight();
          case C15_ROLLING_RESTART -> process.rollingRestart();
          case C15_PAUSED_LEADER -> process.pausedLeader();
          case C16_READ_ONLY_DATABASE -> database.readOnly();
          case C16_DISK_FULL -> database.diskFull();
          case C17_CLOCK_JUMP -> process.clockJump();
          case C18_STOP_INTENDED -> protection.stopIntended();
          case C18_STOP_BEFORE_ACCEPTANCE -> protection.stopBeforeAcceptance();
          case C18_STOP_BEFORE_REPLY -> protection.stopBeforeReply();
          case C18_STOP_CHANGE_SENT -> protection.stopChange(At.BEFORE);
          case C18_STOP_CHANGED -> protection.stopChange(At.AFTER);
          case C18_STOP_MOVE_SENT -> protection.stopMove(At.BEFORE);
          case C18_STOP_MOVED -> protection.stopMove(At.AFTER);
          case ANYWHERE -> process.anywhere();
        };
    stage.settlePrice();
    stage.database().disarm();
    stage.kraken().disarm();
    stage.place().exchange().faults().clear();
    return reached;
  }
}
