package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest extends PaperExchangeFixture {

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
    next(Fault.Kind.ACCEPT_THEN_SILENCE);
    trader.patience(Duration.ofMillis(300));

    assertThatThrownBy(() -> trader.post("AddOrder", market("buy", "0.01")))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(exchange.acceptedAddOrders()).isEqualTo(1);
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
    next(Fault.Kind.LATE_ACCEPT, Duration.ofMillis(500));
    trader.patience(Duration.ofMillis(200));

    assertThatThrownBy(
            () -> trader.post("AddOrder", market("buy", "0.01", "deadline=2026-11-22T10:15:35Z")))
        .isInstanceOf(HttpTimeoutException.class);

    assertThat(exchange.acceptedAddOrders()).isZero();
    Awaitility.await().until(() -> exchange.acceptedAddOrders() == 1);
  }

  @Test
  void anOrderThatWouldBeAcceptedAfterItsDeadlineNeverAppears() throws Exception {
    next(Fault.Kind.LATE_ACCEPT, Duration.ofMillis(500));
    trader.patience(Duration.ofMillis(200));

    assertThatThrownBy(
            () -> trader.post("AddOrder", market("buy", "0.01", "deadline=2026-11-22T10:15:35Z")))
        .isInstanceOf(HttpTimeoutException.class);
    clock.advance(Duration.ofSeconds(10));

    Thread.sleep(700);
    assertThat(exchange.acceptedAddOrders()).isZero();
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
