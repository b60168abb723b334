package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderStateTest {
  private static final UUID ORDER = new UUID(0x7000, 1);
  private static final UUID SIGNAL = new UUID(0x7000, 2);
  private static final UUID CALL = new UUID(0x7000, 3);
  private static final Execution SOME =
      new Execution(
          new BigDecimal("0.0004"),
          new BigDecimal("20"),
          new BigDecimal("0.05"),
          new BigDecimal("50000"));

  private static final List<OrderState> STATES =
      List.of(
          new OrderState.Intended(),
          new OrderState.InDoubt("silence"),
          new OrderState.Quarantined("still silence"),
          new OrderState.Open("OABC", Execution.NONE),
          new OrderState.Refused("EOrder:Insufficient funds"),
          new OrderState.NotPlaced("never sent"),
          new OrderState.PresumedAbsent("three look-ups"),
          new OrderState.Ended("OABC", SOME, "closed"));

  private static final Map<Fact, Set<String>> LEGAL_FROM = legalFrom();

  private static Map<Fact, Set<String>> legalFrom() {
    Map<Fact, Set<String>> legal = new LinkedHashMap<>();
    legal.put(
        new Fact.OrderPlaced(ORDER, SIGNAL, "OABC", "ANSWERED", CALL),
        Set.of("Intended", "InDoubt", "Quarantined", "PresumedAbsent"));
    legal.put(new Fact.OrderRefused(ORDER, SIGNAL, "EOrder:No"), Set.of("Intended"));
    legal.put(
        new Fact.OrderNotPlaced(ORDER, SIGNAL, "never sent", false),
        Set.of("Intended", "InDoubt", "Quarantined"));
    legal.put(
        new Fact.OrderNotPlaced(ORDER, SIGNAL, "silence", true), Set.of("InDoubt", "Quarantined"));
    legal.put(new Fact.OrderInDoubt(ORDER, SIGNAL, "silence"), Set.of("Intended"));
    legal.put(new Fact.OrderQuarantined(ORDER, SIGNAL, "silence"), Set.of("InDoubt", "Open"));
    legal.put(new Fact.OrderProgressed(ORDER, SIGNAL, SOME, CALL), Set.of("Open"));
    legal.put(new Fact.OrderEnded(ORDER, SIGNAL, SOME, "closed", null, CALL), Set.of("Open"));
    return legal;
  }

  @Test
  void everyFactIsLegalInExactlyTheStatesOfTheDiagram() {
    for (OrderState state : STATES) {
      LEGAL_FROM.forEach(
          (fact, legal) -> {
            if (legal.contains(state.getClass().getSimpleName())) {
              assertThat(OrderTransitions.after(state, fact)).isNotNull();
            } else {
              assertThatIllegalStateException()
                  .isThrownBy(() -> OrderTransitions.after(state, fact))
                  .withMessageContaining(state.getClass().getSimpleName());
            }
          });
    }
  }

  @Test
  void onlyAnAbsenceThatIsPresumedMayTurnOutToBeWrong() {
    for (OrderState state :
        List.of(new OrderState.InDoubt("silence"), new OrderState.Quarantined("silence"))) {
      assertThat(
              OrderTransitions.after(
                  state, new Fact.OrderNotPlaced(ORDER, SIGNAL, "never sent", false)))
          .isEqualTo(new OrderState.NotPlaced("never sent"));
      assertThat(
              OrderTransitions.after(
                  state, new Fact.OrderNotPlaced(ORDER, SIGNAL, "silence", true)))
          .isEqualTo(new OrderState.PresumedAbsent("silence"));
    }
  }

  @Test
  void nothingLeavesAFinalState() {
    for (OrderState state : STATES) {
      if (state.isFinal() && !(state instanceof OrderState.PresumedAbsent)) {
        LEGAL_FROM.forEach(
            (fact, legal) ->
                assertThatIllegalStateException()
                    .isThrownBy(() -> OrderTransitions.after(state, fact)));
      }
    }
  }

  @Test
  void aFactOfAnotherKindMovesNoOrder() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> OrderTransitions.after(new OrderState.Intended(), new Fact.AccountArmed("anna")));
  }

  @Test
  void theAccountRefusesAFactThatIsNotLegal() {
    // Given
    AccountState state = intended();
    state.apply(new Fact.OrderRefused(ORDER, SIGNAL, "EOrder:No"));

    // When, then
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> state.apply(new Fact.OrderPlaced(ORDER, SIGNAL, "OABC", "ANSWERED", CALL)))
        .hasMessageContaining("no live order");
  }

  @Test
  void theAccountRefusesAnEndOfAnOrderThatWasNeverPlaced() {
    AccountState state = intended();

    assertThatIllegalStateException()
        .isThrownBy(
            () -> state.apply(new Fact.OrderEnded(ORDER, SIGNAL, SOME, "closed", null, CALL)));
  }

  @Test
  void anEndWithMoreThanWasSeenAddsTheDifferenceToThePosition() {
    // Given
    AccountState state = intended();
    state.apply(new Fact.OrderPlaced(ORDER, SIGNAL, "OABC", "ANSWERED", CALL));
    state.apply(new Fact.OrderProgressed(ORDER, SIGNAL, SOME, CALL));
    Execution all =
        new Execution(
            new BigDecimal("0.001"),
            new BigDecimal("50"),
            new BigDecimal("0.1"),
            new BigDecimal("50000"));

    // When
    state.apply(new Fact.OrderEnded(ORDER, SIGNAL, all, "closed", null, CALL));

    // Then
    assertThat(state.positions().of("BTC/USD")).isEqualByComparingTo("0.001");
    assertThat(state.liveOrders()).isEmpty();
  }

  private static AccountState intended() {
    AccountState state = new AccountState();
    state.apply(
        new Fact.SignalReceived(
            SIGNAL,
            "demo",
            "msg",
            "hash",
            Samples.NOW,
            Samples.signal(
                dev.signaltoorder.signal.Action.BUY, "breakout", "BTC/USD", "50", Samples.NOW)));
    state.apply(
        new Fact.OrderIntended(
            ORDER,
            SIGNAL,
            Samples.intent(ORDER, Samples.plan(Side.BUY, "0.001", "50000"), Samples.NOW)));
    return state;
  }
}
