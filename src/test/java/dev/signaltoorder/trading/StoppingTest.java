package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.SendPermit;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.trading.ReplicaHouse.Replica;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A planned stop while an order is on its way. */
class StoppingTest {
  private static final String MAIN = "main";
  private static final String REFUSAL = "EOrder:Insufficient funds";

  private final ReplicaHouse house = new ReplicaHouse(MAIN);
  private final CountDownLatch sent = new CountDownLatch(1);
  private final CompletableFuture<Runnable> answer = new CompletableFuture<>();

  @AfterEach
  void close() {
    house.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
  }

  /** Its AddOrder goes out, and is answered when {@link #answer} is run. */
  private Exchange slow() {
    Exchange prompt = house.kraken().open();
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addOrder")) {
                send((SendPermit) arguments[1], refused(arguments[2]));
                return null;
              }
              return passOn(prompt, method, arguments);
            });
  }

  private static @Nullable Object passOn(
      Exchange exchange, Method method, @Nullable Object[] arguments) throws Throwable {
    try {
      return method.invoke(exchange, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("unchecked")
  private Runnable refused(Object done) {
    CallRecord call =
        Samples.call(
            UUID.randomUUID(),
            "AddOrder",
            house.clock().instant(),
            Samples.reply("{\"error\":[\"" + REFUSAL + "\"]}"));
    return () ->
        ((BiConsumer<CallRecord, AddOrderVerdict>) done)
            .accept(call, new AddOrderVerdict.NotPlaced(REFUSAL, true));
  }

  private void send(SendPermit permit, Runnable answered) {
    assertThat(permit.begin()).isNull();
    answer.complete(
        () -> {
          permit.done();
          answered.run();
        });
    sent.countDown();
  }

  private Replica leader() {
    Replica leader = house.open("leader", this::slow);
    soon().until(() -> leader.leads().contains(MAIN));
    return leader;
  }

  private static UUID taken(Receipt receipt) {
    return ((Receipt.Accepted) receipt).signalId();
  }

  @Test
  void theAnswerToWhatWasSentIsHeardBeforeTheEnd() throws Exception {
    Replica leader = leader();
    UUID signalId = taken(leader.deliver(MAIN, "msg-1", "body"));
    sent.await();

    CompletableFuture<Void> stop = CompletableFuture.runAsync(leader::close);
    Thread.sleep(700);
    UUID late = taken(leader.deliver(MAIN, "msg-2", "another"));
    Thread.sleep(300);
    assertThat(stop).isNotDone();
    answer.join().run();
    stop.join();

    assertThat(house.outcome(signalId)).isEqualTo("REFUSED_BY_EXCHANGE");
    assertThat(house.facts(MAIN, "order-in-doubt")).isZero();
    assertThat(
            house.number(
                "select count(*) from journal where account = ? and kind = 'kraken-called'"
                    + " and body ->> 'purpose' = 'add-order'",
                MAIN))
        .isEqualTo(1);
    assertThat(house.facts(MAIN, "signal-decided")).as("nothing new is decided").isEqualTo(1);

    Replica next = house.open("next");
    soon().until(() -> next.leads().contains(MAIN));
    soon().untilAsserted(() -> assertThat(house.outcome(late)).isEqualTo("FILLED"));
    assertThat(house.kraken().orders()).hasSize(1);
  }

  @Test
  void anAnswerThatDoesNotComeIsNotAwaitedForEver() throws Exception {
    Replica leader = leader();
    UUID signalId = taken(leader.deliver(MAIN, "msg-1", "body"));
    sent.await();

    CompletableFuture<Void> stop = CompletableFuture.runAsync(leader::close);

    soon().until(stop::isDone);
    assertThat(stop).isCompleted();
    Replica next = house.open("next");
    soon().until(() -> next.leads().contains(MAIN));
    assertThat(house.facts(MAIN, "order-in-doubt")).isEqualTo(1);
    assertThat(house.outcome(signalId)).isEqualTo("UNKNOWN");
  }
}
