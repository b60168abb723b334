package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest extends PaperExchangeFixture {

  private static final Duration LONG = Duration.ofMinutes(2);

  private void next(Fault.Kind kind) {
    exchange.faults().next("AddOrder", 1, Fault.of(kind));
  }

  private void next(Fault.Kind kind, Duration time) {
    exchange.faults().next("AddOrder", 1, new Fault(kind, time));
  }

  @Test
  void behindA502PageTheOrderIsPlaced() throws Exception {
    next(Fault.Kind.ACCEPT_THEN_502_HTML);

    HttpResponse<String> answer = trader.post("AddOrder", market("buy", "0.01"));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).startsWith("<html>");
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
  }

  @Test
  void behindSilenceTheOrderIsPlaced() {
    exchange.faults().always("AddOrder", Fault.of(Fault.Kind.ACCEPT_THEN_SILENCE));
    trader.patience(Duration.ofMillis(300));

    // Again where a slow machine had not even asked within so short a time.
    await()
        .atMost(LONG)
        .until(
            () -> {
              assertThatThrownBy(() -> trader.post("AddOrder", market("buy", "0.01")))
                  .isInstanceOf(HttpTimeoutException.class);
              return exchange.acceptedAddOrders() > 0;
            });
  }

  @Test
  void behindALostConnectionTheOrderIsPlacedOnce() {
    next(Fault.Kind.ACCEPT_THEN_RESET);

    assertThatThrownBy(() -> trader.post("AddOrder", market("buy", "0.01")))
        .isInstanceOf(IOException.class);
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
  }

  @Test
  void aConnectionDroppedBeforehandPlacesNothing() {
    next(Fault.Kind.DROP_BEFORE_ACCEPT);

    assertThatThrownBy(() -> trader.post("AddOrder", market("buy", "0.01")))
        .isInstanceOf(IOException.class);
    assertThat(exchange.acceptedAddOrders()).isZero();
  }

  @Test
  void halfAnAnswerIsNoJson() throws Exception {
    next(Fault.Kind.TRUNCATED_JSON);

    HttpResponse<String> answer = trader.post("AddOrder", market("buy", "0.01"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> new ObjectMapper().readTree(answer.body()))
        .isInstanceOfAny(JsonEOFException.class, JsonParseException.class);
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
  }

  @Test
  void anAnswerMayLackItsTxid() throws Exception {
    next(Fault.Kind.NO_TXID);

    String answer = trader.post("AddOrder", market("buy", "0.01")).body();

    assertThat(answer)
        .isEqualTo(
            "{\"error\":[],\"result\":{\"descr\":{\"order\":\"buy 0.01000000 XBTUSD @ market\"}}}");
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
  }

  @Test
  void aLateVisibleOrderIsInNoQueryUntilItsTimeHasCome() throws Exception {
    next(Fault.Kind.LATE_VISIBLE, Duration.ofSeconds(3));
    String txid = trader.place(market("buy", "0.01", "cl_ord_id=late-1"));

    assertThat(trader.result("ClosedOrders", "cl_ord_id=late-1").path("count").asInt()).isZero();
    assertThat(trader.result("OpenOrders", "cl_ord_id=late-1").path("open")).isEmpty();
    assertThat(trader.order(txid).isMissingNode()).isTrue();
    assertThat(trader.result("TradesHistory").path("count").asInt()).isZero();

    clock.advance(Duration.ofSeconds(3));
    assertThat(trader.result("ClosedOrders", "cl_ord_id=late-1").path("count").asInt())
        .isEqualTo(1);
  }

  @Test
  void aDelayedAnswerComesLate() throws Exception {
    next(Fault.Kind.DELAY, Duration.ofMillis(400));
    long before = System.nanoTime();

    trader.place(market("buy", "0.01"));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(350));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,EService:Unavailable",
    "RATE_LIMIT,EOrder:Rate limit exceeded",
    "REFUSED,EOrder:Insufficient funds",
    "LOCKOUT,EGeneral:Temporary lockout"
  })
  void aRefusalInFrontPlacesNothing(Fault.Kind kind, String error) throws Exception {
    next(kind);

    assertThat(trader.error("AddOrder", market("buy", "0.01"))).isEqualTo(error);
    assertThat(exchange.acceptedAddOrders()).isZero();
  }

  @Test
  void unavailableMayHideAPlacedOrder() throws Exception {
    next(Fault.Kind.ACCEPT_THEN_UNAVAILABLE);

    assertThat(trader.error("AddOrder", market("buy", "0.01"))).isEqualTo("EService:Unavailable");
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
  }

  @Test
  void aLateAcceptedOrderAppearsAfterTheSilence() {
    exchange.faults().always("AddOrder", new Fault(Fault.Kind.LATE_ACCEPT, Duration.ofMillis(500)));
    trader.patience(Duration.ofMillis(200));
    long begun = System.nanoTime();

    // Again where a slow machine had not even asked within so short a time.
    await()
        .atMost(LONG)
        .until(
            () -> {
              assertThatThrownBy(
                      () ->
                          trader.post(
                              "AddOrder", market("buy", "0.01", "deadline=2026-11-22T10:15:35Z")))
                  .isInstanceOf(HttpTimeoutException.class);
              boolean accepted = exchange.acceptedAddOrders() > 0;
              Duration passed = Duration.ofNanos(System.nanoTime() - begun);
              assertThat(accepted && passed.toMillis() < 500).as("sooner than it says").isFalse();
              return accepted;
            });
  }

  @Test
  void anOrderThatWouldBeAcceptedAfterItsDeadlineNeverAppears() throws Exception {
    trader.patience(Duration.ofMillis(200));
    boolean passedInTime = false;
    // Until the deadline has passed before the order would be accepted: a slow machine may be late.
    for (int attempt = 0; attempt < 100 && !passedInTime; attempt++) {
      next(Fault.Kind.LATE_ACCEPT, Duration.ofMillis(500));
      String id = "late-" + attempt;
      String deadline = "deadline=" + clock.instant().plusSeconds(5);
      long begun = System.nanoTime();
      assertThatThrownBy(
              () -> trader.post("AddOrder", market("buy", "0.01", "cl_ord_id=" + id, deadline)))
          .isInstanceOf(HttpTimeoutException.class);
      clock.advance(Duration.ofSeconds(10));
      passedInTime = System.nanoTime() - begun < Duration.ofMillis(500).toNanos();

      Thread.sleep(700);
      if (passedInTime) {
        assertThat(exchange.orders()).noneMatch(order -> id.equals(order.clientOrderId()));
      }
    }
    assertThat(passedInTime).isTrue();
  }

  @Test
  void aSwitchHoldsForAsManyCallsAsItWasSetFor() throws Exception {
    exchange.faults().next("AddOrder", 2, Fault.of(Fault.Kind.UNAVAILABLE));

    assertThat(trader.error("AddOrder", market("buy", "0.01"))).isNotEmpty();
    assertThat(trader.error("Balance")).isEmpty();
    assertThat(trader.error("AddOrder", market("buy", "0.01"))).isNotEmpty();
    assertThat(trader.error("AddOrder", market("buy", "0.01"))).isEmpty();
  }

  @Test
  void aSwitchForEveryEndpointHoldsUntilCleared() throws Exception {
    exchange.faults().always(FaultSwitches.EVERY_ENDPOINT, Fault.of(Fault.Kind.RATE_LIMIT));

    assertThat(trader.error("Balance")).isEqualTo("EAPI:Rate limit exceeded");
    assertThat(trader.ask("/0/public/Time").path("error").path(0).asText())
        .isEqualTo("EAPI:Rate limit exceeded");

    exchange.faults().clear();
    assertThat(trader.error("Balance")).isEmpty();
  }
}
