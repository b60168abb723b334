package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Kraken does not show the open orders, for long. */
class UnansweredTest {
  private static final String DENIED = "EGeneral:Permission denied";

  private final CoreUnderTest core =
      CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("IOC")));

  private void refuse() {
    Answer<QueriedOrders> refused =
        new Answer.Failure<>(
            core.call("QueryOrders", Samples.reply("{\"error\":[\"" + DENIED + "\"]}")),
            DENIED,
            true);
    core.step(new Message.Followed(refused, 100));
  }

  /** Kraken goes on refusing whenever it is asked. */
  private void refusedFor(int seconds) {
    passing(seconds, this::refuse);
  }

  /** Whenever Kraken is asked about orders it answers so; other calls are answered well. */
  private void passing(int seconds, Runnable answer) {
    int answered = core.effects(Effect.Follow.class).size();
    for (int i = 0; i < seconds; i++) {
      if (core.effects(Effect.Follow.class).size() > answered) {
        answered = core.effects(Effect.Follow.class).size();
        answer.run();
      }
      if (i % 20 == 0) {
        core.balances("1000000", "1");
      }
      core.pass(Duration.ofSeconds(1));
    }
  }

  private List<String> alarms() {
    return core.effects(Effect.Alarm.class).stream().map(Effect.Alarm::text).toList();
  }

  private List<String> reasonsOf(Action action) {
    core.arrives(action);
    return core.facts(Fact.SignalDecided.class).getLast().decision().reasons();
  }

  @Test
  void whatPassesSoonIsNotTold() {
    core.open();

    refusedFor(45);

    assertThat(alarms()).isEmpty();
    assertThat(reasonsOf(Action.BUY)).isEmpty();
  }

  @Test
  void whatLastsIsToldOnceWithItsErrorAndHoldsEntriesBack() {
    core.open();

    refusedFor(1_200);

    assertThat(alarms()).singleElement().asString().contains(DENIED, "open orders");
    assertThat(reasonsOf(Action.BUY)).containsExactly("exchange-orders-unseen");
    RuleResult denial =
        core.facts(Fact.SignalDecided.class).getLast().decision().results().getLast();
    assertThat(denial.actual()).isEqualTo(DENIED);
  }

  @Test
  void exitsStayPossible() {
    core.holding();
    core.arrives(
        "part",
        "body",
        Samples.signal(Action.SELL, "breakout", "BTC/USD", "25", core.now()),
        core.freshMarket());
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.Placed("OPART"));
    refusedFor(180);

    assertThat(reasonsOf(Action.CLOSE)).isEmpty();
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void oneAnswerEndsItAndTheNextTimeIsToldAgain() {
    UUID order = core.open();
    refusedFor(180);

    core.followed(Samples.info("OABC", order.toString(), "open", "0", "50010.0"));
    assertThat(reasonsOf(Action.BUY)).isEmpty();

    refusedFor(180);
    assertThat(alarms()).hasSize(2);
  }

  @Test
  void withoutOpenOrdersNobodyIsAsked() {
    UUID order = core.open();
    refusedFor(180);
    core.write(
        new Fact.OrderEnded(
            order, core.lastIntent().signalId(), Execution.NONE, "canceled", null, core.id()));

    core.tick();

    assertThat(reasonsOf(Action.BUY)).isEmpty();
  }

  @Test
  void fewAnswersInALongTimeAreNotOften() {
    core.open();
    refuse();
    core.stepClock(Duration.ofMinutes(2));
    refuse();

    assertThat(alarms()).isEmpty();
  }

  /** Kraken shows one of two orders so that it cannot be read, whenever it is asked. */
  private void unreadableFor(int seconds, String strange, OrderInfo other) {
    Map<String, String> unreadable = Map.of(strange, "an order has an unknown status");
    passing(seconds, () -> show(new QueriedOrders(Map.of(other.txid(), other), unreadable)));
  }

  private void show(QueriedOrders shown) {
    core.step(new Message.Followed(core.success("QueryOrders", shown), 100));
  }

  private UUID second() {
    UUID order = core.intended();
    core.addOrder(order, new AddOrderVerdict.Placed("OSECOND"));
    return order;
  }

  @Test
  void anOrderThatCannotBeReadHidesNoFillOfAnother() {
    core.open();
    UUID second = second();

    unreadableFor(10, "OABC", Samples.info("OSECOND", second.toString(), "open", "0.0004", "1"));

    assertThat(core.facts(Fact.OrderProgressed.class))
        .singleElement()
        .extracting(Fact.OrderProgressed::orderId)
        .isEqualTo(second);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void anOrderThatCannotBeReadForLongIsToldAndHoldsEntriesBackAndIsNotThoughtAbsent() {
    core.open();
    UUID second = second();

    unreadableFor(1_200, "OABC", Samples.info("OSECOND", second.toString(), "open", "0", "0"));

    assertThat(alarms())
        .singleElement()
        .asString()
        .contains("OABC is unreadable: an order has an unknown status");
    assertThat(reasonsOf(Action.BUY)).containsExactly("exchange-orders-unseen");
    assertThat(core.facts(Fact.OrderQuarantined.class)).isEmpty();
  }

  /** Kraken answers whenever it is asked, and does not know the orders. */
  private void leftOutFor(int seconds) {
    passing(seconds, () -> show(new QueriedOrders(Map.of(), Map.of())));
  }

  @Test
  void aFreshOrderMayBeLeftOutForAWhile() {
    core.open();

    leftOutFor(45);

    assertThat(alarms()).isEmpty();
    assertThat(reasonsOf(Action.BUY)).isEmpty();
  }

  @Test
  void anOrderWithFillsThatIsLeftOutForLongIsToldAndHoldsEntriesBack() {
    UUID order = core.open();
    core.followed(Samples.info("OABC", order.toString(), "open", "0.0004", "50010.0"));

    leftOutFor(1_200);

    assertThat(alarms()).singleElement().asString().contains("the answer leaves OABC out");
    assertThat(reasonsOf(Action.BUY)).containsExactly("exchange-orders-unseen");
    assertThat(core.facts(Fact.OrderQuarantined.class)).isEmpty();
  }

  @Test
  void anOrderWithoutFillsThatIsLeftOutIsToldBeforeItIsQuarantined() {
    core.open();

    leftOutFor(240);
    assertThat(alarms()).singleElement().asString().contains("the answer leaves OABC out");
    assertThat(core.facts(Fact.OrderQuarantined.class)).isEmpty();

    leftOutFor(240);
    assertThat(core.facts(Fact.OrderQuarantined.class)).hasSize(1);
    assertThat(reasonsOf(Action.BUY)).doesNotContain("exchange-orders-unseen");
  }

  private static QueriedOrders shown(String txid) {
    return new QueriedOrders(
        Map.of(txid, Samples.info(txid, UUID.randomUUID().toString(), "open", "0", "0")), Map.of());
  }

  @Test
  void anAnswerAboutSomeIsNoneAboutTheOthers() {
    Unanswered unanswered = new Unanswered();
    Step step = new Step(new AccountState());
    Instant now = core.now();
    for (int i = 0; i < 10; i++) {
      now = now.plusSeconds(10);
      unanswered.failed(List.of("O1", "O2"), DENIED, step, now);
      unanswered.answered(List.of("O3"), shown("O3"), step, now);
    }

    assertThat(unanswered.trouble()).isEqualTo(DENIED);
    assertThat(step.effects()).hasSize(1).allMatch(Effect.Alarm.class::isInstance);

    unanswered.answered(List.of("O1"), shown("O1"), step, now);
    assertThat(unanswered.trouble()).isEqualTo(DENIED);
    unanswered.answered(List.of("O2"), shown("O2"), step, now);
    assertThat(unanswered.trouble()).isNull();
  }

  @Test
  void whatIsOverIsAwaitedNoLonger() {
    Unanswered unanswered = new Unanswered();
    Step step = new Step(new AccountState());
    for (int i = 0; i < 10; i++) {
      unanswered.failed(List.of("O1"), DENIED, step, core.now().plusSeconds(10L * i));
    }
    assertThat(unanswered.trouble()).isEqualTo(DENIED);

    unanswered.keepOnly(Set.of("O2"));

    assertThat(unanswered.trouble()).isNull();
  }
}
