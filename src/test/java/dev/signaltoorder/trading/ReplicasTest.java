package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.journal.Bell;
import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.trading.ReplicaHouse.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes over one database, with real loops and leases. */
class ReplicasTest {
  private static final String MAIN = "main";
  private final ReplicaHouse house = new ReplicaHouse(MAIN);

  @AfterEach
  void close() {
    house.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
  }

  private static void awaitLeader(Replica replica) {
    soon().until(() -> replica.leads().contains(MAIN));
  }

  private void awaitOutcome(Receipt receipt, String outcome) {
    UUID signalId = ((Receipt.Accepted) receipt).signalId();
    soon().untilAsserted(() -> assertThat(house.outcome(signalId)).isEqualTo(outcome));
  }

  @Test
  void aDeliveryThatAnotherProcessTookIsTradedOnceAndKnownEverywhere() {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");

    Receipt taken = other.deliver(MAIN, "msg-1", "body");
    awaitOutcome(taken, "FILLED");

    UUID signalId = ((Receipt.Accepted) taken).signalId();
    assertThat(other.leads()).isEmpty();
    assertThat(house.kraken().orders()).hasSize(1);
    assertThat(leader.deliver(MAIN, "msg-1", "body")).isEqualTo(new Receipt.Duplicate(signalId));
    assertThat(other.deliver(MAIN, "msg-1", "body")).isEqualTo(new Receipt.Duplicate(signalId));
    assertThat(house.number("select count(*) from handed_over")).isZero();
    assertThat(house.facts(MAIN, "signal-received")).isEqualTo(1);
  }

  @Test
  void anotherBodyUnderAKnownIdIsAConflictWhereverItArrives() {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");
    Receipt first = leader.deliver(MAIN, "msg-1", "body");
    UUID firstId = ((Receipt.Accepted) first).signalId();

    assertThat(other.deliver(MAIN, "msg-1", "another")).isEqualTo(new Receipt.Conflict(firstId));
    assertThat(leader.deliver(MAIN, "msg-1", "a third")).isEqualTo(new Receipt.Conflict(firstId));

    soon().untilAsserted(() -> assertThat(house.facts(MAIN, "delivery-conflict")).isEqualTo(2));
    awaitOutcome(first, "FILLED");
    assertThat(house.kraken().orders()).hasSize(1);
  }

  @Test
  void oneDeliveryIdAtBothInTheSameMomentIsOneSignal() throws Exception {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");
    int deliveries = 60;
    List<Callable<Receipt>> work = new ArrayList<>();
    for (int i = 0; i < deliveries; i++) {
      String id = "msg-" + i;
      work.add(() -> leader.deliver(MAIN, id, "body"));
      work.add(() -> other.deliver(MAIN, id, "body"));
    }

    List<Receipt> receipts = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Receipt> each : senders.invokeAll(work)) {
        receipts.add(each.get());
      }
    }

    Set<UUID> ids = new TreeSet<>();
    for (int i = 0; i < deliveries; i++) {
      UUID one = idOf(receipts.get(2 * i));
      assertThat(idOf(receipts.get(2 * i + 1))).isEqualTo(one);
      ids.add(one);
    }
    assertThat(ids).hasSize(deliveries);
    soon().untilAsserted(() -> assertThat(house.facts(MAIN, "signal-decided")).isEqualTo(60));
    assertThat(house.facts(MAIN, "signal-received")).isEqualTo(deliveries);
    // On a very slow machine a price may grow too old before it is used: that is an end as well.
    soon()
        .untilAsserted(
            () ->
                assertThat(house.facts(MAIN, "order-ended") + house.facts(MAIN, "order-not-placed"))
                    .as(() -> house.course(MAIN))
                    .isEqualTo(house.facts(MAIN, "order-intended"))
                    .isPositive());
    assertThat(house.kraken().orders())
        .hasSize(Math.toIntExact(house.facts(MAIN, "order-ended")))
        .extracting(AddOrderRequest::clientOrderId)
        .doesNotHaveDuplicates();
    assertThat(house.facts(MAIN, "loop-started")).as("the race ended no term").isEqualTo(1);
  }

  private static UUID idOf(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Accepted accepted -> accepted.signalId();
      case Receipt.Duplicate duplicate -> duplicate.signalId();
      case Receipt.Conflict conflict -> throw new AssertionError("a conflict: " + conflict);
    };
  }

  @Test
  void whenTheLeaderStopsTheOtherTakesOverAndTradesWhatWaited() {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");

    leader.close();
    Receipt taken = leader.deliver(MAIN, "msg-1", "body");

    awaitLeader(other);
    awaitOutcome(taken, "FILLED");
    assertThat(house.kraken().orders()).hasSize(1);
  }

  @Test
  void aLeaderWithoutDatabaseIsReplacedAndComesBackWithoutHarm() {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");
    awaitOutcome(leader.deliver(MAIN, "msg-1", "body"), "FILLED");

    leader.cutOff();
    awaitLeader(other);
    assertThatThrownBy(() -> leader.deliver(MAIN, "msg-2", "body"))
        .hasMessageContaining("the database is away");
    leader.reconnect();

    awaitOutcome(leader.deliver(MAIN, "msg-2", "body"), "FILLED");
    assertThat(leader.leads()).isEmpty();
    assertThat(house.kraken().orders()).hasSize(2);
  }

  @Test
  void webhooksAreTakenWhileNobodyLeads() {
    Replica unable =
        house.open(
            "unable",
            () -> {
              throw new IllegalStateException("the key files cannot be used");
            });

    Receipt taken = unable.deliver(MAIN, "msg-1", "body");
    assertThat(unable.deliver(MAIN, "msg-1", "body")).isEqualTo(new Receipt.Duplicate(idOf(taken)));
    unable.close();
    house.open("able");

    awaitOutcome(taken, "FILLED");
  }

  @Test
  void commandsWorkWhereverTheyAreGiven() {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");

    CommandResult halted = other.command(MAIN, new Message.Halt("ALL", "anna", "news"));
    Receipt during = leader.deliver(MAIN, "msg-1", "body");
    awaitOutcome(during, "HALTED");
    CommandResult resumed = other.command(MAIN, new Message.Resume("anna", "calm"));
    CommandResult again = other.command(MAIN, new Message.Resume("anna", "calm"));
    awaitOutcome(other.deliver(MAIN, "msg-2", "body"), "FILLED");

    assertThat(halted).isEqualTo(new CommandResult(true, "halted: ALL"));
    assertThat(resumed.done()).isTrue();
    assertThat(again).isEqualTo(new CommandResult(false, "not halted"));
    assertThat(house.kraken().orders()).hasSize(1);
  }

  @Test
  void aHaltHoldsThoughNobodyLeadsAndTheNextLeaderCarriesItOutFirst() {
    Replica unable =
        house.open(
            "unable",
            () -> {
              throw new IllegalStateException("the key files cannot be used");
            });
    Receipt before = unable.deliver(MAIN, "msg-1", "body");

    CommandResult halted = unable.command(MAIN, new Message.Halt("ALL", "anna", "news"));
    unable.close();
    house.open("able");

    assertThat(halted.done()).isTrue();
    awaitOutcome(before, "HALTED");
    assertThat(house.kraken().orders()).isEmpty();
    assertThat(house.facts(MAIN, "trading-halted")).isEqualTo(1);
  }

  @Test
  void anyOtherCommandThatNobodyCarriesOutIsTakenBack() {
    Replica unable =
        house.open(
            "unable",
            () -> {
              throw new IllegalStateException("the key files cannot be used");
            });
    RemoteCommands impatient =
        new RemoteCommands(
            unable.tables(), new Bell(house.runtime(), account -> {}), Duration.ofMillis(300));

    assertThatThrownBy(() -> impatient.give(MAIN, new Message.Disarm("anna")))
        .isInstanceOf(CommandNotInForceException.class)
        .hasMessageContaining("taken back");
    unable.close();
    Replica able = house.open("able");

    awaitLeader(able);
    assertThat(house.facts(MAIN, "account-disarmed")).isZero();
  }

  @Test
  void statusSaysWhoLeadsElsewhere() {
    Replica leader = house.open("leader");
    awaitLeader(leader);
    Replica other = house.open("other");

    soon()
        .untilAsserted(
            () ->
                assertThat(other.accounts().elsewhere())
                    .singleElement()
                    .satisfies(
                        account -> {
                          assertThat(account.leader()).isEqualTo("leader");
                          assertThat(account.lastKnown())
                              .isNotNull()
                              .extracting(AccountStatus::rules)
                              .isNotNull();
                        }));
    assertThat(other.accounts().status()).isEmpty();
    assertThat(other.accounts().isServed(MAIN)).isTrue();
  }
}
