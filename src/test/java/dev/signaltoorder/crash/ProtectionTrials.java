package dev.signaltoorder.crash;

import static dev.signaltoorder.crash.Stage.CAUGHT_WITHIN;
import static dev.signaltoorder.crash.Stage.SMALL_BURST;
import static dev.signaltoorder.crash.Stage.intended;

import dev.signaltoorder.crash.Trap.At;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A stop on its way to the exchange, its changes and its moves: C18. */
final class ProtectionTrials {
  private static final Duration PROTECTED_WITHIN = Duration.ofSeconds(30);
  private static final Duration MOVED_WITHIN = Duration.ofSeconds(90);

  private final Stage stage;

  ProtectionTrials(Stage stage) {
    this.stage = stage;
  }

  boolean stopIntended() {
    // Nothing is decided in it: so the order it intends is none of a signal's own.
    var trap =
        stage
            .database()
            .arm(At.AFTER, commit -> commit.has("order-intended") && !commit.has("signal-decided"));
    buy();
    var caught = trap.await(CAUGHT_WITHIN);
    stage.kill();
    trap.discard();
    stage.notes().mustNeverBeSent(intended(caught));
    stage.restart();
    return caught.isPresent();
  }

  boolean stopBeforeAcceptance() {
    var trap = stage.kraken().arm(At.BEFORE, KrakenGate.Call::isStop);
    buy();
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    stage.sleepUpTo(400);
    stage.kill();
    switch (stage.random().nextInt(3)) {
      case 0 -> trap.release();
      case 1 -> {
        int laterMs = 200 + stage.random().nextInt(1_300);
        CompletableFuture.delayedExecutor(laterMs, TimeUnit.MILLISECONDS).execute(trap::release);
      }
      default -> trap.discard();
    }
    stage.restart();
    return reached;
  }

  boolean stopBeforeReply() {
    var trap = stage.kraken().arm(At.AFTER, KrakenGate.Call::isStop);
    buy();
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    stage.sleepUpTo(300);
    stage.kill();
    trap.discard();
    stage.restart();
    return reached;
  }

  /** A second entry makes the stop larger; or a sell waits until the stop is smaller. */
  boolean stopChange(At at) {
    String strategy = stage.senders().freshStrategy();
    stage.senders().protectedBuy(strategy, "0.004");
    boolean rests = Stage.within(PROTECTED_WITHIN, () -> isProtected(strategy));
    var trap = stage.kraken().arm(at, KrakenGate.Call::isAmend);
    if (stage.random().nextBoolean()) {
      stage.senders().sell(strategy, "0.001");
    } else {
      stage.senders().protectedBuy(strategy, "0.002");
    }
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    stage.kill();
    if (stage.random().nextBoolean()) {
      trap.release();
    } else {
      trap.discard();
    }
    stage.restart();
    return rests && reached;
  }

  /** The price rises, a stop follows it; what was decided is done by the next program. */
  boolean stopMove(At at) {
    String strategy = stage.senders().freshStrategy();
    stage.senders().trailedBuy(strategy, "0.003");
    boolean rests = Stage.within(PROTECTED_WITHIN, () -> isProtected(strategy));
    var trap = stage.kraken().arm(at, KrakenGate.Call::isStopMove);
    stage.riseToTargets();
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    boolean decided = Stage.within(CAUGHT_WITHIN, () -> hasMoved(strategy));
    stage.killOnly();
    if (stage.random().nextBoolean()) {
      trap.release();
    } else {
      trap.discard();
    }
    // The price is back soon: the stop has to stay where it was decided to be.
    stage.restart();
    if (rests && decided && !Stage.within(MOVED_WITHIN, () -> restsWhereItFollowed(strategy))) {
      stage.notes().problem("the stop of " + strategy + " did not follow the price");
    }
    return rests && reached && decided;
  }

  private boolean hasMoved(String strategy) throws SQLException {
    return stage
            .place()
            .sql()
            .number(
                "select count(*) from journal where kind = 'stop-moved' and body ->> 'strategy' = ?",
                strategy)
        > 0;
  }

  private boolean restsWhereItFollowed(String strategy) throws SQLException {
    Set<String> stops =
        stage
            .place()
            .sql()
            .rows(
                "select order_id from journal where kind = 'order-intended'"
                    + " and body #>> '{intent,protective,role}' = 'STOP'"
                    + " and body #>> '{intent,strategy}' = ?",
                strategy)
            .stream()
            .map(row -> String.valueOf(row.get("order_id")))
            .collect(Collectors.toSet());
    return stage.place().book().stream()
        .filter(order -> stops.contains(order.clientOrderId()) && order.rest().open())
        .map(order -> order.rest().trigger())
        .anyMatch(trigger -> trigger != null && trigger.compareTo(Senders.TRAILED) == 0);
  }

  private void buy() {
    stage.senders().protectedBuy(stage.senders().freshStrategy(), "0.003");
    stage.senders().burst(SMALL_BURST);
  }

  /** As far as the program knows, by its journal. */
  private boolean isProtected(String strategy) throws SQLException {
    return stage
            .place()
            .sql()
            .number(
                "select count(*) from journal i join journal p on p.order_id = i.order_id"
                    + " where i.kind = 'order-intended' and p.kind = 'order-placed'"
                    + " and i.body #>> '{intent,protective,role}' = 'STOP'"
                    + " and i.body #>> '{intent,strategy}' = ?",
                strategy)
        > 0;
  }
}
