package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What silence made us believe absent is asked about 1, 5, 15 and 60 minutes later. */
class WatchingTest {
  private static final Duration HOUR = Duration.ofMinutes(61);

  @Test
  void anOrderThatIsPresumedAbsentIsAskedAboutFourTimesWithinTheHour() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);

    // When
    int asked = watchFor(core, orderId, HOUR);

    // Then
    assertThat(asked).isEqualTo(4);
    assertThat(core.facts(Fact.OrderStillAbsent.class))
        .extracting(Fact.OrderStillAbsent::check)
        .containsExactly(1, 2, 3, 4);
    assertThat(core.facts(Fact.OrderStillAbsent.class).getLast().last()).isTrue();
    assertThat(core.state().searches().watched()).isEmpty();
  }

  @Test
  void anOrderThatAppearsLateIsAdoptedAndHaltsTheAccount() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);
    assertThat(core.state().approvals().notionalOf("ZUSD", core.now())).isZero();
    core.pass(Duration.ofMinutes(2));

    // When
    core.looksUp(orderId, found(orderId, "closed", "0.0009998"));

    // Then
    assertThat(core.last(Fact.OrderPlaced.class, orderId).how()).isEqualTo("APPEARED");
    assertThat(core.last(Fact.OrderEnded.class, orderId)).isNotNull();
    assertThat(core.state().positions().of("BTC/USD", "breakout"))
        .isEqualByComparingTo("0.0009998");
    assertThat(core.state().approvals().notionalOf("ZUSD", core.now())).isPositive();
    assertThat(core.facts(Fact.InvariantViolated.class).getLast().kind()).isEqualTo("stays-absent");
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("HALTED");
  }

  @Test
  void anOrderThatAppearsOpenIsFollowedToItsEnd() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);
    core.pass(Duration.ofMinutes(2));
    core.looksUp(orderId, found(orderId, "open", "0"));
    assertThat(core.state().holdings().free("ZUSD")).isLessThan(new java.math.BigDecimal(1000000));

    // When
    core.followed(found(orderId, "closed", "0.0009998"));

    // Then
    assertThat(core.state().liveOrders()).isEmpty();
    assertThat(core.fold().positions().of("BTC/USD")).isEqualByComparingTo("0.0009998");
  }

  @Test
  void aLateAnswerOfAddOrderIsAnAppearanceToo() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);

    // When
    core.addOrder(orderId, new AddOrderVerdict.Placed("OABC"));

    // Then
    assertThat(core.orderState(orderId)).isEqualTo(new OrderState.Open("OABC", Execution.NONE));
    assertThat(core.state().halt()).isNotNull();
  }

  @Test
  void whatAPersonSettledAsNoneIsWatchedAsWell() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.tick();
    for (int i = 0; i < 60; i++) {
      core.lookUpFails(orderId);
      core.pass(Duration.ofSeconds(11));
    }
    core.step(new Message.Settle(orderId, "", "anna", "not in the account"));
    core.pass(Duration.ofMinutes(2));

    // When
    core.looksUp(orderId, found(orderId, "open", "0"));

    // Then
    assertThat(core.last(Fact.OrderPlaced.class, orderId).how()).isEqualTo("APPEARED");
  }

  @Test
  void whatWasNeverSentIsNotWatched() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();

    // When
    core.addOrder(orderId, new AddOrderVerdict.NotPlaced("halted by anna", false));

    // Then
    assertThat(core.state().searches().watched()).isEmpty();
  }

  @Test
  void aRestartGoesOnWatching() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);
    watchFor(core, orderId, Duration.ofMinutes(2));
    core.restart();
    core.forgetEffects();

    // When
    core.pass(Duration.ofSeconds(61));

    // Then
    assertThat(core.effects(Effect.LookUp.class)).hasSize(1);
    assertThat(Objects.requireNonNull(core.state().searches().watched().get(orderId)).checks())
        .isEqualTo(1);
  }

  @Test
  void restartsDoNotEndTheWatchEarly() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);

    // When
    for (int i = 0; i < 6; i++) {
      core.restart();
      watchFor(core, orderId, Duration.ofMinutes(2));
    }

    // Then: a quarter of an hour has passed
    assertThat(core.state().searches().watched()).containsKey(orderId);
  }

  @Test
  void aFailedQuestionIsNoCheck() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = presumedAbsent(core);
    core.pass(Duration.ofMinutes(2));

    // When
    core.lookUpFails(orderId);

    // Then
    assertThat(core.facts(Fact.OrderStillAbsent.class)).isEmpty();
  }

  /** Answers every look-up with two empty lists. Returns how many there were. */
  private static int watchFor(CoreUnderTest core, UUID orderId, Duration duration) {
    core.forgetEffects();
    int answered = 0;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(duration) < 0;
        passed = passed.plusSeconds(5)) {
      core.pass(Duration.ofSeconds(5));
      while (answered < core.effects(Effect.LookUp.class).size()) {
        answered++;
        core.looksUpNothing(orderId);
      }
    }
    return answered;
  }

  private static UUID presumedAbsent(CoreUnderTest core) {
    UUID orderId = core.inDoubt();
    core.tick();
    core.pass(Duration.ofSeconds(72));
    core.lookUpFails(orderId);
    for (int i = 0; i < 3; i++) {
      core.pass(Duration.ofSeconds(11));
      core.looksUpNothing(orderId);
    }
    assertThat(core.state().searches().watched()).containsKey(orderId);
    core.keysChecked(false);
    return orderId;
  }

  private static OrderInfo found(UUID clientOrderId, String status, String executed) {
    return Samples.info("OABC", clientOrderId.toString(), status, executed, "50010.0");
  }
}
