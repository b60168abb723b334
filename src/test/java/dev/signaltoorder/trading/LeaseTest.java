package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signaltoorder.journal.Appending;
import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.HandedOver;
import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.JournalException;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.WaitingDeliveries;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the database itself guarantees to a leader and against one. */
class LeaseTest {
  private static final String MAIN = "main";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(50);
  private final ReplicaHouse house = new ReplicaHouse(MAIN);
  private final Journal journal = new Journal(house.runtime());

  @AfterEach
  void close() {
    house.close();
  }

  private Batch batch() {
    return new Batch(
        house.clock().instant(),
        List.of(new JournalEntry("test", null, null, JsonNodeFactory.instance.objectNode(), null)),
        List.of());
  }

  private Lease take(Duration timeToLive) {
    return await()
        .until(
            () -> journal.takeLease(MAIN, UUID.randomUUID(), timeToLive),
            lease -> lease.isPresent())
        .orElseThrow();
  }

  @Test
  void whoLostTheLeaseCanNeitherAppendNorRenewNorReleaseIt() {
    Lease old = take(SHORT);
    Lease young = take(LONG);

    assertThatThrownBy(() -> journal.append(old, 0, batch(), LONG))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("no longer ours");
    assertThat(journal.renew(old, LONG)).isFalse();
    journal.release(old);

    journal.append(young, 0, batch(), LONG);
    assertThat(young.fencing()).isGreaterThan(old.fencing());
    assertThat(house.facts(MAIN, "test")).isEqualTo(1);
  }

  @Test
  void aLeaseThatEndedIsLostThoughNobodyTookIt() throws Exception {
    Lease lease = take(SHORT);
    Thread.sleep(SHORT.multipliedBy(3));

    assertThat(journal.renew(lease, LONG)).isFalse();
    assertThatThrownBy(() -> journal.append(lease, 0, batch(), LONG))
        .isInstanceOf(JournalException.class);
    assertThat(house.facts(MAIN, "test")).isZero();
  }

  @Test
  void whatWasClaimedIsFreeAgainWhenTheCommitFails() {
    Lease old = take(SHORT);
    Lease young = take(LONG);
    InboxEntry entry =
        new InboxEntry("demo", "msg-1", "hash", UUID.randomUUID(), house.clock().instant());

    try (Appending appending = journal.begin(old, 0, LONG)) {
      assertThat(appending.claim(List.of(entry))).isEmpty();
      assertThatThrownBy(() -> appending.commit(batch(), List.of()))
          .isInstanceOf(JournalException.class);
    }

    try (Appending appending = journal.begin(young, 0, LONG)) {
      assertThat(appending.claim(List.of(entry))).isEmpty();
      appending.commit(batch(), List.of());
    }
    assertThat(house.number("select count(*) from inbox")).isEqualTo(1);
  }

  @Test
  void aTransactionOfALeaderThatStoppedInTheMiddleIsEndedByTheDatabase() throws Exception {
    Lease old = take(SHORT);
    // Holds the lease's row and says nothing more, like a process that was frozen.
    Appending frozen = journal.begin(old, 0, Duration.ofSeconds(2));
    InboxEntry entry =
        new InboxEntry("demo", "msg-1", "hash", UUID.randomUUID(), house.clock().instant());
    frozen.claim(List.of(entry));
    WaitingDeliveries others = new WaitingDeliveries(house.runtime(), 10);

    // The same id elsewhere waits for the frozen one, but not for long.
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(JournalException.class)
        .until(
            () -> others.handOver(new HandedOver(0, MAIN, entry, new byte[0], "{}", null, null)),
            outcome -> outcome instanceof WaitingDeliveries.Outcome.Stored);

    assertThatThrownBy(() -> frozen.commit(batch(), List.of()))
        .isInstanceOf(JournalException.class);
    frozen.close();
  }

  @Test
  void noMoreDeliveriesWaitThanAllowed() throws Exception {
    WaitingDeliveries three = new WaitingDeliveries(house.runtime(), 3);
    for (int i = 0; i < 3; i++) {
      assertThat(three.handOver(delivery("msg-" + i)))
          .isEqualTo(new WaitingDeliveries.Outcome.Stored());
    }

    assertThat(three.handOver(delivery("msg-3"))).isEqualTo(new WaitingDeliveries.Outcome.Full());

    assertThat(house.number("select count(*) from inbox where delivery_id = 'msg-3'")).isZero();
    try (Connection connection = house.runtime().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from handed_over where delivery_id = 'msg-0'");
    }
    assertThat(three.handOver(delivery("msg-3"))).isEqualTo(new WaitingDeliveries.Outcome.Stored());
  }

  private HandedOver delivery(String id) {
    InboxEntry entry =
        new InboxEntry("demo", id, "hash", UUID.randomUUID(), house.clock().instant());
    return new HandedOver(0, MAIN, entry, new byte[0], "{}", null, null);
  }
}
