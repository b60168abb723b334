package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.SendPermit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendGateTest {
  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(42 * SECOND);

  @Test
  void nothingBeginsBeforeTheLeaseIsKnown() {
    SendGate gate = new SendGate(nanos::get, MARGIN);

    assertThat(buy(gate).begin()).contains("lease");
  }

  @Test
  void aCallBeginsWhileTheLeaseLasts() {
    assertThat(buy(open()).begin()).isNull();
  }

  @Test
  void noCallBeginsWhenTheLeaseMayEndBeforeIt() {
    SendGate gate = open();
    nanos.addAndGet(3 * SECOND + 1);

    assertThat(buy(gate).begin()).contains("lease");
  }

  @Test
  void aCallThatIsTooLateDoesNotBegin() {
    SendPermit permit = open().permit(false, () -> "the price is too old");

    assertThat(permit.begin()).isEqualTo("the price is too old");
  }

  @Test
  void aChangeBeginsInAHaltButNeverWithoutTheLease() {
    SendGate gate = open();
    gate.close("halted by anna", false, Duration.ZERO);
    assertThat(gate.changePermit().begin()).isNull();

    nanos.addAndGet(3 * SECOND + 1);
    assertThat(gate.changePermit().begin()).contains("lease");
  }

  @Test
  void aChangeDoesNotBeginOnceTheLoopHasEnded() {
    SendGate gate = open();
    gate.end();

    assertThat(gate.changePermit().begin()).contains("ended");
  }

  @Test
  void aClosedGateSaysWhyAndOpensAgain() {
    SendGate gate = open();
    gate.close("halted by anna", false, Duration.ZERO);
    assertThat(buy(gate).begin()).isEqualTo("halted by anna");

    gate.open();

    assertThat(buy(gate).begin()).isNull();
  }

  @Test
  void aGateClosedForBuysLetsSellsPass() {
    SendGate gate = open();
    gate.close("entries halted", true, Duration.ZERO);

    assertThat(buy(gate).begin()).isEqualTo("entries halted");
    assertThat(gate.permit(true, () -> null).begin()).isNull();
  }

  @Test
  void aProcessThatStopsBeginsNoEntryAndLoosensNoHalt() {
    SendGate gate = open();
    gate.leave();
    gate.open();
    assertThat(buy(gate).begin()).isEqualTo("the process is stopping");
    assertThat(gate.permit(true, () -> null).begin()).isNull();

    gate.close("halted by anna", false, Duration.ZERO);
    assertThat(gate.permit(true, () -> null).begin()).isEqualTo("halted by anna");
  }

  @Test
  void aGateThatEndedNeverOpensAgain() {
    SendGate gate = open();
    gate.end();
    gate.open();
    gate.leaseUntil(nanos.get() + 100 * SECOND);

    assertThat(buy(gate).begin()).contains("ended");
  }

  @Test
  void closingWaitsForACallThatHasBegun() throws InterruptedException {
    // Given
    SendGate gate = new SendGate(System::nanoTime, MARGIN);
    gate.leaseUntil(System.nanoTime() + 100 * SECOND);
    SendPermit permit = buy(gate);
    assertThat(permit.begin()).isNull();
    AtomicBoolean over = new AtomicBoolean();
    Thread call =
        Thread.ofPlatform()
            .start(
                () -> {
                  sleep(150);
                  over.set(true);
                  permit.done();
                });

    // When
    gate.close("halted", false, Duration.ofSeconds(20));

    // Then
    assertThat(over).isTrue();
    call.join();
  }

  @Test
  void closingDoesNotWaitLongerThanItsPatience() {
    // Given
    SendGate gate = new SendGate(System::nanoTime, MARGIN);
    gate.leaseUntil(System.nanoTime() + 100 * SECOND);
    assertThat(buy(gate).begin()).isNull();
    long before = System.nanoTime();

    // When
    gate.close("halted", false, Duration.ofMillis(100));

    // Then
    assertThat(System.nanoTime() - before).isBetween(90_000_000L, 20 * SECOND);
    assertThat(buy(gate).begin()).isEqualTo("halted");
  }

  @Test
  void onceCloseHasReturnedNoCallBeginsOnAnyThread() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      // Given
      SendGate gate = new SendGate(System::nanoTime, MARGIN);
      gate.leaseUntil(System.nanoTime() + 100 * SECOND);
      AtomicBoolean closed = new AtomicBoolean();
      AtomicInteger begunAfter = new AtomicInteger();
      AtomicInteger begun = new AtomicInteger();
      CountDownLatch running = new CountDownLatch(3);
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        senders.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      boolean wasClosed = false;
                      while (!wasClosed) {
                        wasClosed = closed.get();
                        SendPermit permit = buy(gate);
                        if (permit.begin() == null) {
                          begun.incrementAndGet();
                          if (wasClosed) {
                            begunAfter.incrementAndGet();
                          }
                          permit.done();
                        }
                        running.countDown();
                      }
                    }));
      }
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

      // When
      gate.close("halted", false, Duration.ofSeconds(20));
      closed.set(true);

      // Then
      for (Thread sender : senders) {
        sender.join();
      }
      assertThat(begun.get()).isPositive();
      assertThat(begunAfter).hasValue(0);
    }
  }

  private SendGate open() {
    SendGate gate = new SendGate(nanos::get, MARGIN);
    gate.leaseUntil(nanos.get() + 4 * SECOND);
    return gate;
  }

  private static SendPermit buy(SendGate gate) {
    return gate.permit(false, () -> null);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
