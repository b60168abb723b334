package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.StateSnapshots;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.trading.ReplicaHouse.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States saved in the database: used when the journal vouches for them, and only then. */
class SavedStateTest {
  private static final String MAIN = "main";
  private static final int SIGNALS = 30;
  private final ReplicaHouse house = new ReplicaHouse(MAIN);

  @AfterEach
  void close() {
    house.close();
  }

  @BeforeEach
  void liveAndStopCleanly() throws Exception {
    Replica replica = house.open("one");
    List<Callable<Receipt>> work = new ArrayList<>();
    for (int i = 0; i < SIGNALS; i++) {
      String id = "msg-" + i;
      work.add(() -> replica.deliver(MAIN, id, "body"));
    }
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      senders.invokeAll(work);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(house.facts(MAIN, "signal-decided"))
                    .as(() -> house.course(MAIN))
                    .isEqualTo(SIGNALS));
    // On a very slow machine a price may grow too old before it is used.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(house.facts(MAIN, "order-ended") + house.facts(MAIN, "order-not-placed"))
                    .as(() -> house.course(MAIN))
                    .isEqualTo(house.facts(MAIN, "order-intended"))
                    .isPositive());
    replica.close();
  }

  private Rebuild.Result rebuild(String program) {
    long size = house.number("select journal_size from lease where account = ?", MAIN);
    return new Rebuild(
            new FactReader(house.runtime()), new StateSnapshots(house.runtime()), program)
        .run(new Lease(MAIN, UUID.randomUUID(), 0, size), () -> {});
  }

  /** A program of another version trusts no saved state. */
  private Rebuild.Result fromAllFacts() {
    Rebuild.Result all = rebuild("another version");
    assertThat(all.savedAt()).isZero();
    return all;
  }

  @Test
  void aCleanStopLeavesAStateThatTheNextStartUses() {
    Rebuild.Result fast = rebuild("test");

    assertThat(fast.savedAt()).isGreaterThan(SIGNALS * 3L);
    assertThat(fast.size() - fast.savedAt()).isLessThan(20);
    assertThat(DeepComparison.differences(fromAllFacts().state(), fast.state())).isEmpty();
    assertThat(fast.state().factCount()).isEqualTo(fast.size());
  }

  @Test
  void aStateThatWasChangedIsNotBelievedEvenWithAFittingHashBesideIt() {
    house.run(
        """
        update state_snapshot set body =
          convert_to(replace(convert_from(body, 'UTF8'), '"armed":false', '"armed":true'), 'UTF8')
        """);
    house.run("update state_snapshot set sha256 = sha256(body)");

    Rebuild.Result rebuilt = rebuild("test");

    assertThat(rebuilt.savedAt()).isZero();
    assertThat(rebuilt.state().armed()).isFalse();
    assertThat(DeepComparison.differences(fromAllFacts().state(), rebuilt.state())).isEmpty();
  }

  @Test
  void aStateThatTheJournalDoesNotSpeakOfIsNotUsed() {
    house.run("update state_snapshot set seq = seq - 7");

    assertThat(rebuild("test").savedAt()).isZero();
  }

  @Test
  void theNextProcessGoesOnFromTheSavedState() {
    int before = house.kraken().orders().size();
    Replica next = house.open("two");

    Receipt receipt = next.deliver(MAIN, "msg-after", "body");

    UUID signalId = ((Receipt.Accepted) receipt).signalId();
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(house.outcome(signalId)).isEqualTo("FILLED"));
    assertThat(next.deliver(MAIN, "msg-3", "body")).isInstanceOf(Receipt.Duplicate.class);
    assertThat(house.kraken().orders()).hasSize(before + 1);
  }
}
