package dev.signaltoorder.crash;

import static dev.signaltoorder.crash.Stage.BURST;
import static dev.signaltoorder.crash.Stage.CAUGHT_WITHIN;
import static dev.signaltoorder.crash.Stage.SMALL_BURST;

import dev.signaltoorder.crash.Trap.At;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.Fault.Kind;
import dev.signaltoorder.testing.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** From the order's first byte to its outcome, and a halt in between: C7 to C11, C14. */
final class ExchangeTrials {
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(40);
  private static final List<Kind> BROKEN_REPLIES =
      List.of(
          Kind.ACCEPT_THEN_502_HTML,
          Kind.ACCEPT_THEN_SILENCE,
          Kind.ACCEPT_THEN_RESET,
          Kind.ACCEPT_THEN_UNAVAILABLE,
          Kind.TRUNCATED_JSON,
          Kind.NO_TXID,
          Kind.DROP_BEFORE_ACCEPT);

  private final Stage stage;
  private int brokenReplies;

  ExchangeTrials(Stage stage) {
    this.stage = stage;
  }

  boolean beforeAcceptance() {
    var trap = stage.kraken().arm(At.BEFORE, KrakenGate.Call::isAddOrder);
    stage.senders().burst(SMALL_BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    // More intents queue up behind the one that is held.
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

  boolean beforeReply() {
    var trap = stage.kraken().arm(At.AFTER, KrakenGate.Call::isAddOrder);
    stage.senders().burst(SMALL_BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    stage.sleepUpTo(300);
    stage.kill();
    trap.discard();
    stage.restart();
    return reached;
  }

  boolean atOutcomeCommit(At at) {
    var trap = stage.database().arm(at, commit -> commit.has("order-placed"));
    stage.senders().burst(BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    stage.kill();
    trap.discard();
    stage.restart();
    return reached;
  }

  /** All kinds in turn. */
  boolean brokenReply() {
    int which = brokenReplies++ % (BROKEN_REPLIES.size() + 1);
    if (which == BROKEN_REPLIES.size()) {
      stage.kraken().cutNextOrderReply();
    } else {
      stage
          .place()
          .exchange()
          .faults()
          .next("AddOrder", 1 + stage.random().nextInt(2), Fault.of(BROKEN_REPLIES.get(which)));
    }
    CompletableFuture<KrakenGate.Call> arrival = stage.place().krakenLog().nextAddOrder();
    stage.senders().burst(SMALL_BURST);
    boolean reached = arrived(arrival);
    stage.sleepUpTo(600);
    stage.kill();
    stage.restart();
    return reached;
  }

  boolean duringLookUp() {
    Kind kind = stage.random().nextBoolean() ? Kind.ACCEPT_THEN_RESET : Kind.DROP_BEFORE_ACCEPT;
    stage.place().exchange().faults().next("AddOrder", 2, Fault.of(kind));
    boolean reached = killAtLookUp(true);
    stage.launchNext();
    reached &= killAtLookUp(false);
    stage.restart();
    return reached;
  }

  private boolean killAtLookUp(boolean withBurst) {
    At at = stage.random().nextBoolean() ? At.BEFORE : At.AFTER;
    var trap = stage.kraken().arm(at, KrakenGate.Call::isLookUp);
    if (withBurst) {
      stage.senders().burst(SMALL_BURST);
    }
    boolean reached = trap.await(withBurst ? CAUGHT_WITHIN : TAKEN_OVER_WITHIN).isPresent();
    stage.kill();
    trap.discard();
    return reached;
  }

  /** Killed while it starts, with an order under way that nobody has heard of again. */
  boolean duringStart() {
    var trap = stage.kraken().arm(At.BEFORE, KrakenGate.Call::isAddOrder);
    stage.senders().burst(SMALL_BURST);
    trap.await(CAUGHT_WITHIN);
    stage.kill();
    trap.release();
    stage.launchNext();
    Stage.sleep(1_000);
    stage.sleepUpTo(5_000);
    stage.kill();
    stage.restart();
    return true;
  }

  boolean haltedInFlight() {
    KrakenLog log = stage.place().krakenLog();
    var trap = stage.kraken().arm(At.BEFORE, KrakenGate.Call::isAddOrder);
    stage.senders().burst(SMALL_BURST);
    boolean reached = trap.await(CAUGHT_WITHIN).isPresent();
    Answer halt =
        stage
            .program()
            .operator()
            .post("/operations/halt", Map.of("scope", "ALL", "reason", "a trial halts"));
    log.forbidAddOrders();
    if (halt.status() != 200) {
      stage.notes().problem("the halt was answered " + halt.status() + ": " + halt.body());
    }
    if (stage.random().nextBoolean()) {
      trap.release();
    }
    stage.sleepUpTo(500);
    stage.kill();
    trap.discard();
    stage.launchNext();
    stage.program().awaitTradingState("HALTED");
    stage.acknowledged(stage.senders().burst(2), Duration.ofSeconds(10));
    stage.kill();
    stage.launchNext();
    stage.program().awaitTradingState("HALTED");
    log.allowAddOrders();
    stage.program().operator().post("/operations/resume", Map.of("reason", "the trial is over"));
    stage.program().awaitTradingState("ACTIVE");
    return reached;
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
}
