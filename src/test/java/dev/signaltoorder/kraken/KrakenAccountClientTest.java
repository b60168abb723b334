package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.kraken.AddOrderVerdict.MaybePlaced;
import dev.signaltoorder.kraken.AddOrderVerdict.NotPlaced;
import dev.signaltoorder.kraken.AddOrderVerdict.Placed;
import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.CallOutcome.NoReply;
import dev.signaltoorder.kraken.CallOutcome.NotSent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KrakenAccountClientTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final byte[] SECRET = "a secret of sixteen bytes or more".getBytes(UTF_8);
  private static final ApiKey KEY = new ApiKey("public-key", SECRET);
  private static final String PLACED =
      "{\"error\":[],\"result\":{\"txid\":[\"O1\"],\"descr\":{\"order\":\"buy\"}}}";
  private static final String NO_ORDERS = "{\"error\":[],\"result\":{\"open\":{}}}";

  private final MovableClock clock = new MovableClock(START);
  private final MemoryNonceStore store = new MemoryNonceStore();
  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<CallRecord> observed = new CopyOnWriteArrayList<>();
  private final List<Ordered> ordered = new CopyOnWriteArrayList<>();
  private final List<Answer<?>> answers = new CopyOnWriteArrayList<>();
  private final KrakenAccountClient client = client();

  private record Ordered(CallRecord call, AddOrderVerdict verdict) {}

  /** Counts what it is asked. */
  private static final class Permit implements SendPermit {
    private final @Nullable String refusal;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    Permit(@Nullable String refusal) {
      this.refusal = refusal;
    }

    @Override
    public @Nullable String begin() {
      begun.incrementAndGet();
      return refusal;
    }

    @Override
    public void done() {
      ended.incrementAndGet();
    }
  }

  private KrakenAccountClient client() {
    SignedCalls calls =
        new SignedCalls(KEY, new Nonces(store, KEY.fingerprint(), clock), transport, clock);
    TradingBudget trading = new TradingBudget(RestTier.STARTER, false, START);
    Standstill standstill = new Standstill(RestTier.STARTER, 0, new Lockout(), () -> 0L);
    Timetable timetable = new Timetable(standstill, trading);
    KeyLine line = new KeyLine("test", calls, timetable, ReadGuard.NONE, clock, observed::add);
    AccountLines lines = new AccountLines(new KrakenKeys(KEY, KEY), (purpose, key) -> line);
    return new KrakenAccountClient(lines, trading, new KeysCheck(clock, false, () -> false), clock);
  }

  @AfterEach
  void close() {
    transport.letGo(1000);
    client.close();
  }

  private static AddOrderRequest order(Instant deadline) {
    return new AddOrderRequest(
        "XBTUSD",
        "buy",
        "limit",
        "0.00150000",
        "67350.0",
        "GTC",
        true,
        "6d1b345e-2821-40e2-ad83-4ecb18a06876",
        deadline,
        false);
  }

  private Permit addOrder() {
    return addOrder(new Permit(null), START.plusSeconds(8));
  }

  private Permit addOrder(Permit permit, Instant deadline) {
    client.addOrder(order(deadline), permit, (call, v) -> ordered.add(new Ordered(call, v)));
    return permit;
  }

  private Ordered onlyOrdered() {
    await().atMost(Duration.ofMinutes(2)).until(() -> !ordered.isEmpty());
    assertThat(ordered).hasSize(1);
    return ordered.getFirst();
  }

  private void awaitAnswers(int count) {
    await().atMost(Duration.ofMinutes(2)).until(() -> answers.size() >= count);
  }

  private static NotSent notSent(CallRecord call) {
    assertThat(call.outcome()).isInstanceOf(NotSent.class);
    return (NotSent) call.outcome();
  }

  @Test
  void anOrderGoesOutSignedOverItsVeryBytes() {
    transport.answering(PLACED);

    Permit permit = addOrder(new Permit(null), START.plusSeconds(8).plusNanos(123_999_999));

    Ordered result = onlyOrdered();
    ScriptedTransport.Sent sent = transport.sent().getFirst();
    assertThat(result.verdict()).isEqualTo(new Placed("O1"));
    assertThat(sent.body())
        .isEqualTo(
            "nonce="
                + START.getEpochSecond()
                + "000000000&ordertype=limit&type=buy&pair=XBTUSD&volume=0.00150000&price=67350.0"
                + "&timeinforce=GTC&oflags=post&cl_ord_id=6d1b345e-2821-40e2-ad83-4ecb18a06876"
                + "&deadline=2026-11-22T10%3A00%3A08.123Z");
    assertThat(sent.apiKey()).isEqualTo("public-key");
    assertThat(sent.apiSign())
        .isEqualTo(
            RequestSigner.sign(
                SECRET,
                "/0/private/AddOrder",
                START.getEpochSecond() + "000000000",
                sent.body().getBytes(UTF_8)));
    assertThat(result.call().request()).isEqualTo(sent.body());
    assertThat(result.call().endpoint()).isEqualTo("/0/private/AddOrder");
    assertThat(result.call().keyFingerprint()).isEqualTo(KEY.fingerprint());
    assertThat(result.call().callId().version()).isEqualTo(7);
    assertThat(permit.ended).hasValue(1);
  }

  @Test
  void aMarketOrderToValidateSaysSo() {
    client.addOrder(
        new AddOrderRequest(
            "XBTUSD", "sell", "market", "1", null, null, false, "id", START.plusSeconds(8), true),
        new Permit(null),
        (call, v) -> ordered.add(new Ordered(call, v)));

    onlyOrdered();
    assertThat(transport.sent().getFirst().body())
        .endsWith(
            "&ordertype=market&type=sell&pair=XBTUSD&volume=1&cl_ord_id=id"
                + "&deadline=2026-11-22T10%3A00%3A08.000Z&validate=true");
  }

  @Test
  void anOrderIsNeverRepeatedWhateverComesBack() {
    transport.answering(
        Calls.reply(200, "{\"error\":[\"EAPI:Invalid nonce\"]}"), Calls.reply(200, PLACED));

    addOrder();

    assertThat(onlyOrdered().verdict()).isEqualTo(new NotPlaced("EAPI:Invalid nonce", true));
    client.close();
    assertThat(transport.sent()).hasSize(1);
  }

  @Test
  void aLostReplyIsDoubtAndThePermitIsGivenBack() {
    transport.answering(new NoReply(Cause.TIMEOUT, "x"));

    Permit permit = addOrder();

    assertThat(onlyOrdered().verdict()).isInstanceOf(MaybePlaced.class);
    assertThat(permit.ended).hasValue(1);
    assertThat(transport.sent()).hasSize(1);
  }

  @Test
  void aDeadlineLessThanTwoAndAHalfSecondsAheadIsNotSentAndNoPermitTaken() {
    Permit permit = addOrder(new Permit(null), START.plusMillis(2499));

    assertThat(notSent(onlyOrdered().call()).cause()).isEqualTo(Cause.DEADLINE_TOO_NEAR);
    assertThat(ordered.getFirst().verdict())
        .isInstanceOfSatisfying(NotPlaced.class, v -> assertThat(v.sent()).isFalse());
    assertThat(permit.begun).hasValue(0);
    assertThat(permit.ended).hasValue(0);
    assertThat(transport.sent()).isEmpty();
  }

  @Test
  void aDeadlineTwoAndAHalfSecondsAheadIsSent() {
    transport.answering(PLACED);

    addOrder(new Permit(null), START.plusMillis(2500));

    assertThat(onlyOrdered().verdict()).isInstanceOf(Placed.class);
  }

  @Test
  void aDeadlineThatCameNearWhileWaitingIsNotSent() {
    transport.answering(NO_ORDERS);
    transport.hold();
    client.openOrders(null, answers::add);
    await().atMost(Duration.ofMinutes(2)).until(() -> transport.sent().size() == 1);
    addOrder(new Permit(null), START.plusSeconds(8));
    clock.move(Duration.ofSeconds(7));

    transport.letGo(1);

    assertThat(notSent(onlyOrdered().call()).cause()).isEqualTo(Cause.DEADLINE_TOO_NEAR);
    assertThat(transport.sent()).hasSize(1);
  }

  @Test
  void aRefusedPermitIsNotSentAndNotGivenBack() {
    Permit permit = addOrder(new Permit("halted"), START.plusSeconds(8));

    NotSent outcome = notSent(onlyOrdered().call());
    assertThat(outcome).isEqualTo(new NotSent(Cause.PERMIT_REFUSED, "halted"));
    assertThat(onlyOrdered().call().nonce()).isNull();
    assertThat(permit.ended).hasValue(0);
    assertThat(transport.sent()).isEmpty();
  }

  @Test
  void anOrderWithoutADurableNonceIsNotSent() {
    store.failing(true);

    Permit permit = addOrder();

    assertThat(notSent(onlyOrdered().call()).detail()).contains("no nonce");
    assertThat(permit.begun).hasValue(0);
    assertThat(transport.sent()).isEmpty();
  }

  @Test
  void oneCallIsInFlightAndOrdersGoFirst() {
    transport.hold();
    client.balances(answers::add);
    await().atMost(Duration.ofMinutes(2)).until(() -> transport.sent().size() == 1);
    client.tradeBalance("ZUSD", answers::add);
    client.openOrders("id", answers::add);
    client.cancelOrder("O1", answers::add);
    addOrder();

    transport.letGo(5);

    awaitAnswers(4);
    assertThat(transport.endpoints())
        .containsExactly("BalanceEx", "AddOrder", "CancelOrder", "OpenOrders", "TradeBalance");
    assertThat(transport.mostInFlight()).isEqualTo(1);
    assertThat(observed).hasSize(5);
    assertThat(observed.stream().map(CallRecord::nonce).toList())
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    List<Long> nonces = transport.sent().stream().map(s -> nonceOf(s.body())).toList();
    assertThat(nonces).isSorted();
  }

  private static long nonceOf(String body) {
    return Long.parseLong(body.substring("nonce=".length(), (body + "&").indexOf('&')));
  }

  @Test
  void aReadWithAStaleNonceIsRepeatedOnceAndBothCallsAreSeen() {
    transport.answering("{\"error\":[\"EAPI:Invalid nonce\"]}", NO_ORDERS);

    client.openOrders("id", answers::add);

    awaitAnswers(1);
    assertThat(answers.getFirst()).isInstanceOf(Answer.Success.class);
    assertThat(transport.sent()).hasSize(2);
    assertThat(observed).hasSize(2);
  }

  @Test
  void aReadWhoseNonceStaysStaleIsAFailure() {
    transport.answering("{\"error\":[\"EAPI:Invalid nonce\"]}");

    client.openOrders("id", answers::add);

    awaitAnswers(1);
    assertThat(answers.getFirst()).isInstanceOf(Answer.Failure.class);
    assertThat(transport.sent()).hasSize(2);
  }

  @Test
  void aCancelWithAStaleNonceIsNotRepeated() {
    transport.answering("{\"error\":[\"EAPI:Invalid nonce\"]}");

    client.cancelOrder("O1", answers::add);

    awaitAnswers(1);
    assertThat(transport.sent()).hasSize(1);
  }

  @Test
  void aLockoutRefusesEveryCallForAQuarterOfAnHour() {
    transport.answering("{\"error\":[\"EGeneral:Temporary lockout\"]}", NO_ORDERS);
    client.openOrders(null, answers::add);
    awaitAnswers(1);
    clock.move(Duration.ofMinutes(15).minusSeconds(1));

    client.openOrders(null, answers::add);
    addOrder(new Permit(null), START.plus(Duration.ofHours(1)));

    awaitAnswers(2);
    assertThat(notSent(answers.get(1).call()).cause()).isEqualTo(Cause.LOCKED_OUT);
    assertThat(notSent(onlyOrdered().call()).cause()).isEqualTo(Cause.LOCKED_OUT);
    assertThat(client.lockedUntil()).contains(START.plus(Duration.ofMinutes(15)));
    clock.move(Duration.ofSeconds(1));
    client.openOrders(null, answers::add);
    awaitAnswers(3);
    assertThat(answers.get(2)).isInstanceOf(Answer.Success.class);
    assertThat(transport.sent()).hasSize(2);
  }

  @Test
  void lookUpsWaitForTheCallCounterAndOrdersDoNot() {
    transport.answering(NO_ORDERS);
    for (int i = 0; i < 8; i++) {
      client.openOrders(null, answers::add);
    }
    awaitAnswers(7);

    addOrder();

    onlyOrdered();
    assertThat(answers).hasSize(7);
    clock.move(Duration.ofSeconds(4));
    awaitAnswers(8);
  }

  @Test
  void theKeyCheckGoesBeforeLookUpsThatWaitForTheCallCounter() {
    transport.answering(NO_ORDERS);
    for (int i = 0; i < 8; i++) {
      client.openOrders(null, answers::add);
    }
    awaitAnswers(7);

    client.keyInfo(KeyRole.BOTH, answers::add);

    awaitAnswers(8);
    assertThat(transport.endpoints()).hasSize(8).last().isEqualTo("GetApiKeyInfo");
  }

  @Test
  void routineReadsLeaveRoomForOrdersInDoubt() {
    transport.answering("{\"error\":[],\"result\":{}}");
    for (int i = 0; i < 11; i++) {
      client.balances(answers::add);
    }
    awaitAnswers(10);

    client.openOrders("id", answers::add);

    awaitAnswers(11);
    assertThat(transport.endpoints()).hasSize(11).last().isEqualTo("OpenOrders");
    assertThat(client.status().keys().getFirst().callBudget()).isEqualTo(3);
    assertThat(client.status().keys().getFirst().readsWaiting()).isEqualTo(1);
  }

  @Test
  void ordersBeyondTheTradingCounterWaitOrAreRefusedWithThatReason() {
    transport.answering(PLACED);
    for (int i = 0; i < 60; i++) {
      addOrder();
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 60);
    assertThat(client.status().tradingBudget()).containsEntry("XBTUSD", 0);

    for (int i = 0; i < 7; i++) {
      addOrder(new Permit(null), START.plusMillis(8500));
    }

    // Six may begin within the six seconds that are left; the seventh could not.
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 61);
    assertThat(notSent(ordered.getLast().call()).cause()).isEqualTo(Cause.BUDGET_EXHAUSTED);
    assertThat(ordered.getLast().verdict())
        .isInstanceOfSatisfying(
            NotPlaced.class,
            v ->
                assertThat(v.error())
                    .contains("trading counter of XBTUSD has room in 7000 ms")
                    .contains("not begin later than in 6000 ms"));
    for (int second = 1; second <= 6; second++) {
      int sent = 60 + second;
      clock.move(Duration.ofSeconds(1));
      await().atMost(Duration.ofMinutes(2)).until(() -> transport.sent().size() == sent);
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 67);
    assertThat(ordered).filteredOn(o -> o.verdict() instanceof Placed).hasSize(66);
  }

  @Test
  void onePairsFullCounterStopsNoOtherPair() {
    transport.answering("{\"error\":[\"EOrder:Rate limit exceeded\"]}", PLACED);
    addOrder();
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 1);

    addOrder();
    client.addOrder(
        new AddOrderRequest(
            "ETHUSD", "sell", "market", "1", null, null, false, "id", START.plusSeconds(8), false),
        new Permit(null),
        (call, v) -> ordered.add(new Ordered(call, v)));

    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 2);
    assertThat(ordered.getLast().call().request()).contains("ETHUSD");
    clock.move(Duration.ofSeconds(1));
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 3);
  }

  @Test
  void anOrderThatCannotBeginBeforeItsPriceIsTooOldIsNotSent() {
    transport.answering("{\"error\":[\"EOrder:Rate limit exceeded\"]}", PLACED);
    addOrder();
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 1);

    client.addOrder(
        order(START.plusSeconds(8)),
        new Permit(null).until(START.plusMillis(900)),
        (call, v) -> ordered.add(new Ordered(call, v)));

    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 2);
    assertThat(notSent(ordered.getLast().call()).cause()).isEqualTo(Cause.BUDGET_EXHAUSTED);
  }

  @Test
  void aCancelOfAYoungOrderCostsEight() {
    transport.answering(PLACED, "{\"error\":[],\"result\":{\"count\":1}}");
    addOrder();
    await().atMost(Duration.ofMinutes(2)).until(() -> ordered.size() == 1);

    client.cancelOrder("O1", answers::add);

    awaitAnswers(1);
    assertThat(client.status().tradingBudget()).containsEntry("XBTUSD", 60 - 1 - 8);
  }

  @Test
  void aKeyThatKrakenRefusesIsNotUsedAgainButByTheKeyCheck() {
    transport.answering("{\"error\":[\"EAPI:Invalid key\"]}", NO_ORDERS);
    client.openOrders(null, answers::add);
    awaitAnswers(1);

    addOrder();
    client.openOrders(null, answers::add);
    client.keyInfo(KeyRole.BOTH, answers::add);

    awaitAnswers(2);
    assertThat(notSent(onlyOrdered().call()).cause()).isEqualTo(Cause.KEY_REFUSED);
    assertThat(notSent(answers.get(1).call()).cause()).isEqualTo(Cause.KEY_REFUSED);
    assertThat(transport.sent()).hasSize(1);
    clock.move(Duration.ofSeconds(60));
    awaitAnswers(3);
    assertThat(transport.endpoints()).containsExactly("OpenOrders", "GetApiKeyInfo");
  }

  @Test
  void aReadThatWaitedAMinuteForTheCounterIsGivenUp() {
    transport.answering("{\"error\":[\"EAPI:Rate limit exceeded\"]}");
    client.openOrders(null, answers::add);
    awaitAnswers(1);
    client.openOrders(null, answers::add);
    clock.move(Duration.ofSeconds(61));

    awaitAnswers(2);

    assertThat(notSent(answers.get(1).call()).cause()).isEqualTo(Cause.BUDGET_EXHAUSTED);
  }

  @Test
  void aReceiverThatFailsDoesNotStopTheQueue() {
    transport.answering(NO_ORDERS);
    client.openOrders(
        null,
        answer -> {
          throw new AssertionError("a fault in a receiver, on purpose");
        });

    client.openOrders(null, answers::add);

    awaitAnswers(1);
  }

  @Test
  void aFullQueueIsSaidAtOnceAndLeavesRoomForOrders() {
    transport.hold();
    client.openOrders(null, answers::add);
    await().atMost(Duration.ofMinutes(2)).until(() -> transport.sent().size() == 1);
    List<Answer<?>> more = Collections.synchronizedList(new java.util.ArrayList<>());
    for (int i = 0; i < 257; i++) {
      client.openOrders(null, more::add);
    }

    assertThat(more).hasSize(1);
    assertThat(notSent(more.getFirst().call()).cause()).isEqualTo(Cause.QUEUE_FULL);
    addOrder();
    transport.letGo(2);
    onlyOrdered();
  }

  @Test
  void closingAnswersWhatWaitsAndWhatComesLater() {
    transport.hold();
    addOrder();
    await().atMost(Duration.ofMinutes(2)).until(() -> transport.sent().size() == 1);
    client.openOrders(null, answers::add);
    Thread closing = Thread.ofPlatform().start(client::close);
    // It is closed, and waits for the call in flight: only then may that one end.
    await().atMost(Duration.ofMinutes(2)).until(() -> closing.getState() == Thread.State.WAITING);
    transport.letGo(1);
    awaitAnswers(1);
    await().atMost(Duration.ofMinutes(2)).until(() -> !closing.isAlive());

    client.openOrders(null, answers::add);

    assertThat(ordered).hasSize(1);
    assertThat(answers)
        .hasSize(2)
        .allSatisfy(a -> assertThat(notSent(a.call()).cause()).isEqualTo(Cause.SHUT_DOWN));
    assertThat(transport.closed()).isTrue();
  }

  @Test
  void keyInformationReachesNobodyUnredacted() {
    transport.answering(
        "{\"error\":[],\"result\":{\"apiKey\":\"leak\",\"iban\":\"leak\",\"permissions\":[]}}");

    client.keyInfo(KeyRole.BOTH, answers::add);

    awaitAnswers(1);
    assertThat(answers.getFirst()).isInstanceOf(Answer.Success.class);
    for (CallRecord call : List.of(answers.getFirst().call(), observed.getFirst())) {
      assertThat(new String(((CallOutcome.Reply) call.outcome()).body(), UTF_8))
          .doesNotContain("leak");
    }
  }

  @Test
  void noMoreThanFiftyOrdersAreQueriedAtOnce() {
    List<String> tooMany = Collections.nCopies(51, "O1");

    assertThatThrownBy(() -> client.queryOrders(tooMany, answers::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.queryOrders(List.of(), answers::add))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noSecretShows() {
    transport.answering(PLACED);
    addOrder();

    assertThat(KEY.toString()).isEqualTo("ApiKey[" + KEY.fingerprint() + "]");
    assertThat(new KrakenKeys(KEY, KEY).toString()).doesNotContain("public-key");
    assertThat(onlyOrdered().call().toString())
        .doesNotContain("public-key")
        .doesNotContain(transport.sent().getFirst().apiSign());
  }
}
