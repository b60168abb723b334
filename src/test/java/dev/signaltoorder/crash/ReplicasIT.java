package dev.signaltoorder.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Two replicas of the packaged program under load, over one journal, one exchange and three
 * accounts. Senders deliver to either and turn to the other when one does not answer. Each test
 * ends with both replicas alive and everything settled, and the checker finds nothing.
 */
@Tag("crash")
@TestInstance(Lifecycle.PER_CLASS)
class ReplicasIT {
  private static final List<String> ACCOUNTS = List.of("main", "second", "third");

  // Longer than any lease: what a cut or paused leader held is over.
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(6);
  private static final Duration AT_REST_WITHIN = Duration.ofMinutes(6);

  private final Notes notes = new Notes();
  private Place place;
  private Senders senders;
  private Witness witness;
  private Replica a;
  private Replica b;

  @BeforeAll
  void start() throws Exception {
    long seed = Long.getLong("crash.seed", System.nanoTime());
    System.out.printf("ReplicasIT: seed %d%n", seed);
    place = new Place("replicas", seed, ACCOUNTS);
    place.krakenLog().severalPrograms(true);
    senders = new Senders(ACCOUNTS, false, new Random(seed));
    witness = new Witness(place, senders, notes);
    a = Replica.start("a", place);
    await("armed").atMost(Program.PATIENCE).until(this::armed);
    b = Replica.start("b", place);
    senders.find(a.program(), b.program());
  }

  private boolean armed() {
    boolean all = true;
    for (String account : ACCOUNTS) {
      all &= a.program().tradingState(account).equals("ACTIVE") || a.program().arms(account);
    }
    return all && a.led().equals(Set.copyOf(ACCOUNTS));
  }

  @AfterAll
  void stop() throws IOException {
    assertThat(place.checkpoints().problems(a.program(), "replica-a"))
        .as("BROKEN PROMISES: evidence")
        .isEmpty();
    a.close();
    b.close();
    senders.close();
    place.close();
    assertThat(place.secretsInLogs()).as("BROKEN PROMISES: secrets in a log").isEmpty();
  }

  /** With both alive, neither is left without accounts. */
  @BeforeEach
  void bothLead() {
    await("accounts are spread over both replicas")
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !a.led().isEmpty() && !b.led().isEmpty() && everythingIsLed());
  }

  private boolean everythingIsLed() {
    return a.led().size() + b.led().size() == ACCOUNTS.size();
  }

  @AfterEach
  void everythingSettlesAndHolds(TestInfo test) throws Exception {
    boolean settled =
        Stage.within(
            AT_REST_WITHIN,
            () ->
                senders.all().stream().allMatch(Senders.Delivery::acknowledged)
                    && witness.undone() == 0);
    List<String> problems = witness.trueAtRest(List.of(a.program(), b.program()));
    if (!settled || !problems.isEmpty()) {
      a.program().tellThreads();
      b.program().tellThreads();
      Stage.sleep(1_000);
      place.keepEvidence();
    }
    assertThat(problems).as("BROKEN PROMISES at rest after " + test.getDisplayName()).isEmpty();
    System.out.printf(
        "ReplicasIT: %s: at rest, %d deliveries, %d orders so far, all checked%n",
        test.getDisplayName(), senders.all().size(), place.exchange().orders().size());
  }

  @Test
  void aKilledLeaderIsReplaced() throws SQLException {
    Terms before = Terms.now(place);
    Set<String> led = a.led();
    underLoad(
        () -> {
          Stage.sleep(2_000);
          a.kill();
          long killed = System.nanoTime();
          Map<String, Duration> took = before.awaitNewer(place, led, killed);
          System.out.printf("ReplicasIT: takeover after kill -9: %s%n", took);
          Stage.sleep(2_000);
        });
    startAgain(a);
  }

  @Test
  void aLeaderThatStoodStillNeitherAppendsNorSends() throws SQLException {
    Terms before = Terms.now(place);
    Set<String> led = a.led();
    underLoad(
        () -> {
          Stage.sleep(1_500);
          a.program().pause();
          long paused = System.nanoTime();
          Map<String, Duration> took = before.awaitNewer(place, led, paused);
          System.out.printf("ReplicasIT: takeover after SIGSTOP: %s%n", took);
          Stage.sleep(LONGER_THAN_A_LEASE.toMillis());
          wakesUpToNothing(led);
          a.program().wakeUp();
          Stage.sleep(4_000);
        });
  }

  @Test
  void aLeaderCutFromTheDatabaseIsReplaced() throws SQLException {
    Terms before = Terms.now(place);
    Set<String> led = b.led();
    underLoad(
        () -> {
          Stage.sleep(1_500);
          b.database().silence();
          long cut = System.nanoTime();
          Map<String, Duration> took = before.awaitNewer(place, led, cut);
          System.out.printf("ReplicasIT: takeover after a cut from the database: %s%n", took);
          Stage.sleep(LONGER_THAN_A_LEASE.toMillis());
          b.database().appendsMeanTrouble(led, notes::problem);
          notes.mustNeverBeSent(Terms.now(place).unsentBefore(place, led));
          b.database().heal();
          Stage.sleep(3_000);
        });
  }

  @Test
  void aLeaderCutFromEverythingIsReplaced() throws SQLException {
    Terms before = Terms.now(place);
    Set<String> led = a.led();
    underLoad(
        () -> {
          Stage.sleep(1_500);
          a.database().silence();
          a.kraken().silence();
          long cut = System.nanoTime();
          Map<String, Duration> took = before.awaitNewer(place, led, cut);
          System.out.printf("ReplicasIT: takeover after a cut from everything: %s%n", took);
          Stage.sleep(LONGER_THAN_A_LEASE.toMillis());
          a.database().appendsMeanTrouble(led, notes::problem);
          // Its old connections never hear of it again: the machine behind them is another one now.
          a.database().cut();
          a.database().heal();
          a.kraken().heal();
          Stage.sleep(3_000);
        });
  }

  @Test
  void aLeaderCutFromTheExchangeGoesOnAfterwards() throws SQLException {
    underLoad(
        () -> {
          Stage.sleep(1_500);
          a.kraken().silence();
          Stage.sleep(LONGER_THAN_A_LEASE.toMillis());
          a.kraken().heal();
          Stage.sleep(2_000);
        });
  }

  @Test
  void aRollingRestartLosesNothing() throws SQLException {
    underLoad(
        () -> {
          for (Replica replica : List.of(a, b)) {
            Terms before = Terms.now(place);
            Set<String> led = replica.led();
            long asked = System.nanoTime();
            replica.program().askToEnd();
            Map<String, Duration> took = before.awaitNewer(place, led, asked);
            System.out.printf("ReplicasIT: takeover after SIGTERM: %s%n", took);
            replica.program().awaitEnd(Duration.ofMinutes(1));
            startAgain(replica);
          }
        });
  }

  @Test
  void aHaltAtEitherReplicaHoldsForAllAccounts() throws SQLException {
    underLoad(
        () -> {
          Stage.sleep(1_500);
          Answer halt =
              b.program()
                  .operator()
                  .post("/operations/halt", Map.of("scope", "ALL", "reason", "two replicas halt"));
          place.krakenLog().forbidAddOrders();
          assertThat(halt.status()).as(halt.body()).isEqualTo(200);
          Stage.sleep(3_000);
          place.krakenLog().allowAddOrders();
          Answer resume =
              a.program().operator().post("/operations/resume", Map.of("reason", "and go on"));
          assertThat(resume.status()).as(resume.body()).isEqualTo(200);
          Stage.sleep(1_000);
        });
  }

  /** From now on nothing of the terms that have ended may be appended or sent by the old leader. */
  private void wakesUpToNothing(Set<String> led) throws SQLException {
    a.database().appendsMeanTrouble(led, notes::problem);
    notes.mustNeverBeSent(Terms.now(place).unsentBefore(place, led));
  }

  private void underLoad(Scenario scenario) throws SQLException {
    Load load = Load.on(senders);
    try {
      scenario.run();
    } finally {
      load.close();
    }
  }

  /** What happens while signals come. */
  private interface Scenario {
    void run() throws SQLException;
  }

  private void startAgain(Replica replica) {
    replica.relaunch();
    senders.find(a.program(), b.program());
    replica.program().awaitAlive();
    await("all accounts are led")
        .atMost(Program.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(this::everythingIsLed);
  }
}
