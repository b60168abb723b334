package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many orders in doubt cost no more questions than two, and none is believed absent the sooner. */
class ManyDoubtsTest {
  private static final Duration PAST_SILENCE = Duration.ofSeconds(72);
  private static final Duration NEXT_LOOK_UP = Duration.ofSeconds(11);

  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void aRoundIsOneQuestionForHoweverManyOrders(int orders) {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, orders);
    core.restart();
    core.keysChecked(false);
    core.forgetEffects();

    // When
    core.tick();
    for (int round = 0; round < 5; round++) {
      core.looksUpNothing(doubts.getFirst());
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.effects(Effect.LookUp.class))
        .hasSize(6)
        .allSatisfy(
            asked -> {
              assertThat(asked.orderIds()).containsExactlyInAnyOrderElementsOf(doubts);
              assertThat(asked.search()).isInstanceOf(Search.All.class);
            });
  }

  @Test
  void theWindowBeginsBeforeKrakenCouldHaveTakenTheFirst() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 3);

    // When
    core.looksUpNothing(doubts.getFirst());
    core.pass(NEXT_LOOK_UP);

    // Then: Kraken takes no order more than a minute before its deadline
    Search.All all = (Search.All) core.last(Effect.LookUp.class).search();
    OrderIntent first =
        Objects.requireNonNull(core.state().liveOrders().get(doubts.getFirst())).intent();
    assertThat(all.since()).isBefore(first.deadline().minusSeconds(60));
  }

  @Test
  void oneAnswerSettlesThemAll() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 3);
    core.looksUpNothing(doubts.getFirst());
    core.pass(NEXT_LOOK_UP);

    // When
    core.lookedUp(
        doubts.getFirst(),
        core.success("OpenOrders", Map.of("O1", found("O1", doubts.get(0), "open", "0"))),
        core.success(
            "ClosedOrders", Map.of("O2", found("O2", doubts.get(1), "closed", "0.0009998"))),
        true);

    // Then
    assertThat(core.orderState(doubts.get(0))).isInstanceOf(OrderState.Open.class);
    assertThat(core.last(Fact.OrderEnded.class, doubts.get(1))).isNotNull();
    assertThat(core.orderState(doubts.get(2))).isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void theCallThatShowedAnOrderIsNamed() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 2);
    core.looksUpNothing(doubts.getFirst());
    core.pass(NEXT_LOOK_UP);

    // When
    core.lookedUp(
        doubts.getFirst(),
        core.success("OpenOrders", Map.of("O1", found("O1", doubts.get(0), "open", "0"))),
        core.success("ClosedOrders", Map.of()),
        true);

    // Then
    UUID callId = core.last(Fact.OrderPlaced.class, doubts.get(0)).callId();
    assertThat(core.facts(Fact.KrakenCalled.class))
        .filteredOn(call -> call.callId().equals(callId))
        .singleElement()
        .satisfies(call -> assertThat(call.endpoint()).endsWith("OpenOrders"));
  }

  @Test
  void threeAgreeingLateRoundsProveThatNoneIsThere() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 4);
    pastSilence(core, doubts);

    // When
    for (int round = 0; round < 3; round++) {
      assertThat(core.state().liveOrders()).hasSize(4);
      core.looksUpNothing(doubts.getFirst());
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.state().liveOrders()).isEmpty();
  }

  @Test
  void aListThatWasNotReadToItsEndProvesNothing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 3);
    pastSilence(core, doubts);

    // When
    for (int round = 0; round < 6; round++) {
      core.lookedUp(
          doubts.getFirst(),
          core.success("OpenOrders", Map.of()),
          core.success("ClosedOrders", Map.of()),
          false);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.state().liveOrders()).hasSize(3);
  }

  @Test
  void whereTheListIsTooLongEachIsAskedForByItsId() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 3);
    pastSilence(core, doubts);
    core.lookedUp(
        doubts.getFirst(),
        core.success("OpenOrders", Map.of()),
        core.success("ClosedOrders", Map.of()),
        false);
    core.forgetEffects();

    // When
    core.pass(NEXT_LOOK_UP);
    int answered = 0;
    for (int second = 0; second < 60; second++) {
      if (core.effects(Effect.LookUp.class).size() > answered) {
        answered++;
        core.looksUpNothing(core.last(Effect.LookUp.class).orderIds().getFirst());
      }
      core.pass(Duration.ofSeconds(1));
    }

    // Then
    assertThat(core.effects(Effect.LookUp.class))
        .hasSize(9)
        .allSatisfy(asked -> assertThat(asked.search()).isInstanceOf(Search.One.class));
    assertThat(core.state().liveOrders()).isEmpty();
  }

  @Test
  void anOrderWithoutAClientIdThatCouldBeOursLeavesItInDoubt() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 2);
    pastSilence(core, doubts);
    OrderInfo nameless = found("O7", doubts.getFirst(), "closed", "0.0009998");
    OrderInfo without =
        new OrderInfo(
            "O7",
            null,
            nameless.pair(),
            nameless.side(),
            "closed",
            nameless.volume(),
            nameless.volumeExecuted(),
            nameless.cost(),
            nameless.fee(),
            nameless.averagePrice(),
            null,
            nameless.openedAt(),
            null);

    // When
    for (int i = 0; i < 8; i++) {
      core.lookedUp(
          core.last(Effect.LookUp.class).orderIds().getFirst(),
          core.success("OpenOrders", Map.of()),
          core.success("ClosedOrders", Map.of("O7", without)),
          true);
      core.pass(NEXT_LOOK_UP);
    }

    // Then
    assertThat(core.state().liveOrders()).hasSize(2);
    assertThat(core.facts(Fact.OrderPlaced.class)).isEmpty();
  }

  @Test
  void theSameIdInAnotherSpellingIsOurs() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 2);
    core.looksUpNothing(doubts.getFirst());
    core.pass(NEXT_LOOK_UP);
    String spelled =
        doubts.getFirst().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);

    // When
    core.lookedUp(
        doubts.getFirst(),
        core.success(
            "OpenOrders", Map.of("O1", Samples.info("O1", spelled, "open", "0", "50010.0"))),
        core.success("ClosedOrders", Map.of()),
        true);

    // Then
    assertThat(core.orderState(doubts.getFirst())).isInstanceOf(OrderState.Open.class);
  }

  @Test
  void aNewDoubtDoesNotWaitForTheNextRoundAndSpeedsNothingUp() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 2);
    UUID fresh = core.intended();
    pastSilence(core, doubts);
    core.looksUpNothing(doubts.getFirst());
    core.addOrder(fresh, new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
    core.forgetEffects();

    // When
    core.tick();
    core.looksUpNothing(fresh);
    core.tick();

    // Then
    assertThat(core.effects(Effect.LookUp.class)).hasSize(1);
    core.pass(NEXT_LOOK_UP);
    core.looksUpNothing(fresh);
    assertThat(core.orderState(doubts.getFirst()))
        .as("two rounds were its own, one was not")
        .isInstanceOf(OrderState.InDoubt.class);
  }

  @Test
  void attemptsAreCountedForEachOrderThatWasAskedAbout() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 2);
    int before = core.state().searches().tries(doubts.getFirst());
    core.pass(NEXT_LOOK_UP);

    // When
    core.lookUpFails(doubts.getFirst());

    // Then
    assertThat(core.state().searches().tries(doubts.getFirst())).isEqualTo(before + 1);
    assertThat(core.fold().searches().tries(doubts.getLast()))
        .isEqualTo(core.state().searches().tries(doubts.getLast()));
  }

  @Test
  void whatIsPresumedAbsentIsWatchedWithOneQuestionToo() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    List<UUID> doubts = inDoubt(core, 5);
    pastSilence(core, doubts);
    for (int round = 0; round < 3; round++) {
      core.looksUpNothing(doubts.getFirst());
      core.pass(NEXT_LOOK_UP);
    }
    assertThat(core.state().searches().watched()).hasSize(5);
    core.forgetEffects();

    // When
    core.pass(Duration.ofMinutes(2));
    core.looksUpNothing(doubts.getFirst());

    // Then
    assertThat(core.effects(Effect.LookUp.class)).hasSize(1);
    assertThat(core.facts(Fact.OrderStillAbsent.class)).hasSize(5);
  }

  /** They were in doubt one after the other; one question about the first is out. */
  private static List<UUID> inDoubt(CoreUnderTest core, int orders) {
    List<UUID> doubts = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      doubts.add(core.intended());
    }
    for (int i = 0; i < orders; i++) {
      core.addOrder(doubts.get(i), new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
      if (i == 0) {
        core.tick();
      }
    }
    return doubts;
  }

  /** The next round is out, and counts. */
  private static void pastSilence(CoreUnderTest core, List<UUID> doubts) {
    core.looksUpNothing(doubts.getFirst());
    core.tick();
    core.pass(PAST_SILENCE);
    core.lookUpFails(doubts.getFirst());
    core.pass(NEXT_LOOK_UP);
  }

  private static OrderInfo found(String txid, UUID clientOrderId, String status, String executed) {
    return Samples.info(txid, clientOrderId.toString(), status, executed, "50010.0");
  }
}
