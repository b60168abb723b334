package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.OrderType;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When Kraken is asked about open orders. */
class FollowingTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration TICK = Duration.ofMillis(100);

  private final AccountState state = new AccountState();
  private final CorePolicy policy = CorePolicy.standard();
  private final Reports reports = new Reports();
  private final Following following =
      new Following(
          state,
          policy,
          new Readings(state, policy, new ExchangeHealth()),
          reports,
          new ExchangeHealth(),
          new Tripwire(state));
  private Instant now = START;
  private int budgetLeft = 100;

  @Test
  void ordersThatKeepComingDoNotPutTheQuestionOff() {
    List<Effect.Follow> asked = new ArrayList<>();

    for (int i = 0; i < 20; i++) {
      placeOrder(i);
      asked.addAll(tick());
    }

    assertThat(asked).isNotEmpty();
  }

  @Test
  void manyOpenOrdersAreAllAskedAboutBeforeThePauseGrows() {
    for (int i = 0; i < 400; i++) {
      placeOrder(i);
    }
    Set<String> asked = new HashSet<>();

    while (asked.size() < 400 && now.isBefore(START.plusSeconds(60))) {
      for (Effect.Follow follow : tick()) {
        asked.addAll(follow.txids());
        answerNothingNew();
      }
    }

    assertThat(asked).hasSize(400);
    assertThat(Duration.between(START, now)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void thePauseGrowsWhileNothingHappens() {
    placeOrder(0);
    int asked = 0;

    for (int i = 0; i < 600; i++) {
      for (Effect.Follow follow : tick()) {
        asked += follow.txids().size();
        answerNothingNew();
      }
    }

    assertThat(asked).as("questions in a minute").isBetween(12, 18);
  }

  @Test
  void whileTheWebsocketIsWholeAskingIsACrossCheck() {
    reports.changed(true);
    placeOrder(0);

    assertThat(questionsInAMinute()).isBetween(2, 4);
  }

  @Test
  void aWebsocketThatWasLostIsReplacedByAskingAtOnce() {
    reports.changed(true);
    placeOrder(0);
    questionsInAMinute();

    reports.changed(false);
    following.askAtOnce(now);

    assertThat(tick()).hasSize(1);
    answerNothingNew();
    assertThat(questionsInAMinute()).isBetween(12, 18);
  }

  @Test
  void whatHappensWhileAQuestionIsOutIsAskedAboutAgain() {
    reports.changed(true);
    placeOrder(0);
    while (tick().isEmpty()) {
      // not yet
    }

    following.askAtOnce(now);
    assertThat(tick()).as("one question at a time").isEmpty();
    answerNothingNew();

    assertThat(tick()).hasSize(1);
    answerNothingNew();
    assertThat(tick()).as("only once").isEmpty();
  }

  @Test
  void aSellThatWaitsForItsCoinsIsAskedAboutInQuickSuccession() {
    reports.changed(true);
    placeOrder(0);
    questionsInAMinute();
    UUID orderId = new UUID(2, 0);
    state.apply(
        new ProtectionFact.SellHeld(orderId, new UUID(1, 0), new BigDecimal("0.001"), START));

    following.askAtOnce(now);

    Instant happened = now;
    int asked = 0;
    while (now.isBefore(happened.plusSeconds(4))) {
      for (Effect.Follow follow : tick()) {
        asked += follow.txids().size();
        answerNothingNew();
      }
    }
    assertThat(asked).as("at once, and after 0.5, 1.5 and 3.5 seconds").isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"39, 5, 8", "20, 2, 5", "0, 2, 5"})
  void theLessIsLeftOfTheCallCounterTheLessIsAsked(int left, int least, int most) {
    budgetLeft = left;
    placeOrder(0);

    assertThat(questionsInAMinute()).isBetween(least, most);
  }

  @Test
  void aFreshOrderWaitsItsTurnWhileLittleIsLeft() {
    budgetLeft = 20;
    placeOrder(0);
    questionsInAMinute();
    placeOrder(1);

    Instant placed = now;
    while (tick().isEmpty()) {
      // not yet
    }

    assertThat(Duration.between(placed, now)).isGreaterThan(Duration.ofSeconds(4));
  }

  private int questionsInAMinute() {
    int asked = 0;
    for (int i = 0; i < 600; i++) {
      for (Effect.Follow follow : tick()) {
        asked += follow.txids().isEmpty() ? 0 : 1;
        answerNothingNew();
      }
    }
    return asked;
  }

  private List<Effect.Follow> tick() {
    now = now.plus(TICK);
    Step step = new Step(state);
    following.tick(step, now);
    return step.effects().stream()
        .filter(Effect.Follow.class::isInstance)
        .map(Effect.Follow.class::cast)
        .toList();
  }

  private void answerNothingNew() {
    following.followed(
        new Message.Followed(
            new Answer.Success<>(call(), new QueriedOrders(Map.of(), Map.of()), List.of()),
            budgetLeft),
        new Step(state),
        now);
  }

  private void placeOrder(int number) {
    UUID signalId = new UUID(1, number);
    UUID orderId = new UUID(2, number);
    state.apply(new Fact.SignalReceived(signalId, "test", "msg_" + number, "00", START, signal()));
    state.apply(new Fact.OrderIntended(orderId, signalId, intent(orderId)));
    following.addOrderFinished(
        new Message.AddOrderFinished(orderId, call(), new AddOrderVerdict.Placed("O" + number)),
        new Step(state),
        now);
  }

  private static Signal signal() {
    return new Signal(
        "test",
        null,
        "s",
        "BTC/USD",
        Action.BUY,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        START,
        null);
  }

  private static OrderIntent intent(UUID orderId) {
    BigDecimal price = new BigDecimal("67000.0");
    BigDecimal volume = new BigDecimal("0.001");
    OrderPlan plan =
        new OrderPlan(
            "BTC/USD",
            Side.BUY,
            OrderType.LIMIT,
            OrderPlan.TimeInForce.GTC,
            false,
            volume,
            price,
            price,
            price.multiply(volume));
    return new OrderIntent(
        orderId.toString(),
        "s",
        "XBTUSD",
        "XXBT",
        "ZUSD",
        plan,
        START,
        START.plusSeconds(10),
        false,
        price);
  }

  private static CallRecord call() {
    return new CallRecord(
        UUID.randomUUID(),
        "/0/private/QueryOrders",
        "",
        1L,
        "0123456789ab",
        START,
        START,
        "test",
        new CallOutcome.Reply(200, new byte[0], true));
  }
}
