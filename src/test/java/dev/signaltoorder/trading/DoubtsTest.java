package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deadline 10 s after the approval, silence is final 60 s later, three look-ups must agree. */
class DoubtsTest {
  private static final Duration PAST_SILENCE = Duration.ofSeconds(72);
  private static final Duration NEXT_LOOK_UP = Duration.ofSeconds(11);

  @Test
  void oneEmptyReadNeverConcludes() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);

    // When
    core.looksUpNothing(orderId);

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void threeAgreeingLateReadsProveThatThereIsNoOrder() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);

    // When
    core.looksUpNothing(orderId);

    // Then
    assertThat(core.last(Fact.OrderNotPlaced.class, orderId).proof()).startsWith("3 look-ups");
    assertThat(core.orderState(orderId)).isNull();
  }

  @Test
  void readsBeforeSilenceIsFinalDoNotCount() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();

    // When
    for (int i = 0; i < 6; i++) {
      core.looksUpNothing(orderId);
      core.pass(NEXT_LOOK_UP);
    }

    // Then: 66 s after the approval
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
    assertThat(core.effects(Effect.LookUp.class)).hasSize(7);
  }

  @Test
  void readsThatFailDoNotCount() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);

    // When
    core.lookUpFails(orderId);

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void anEmptyListOfOpenOrdersAloneDoesNotCount() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);

    // When
    for (int i = 0; i < 3; i++) {
      core.lookedUp(
          orderId,
          core.success("OpenOrders", java.util.Map.of()),
          core.failure("ClosedOrders"),
          false);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);

    // When
    core.looksUpNothing(orderId);
    core.looksUpNothing(orderId);
    core.looksUpNothing(orderId);

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void aClockThatStepsForwardDoesNotMakeSilenceFinal() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();
    core.stepClock(Duration.ofHours(1));

    // When
    for (int i = 0; i < 4; i++) {
      core.looksUpNothing(orderId);
      core.pass(NEXT_LOOK_UP);
    }

    // Then: three quarters of a minute have really passed
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void aClockThatStepsBackDoesNotStopTheLookUps() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();
    core.lookUpFails(orderId);
    core.stepClock(Duration.ofHours(-1));
    core.forgetEffects();

    // When
    core.pass(NEXT_LOOK_UP);

    // Then
    assertThat(core.effects(Effect.LookUp.class)).hasSize(1);
  }

  @Test
  void anAnswerThatNeverComesIsNotAwaitedForEver() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.inDoubt();
    core.tick();

    // When
    core.pass(Duration.ofMinutes(5));

    // Then
    assertThat(core.effects(Effect.LookUp.class)).hasSize(2);
  }

  @Test
  void anOrderThatIsFoundEarlyIsAdopted() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();

    // When
    core.looksUp(orderId, found(orderId, "open", "0"));

    // Then
    assertThat(core.last(Fact.OrderPlaced.class, orderId).how()).isEqualTo("FOUND");
    assertThat(core.orderState(orderId)).isEqualTo(new OrderState.Open("OABC", Execution.NONE));
  }

  @Test
  void anOrderThatIsFoundEndedIsAdoptedWithItsFills() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();

    // When
    core.looksUp(orderId, found(orderId, "closed", "0.0009998"));

    // Then
    assertThat(core.last(Fact.OrderEnded.class, orderId).execution().volume())
        .isEqualByComparingTo("0.0009998");
    assertThat(core.state().positions().of("BTC/USD", "breakout"))
        .isEqualByComparingTo("0.0009998");
  }

  @Test
  void anOrderWithAnotherClientIdIsNotOurs() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();

    // When
    core.looksUp(orderId, found(core.id(), "open", "0"));

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void aKeyThatSeesOnlyAWindowOfTimeProvesNothing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.keysChecked(true);
    UUID orderId = inDoubtPastSilence(core);

    // When
    for (int i = 0; i < 5; i++) {
      core.looksUpNothing(orderId);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void aKeyThatWasNotCheckedSinceTheRestartProvesNothing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.restart();
    core.pass(PAST_SILENCE);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);

    // When
    for (int i = 0; i < 5; i++) {
      core.looksUpNothing(orderId);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void afterARestartPatienceBeginsAnew() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);
    core.looksUpNothing(orderId);
    core.restart();
    core.keysChecked(false);
    core.tick();

    // When
    core.looksUpNothing(orderId);

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void whatLookUpsCannotSettleIsQuarantinedWithAnAlarm() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();

    // When
    for (int i = 0; i < 56; i++) {
      core.lookUpFails(orderId);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
    assertThat(core.effects(Effect.Alarm.class))
        .anyMatch(alarm -> alarm.text().contains("quarantined"));
    assertThat(core.state().approvals().notionalOf("ZUSD", core.now())).isPositive();
  }

  @Test
  void aProcessThatRestartsEveryFewMinutesIsNotPatientForEver() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();

    // When: two minutes at a time, each with look-ups that fail
    for (int restart = 0; restart < 30; restart++) {
      core.restart();
      core.keysChecked(false);
      core.tick();
      for (int i = 0; i < 10; i++) {
        core.lookUpFails(orderId);
        core.pass(NEXT_LOOK_UP);
      }
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
    assertThat(core.last(Fact.OrderQuarantined.class, orderId).why()).contains("attempts");
  }

  @Test
  void aFewRestartsAloneQuarantineNothing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();

    // When
    for (int restart = 0; restart < 20; restart++) {
      core.restart();
      core.keysChecked(false);
      core.pass(Duration.ofSeconds(5));
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void pausesGrowWhileKrakenIsAwayAndShrinkWhenItIsBack() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();
    for (int i = 0; i < 5; i++) {
      core.lookUpFails(orderId);
      core.pass(Duration.ofSeconds(61));
    }
    core.forgetEffects();

    // When, then
    core.lookUpFails(orderId);
    core.pass(Duration.ofSeconds(50));
    assertThat(core.effects(Effect.LookUp.class)).isEmpty();
    core.pass(NEXT_LOOK_UP);
    assertThat(core.effects(Effect.LookUp.class)).hasSize(1);
    core.looksUpNothing(orderId);
    core.pass(NEXT_LOOK_UP);
    assertThat(core.effects(Effect.LookUp.class)).hasSize(2);
  }

  @Test
  void aKeyThatMayNotSeeClosedOrdersProvesNothingAndSaysSo() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();

    // When
    for (int i = 0; i < 56; i++) {
      core.lookedUp(
          orderId,
          core.success("OpenOrders", java.util.Map.of()),
          new Answer.Failure<>(
              core.call("ClosedOrders", Samples.reply("{\"error\":[]}")),
              "EGeneral:Permission denied",
              true),
          false);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.last(Fact.OrderQuarantined.class, orderId).why())
        .contains("ClosedOrders", "Permission denied", "silence proves nothing");
    assertThat(core.blindness()).contains("ClosedOrders");
  }

  @Test
  void anotherOrderUnderOurIdIsNeitherAdoptedNorBelievedAbsent() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = inDoubtPastSilence(core);

    // When
    core.looksUp(orderId, Samples.info("OABC", orderId.toString(), "open", "0", "50010.0", "5"));

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
    assertThat(core.facts(Fact.InvariantViolated.class))
        .extracting(Fact.InvariantViolated::kind)
        .containsExactly("same-order");
    assertThat(core.state().halt()).isNotNull();
  }

  @Test
  void twoOrdersUnderOurIdHaltTheAccount() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();
    OrderInfo other = Samples.info("OXYZ", orderId.toString(), "closed", "0.0009998", "50010.0");

    // When
    core.lookedUp(
        orderId,
        core.success("OpenOrders", java.util.Map.of("OABC", found(orderId, "open", "0"))),
        core.success("ClosedOrders", java.util.Map.of("OXYZ", other)),
        true);

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
    assertThat(core.facts(Fact.InvariantViolated.class).getLast().detail())
        .contains("2 orders", "OABC, OXYZ");
    assertThat(core.state().halt()).isNotNull();
  }

  @Test
  void aPersonWhoNamesAnotherOrderIsNotBelieved() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = quarantined(core);
    core.step(new Message.Settle(orderId, "OWRONG", "anna", "it must be this one"));

    // When
    core.followed(Samples.info("OWRONG", core.id().toString(), "closed", "0.5", "50010.0"));

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
    assertThat(core.state().positions().all()).isEmpty();
    assertThat(core.state().halt()).isNotNull();
  }

  @Test
  void aPersonCannotNameTheOrderOfAnotherSignal() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = quarantined(core);
    core.krakenIsBack();
    core.open();

    // When
    Step step = core.step(new Message.Settle(orderId, "OABC", "anna", "it must be this one"));

    // Then
    assertThat(step.facts()).isEmpty();
    assertThat(text(step)).contains("belongs to the order");
  }

  @Test
  void anIdThatKrakenDoesNotShowIsNotBelievedForEver() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = quarantined(core);
    core.step(new Message.Settle(orderId, "OWRONG", "anna", "a slip of the pen"));

    // When
    for (int i = 0; i < 80; i++) {
      core.pass(Duration.ofSeconds(5));
      core.step(new Message.Followed(core.shown(java.util.Map.of()), 100));
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
  }

  private static String text(Step step) {
    return ((CommandResult) java.util.Objects.requireNonNull(step.answer())).text();
  }

  @Test
  void silenceDoesNotEndAQuarantine() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = quarantined(core);

    // When
    for (int i = 0; i < 10; i++) {
      core.looksUpNothing(orderId);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
  }

  @Test
  void aQuarantinedOrderThatKrakenShowsAfterAllIsAdopted() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = quarantined(core);

    // When
    core.looksUp(orderId, found(orderId, "open", "0"));

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Open.class);
  }

  @Test
  void aPersonSettlesAQuarantinedOrder() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = quarantined(core);

    // When
    Step step = core.step(new Message.Settle(orderId, "", "anna", "not in the account"));

    // Then
    assertThat(step.answer()).isEqualTo(new CommandResult(true, "settled"));
    assertThat(core.last(Fact.OrderNotPlaced.class, orderId).proof())
        .isEqualTo("settled by anna: not in the account");
  }

  @Test
  void whoSettledAnOrderAndWhyIsOnRecordWhetherItIsThereOrNot() {
    for (String txid : java.util.List.of("OABC", "")) {
      // Given
      CoreUnderTest core = CoreUnderTest.serving();
      UUID orderId = quarantined(core);

      // When
      Step step = core.step(new Message.Settle(orderId, txid, "anna", "seen at Kraken, 14:30"));

      // Then
      assertThat(CoreUnderTest.kinds(step))
          .isEqualTo("order-settled, " + (txid.isEmpty() ? "order-not-placed" : "order-placed"));
      ConductFact.OrderSettled settled = core.facts(ConductFact.OrderSettled.class).getLast();
      assertThat(settled.actor()).isEqualTo("anna");
      assertThat(settled.reason()).isEqualTo("seen at Kraken, 14:30");
      assertThat(settled.orderId()).isEqualTo(orderId);
      assertThat(settled.signalId()).isEqualTo(signalOf(core, orderId));
      assertThat(settled.txid()).isEqualTo(txid.isEmpty() ? null : txid);
    }
  }

  private static UUID signalOf(CoreUnderTest core, UUID orderId) {
    return core.last(Fact.OrderIntended.class, orderId).signalId();
  }

  @Test
  void aPersonCannotSettleWhatIsStillLookedUp() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();

    // When
    Step step = core.step(new Message.Settle(orderId, "", "anna", "impatient"));

    // Then
    assertThat(step.facts()).isEmpty();
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
  }

  /** The last look-up is out, and silence would be final. */
  private static UUID inDoubtPastSilence(CoreUnderTest core) {
    UUID orderId = core.inDoubt();
    core.tick();
    core.pass(PAST_SILENCE);
    core.lookUpFails(orderId);
    core.pass(NEXT_LOOK_UP);
    return orderId;
  }

  private static UUID quarantined(CoreUnderTest core) {
    UUID orderId = core.inDoubt();
    core.tick();
    for (int i = 0; i < 56; i++) {
      core.lookUpFails(orderId);
      core.pass(NEXT_LOOK_UP);
    }
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Quarantined.class);
    return orderId;
  }

  private static OrderInfo found(UUID clientOrderId, String status, String executed) {
    return Samples.info("OABC", clientOrderId.toString(), status, executed, "50010.0");
  }
}
