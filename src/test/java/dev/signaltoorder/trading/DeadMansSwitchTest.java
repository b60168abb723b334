package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CancelAllTimer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kraken cancels everything of an account that falls silent, if the operator wants it. */
class DeadMansSwitchTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private static CoreUnderTest with(CorePolicy policy) {
    return CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("GTC")), policy);
  }

  private static CoreUnderTest on() {
    return with(CorePolicy.standard().withDeadMansSwitch(MINUTE));
  }

  private static void answers(CoreUnderTest core) {
    Effect.CancelAllAfter asked = core.last(Effect.CancelAllAfter.class);
    core.step(
        new Message.CancelAllAfterAnswered(
            asked.timeout(),
            core.success("CancelAllOrdersAfter", new CancelAllTimer(core.now(), null))));
  }

  private static void fails(CoreUnderTest core) {
    Effect.CancelAllAfter asked = core.last(Effect.CancelAllAfter.class);
    core.step(
        new Message.CancelAllAfterAnswered(asked.timeout(), core.failure("CancelAllOrdersAfter")));
  }

  private static List<Duration> asked(CoreUnderTest core) {
    return core.effects(Effect.CancelAllAfter.class).stream()
        .map(Effect.CancelAllAfter::timeout)
        .toList();
  }

  @Test
  void itIsOffUnlessItIsConfigured() {
    CoreUnderTest core = with(CorePolicy.standard());

    core.pass(Duration.ofMinutes(5));

    assertThat(asked(core)).isEmpty();
    assertThat(core.effects(Effect.Notice.class)).isEmpty();
  }

  @Test
  void itIsSetAtTheStartWithAWarningAndRenewedAtAThirdOfItsTime() {
    CoreUnderTest core = on();
    assertThat(core.effects(Effect.Notice.class))
        .singleElement()
        .satisfies(notice -> assertThat(notice.text()).contains("60 s", "ALL", "protective stops"));
    assertThat(asked(core)).containsExactly(MINUTE);
    answers(core);

    core.pass(Duration.ofSeconds(19));
    assertThat(asked(core)).hasSize(1);
    core.pass(Duration.ofSeconds(1));
    assertThat(asked(core)).containsExactly(MINUTE, MINUTE);
    assertThat(core.facts(Fact.KrakenCalled.class))
        .filteredOn(call -> call.purpose().equals("dead-mans-switch"))
        .hasSize(1);
  }

  @Test
  void aRenewalThatFailsIsRepeatedSoonAndAlarmsOnce() {
    CoreUnderTest core = on();
    answers(core);
    core.pass(Duration.ofSeconds(20));

    fails(core);
    core.pass(Duration.ofSeconds(2));
    assertThat(asked(core)).containsExactly(MINUTE, MINUTE, MINUTE);
    fails(core);
    core.pass(Duration.ofSeconds(2));
    answers(core);

    assertThat(core.effects(Effect.Alarm.class))
        .filteredOn(alarm -> alarm.text().contains("dead man"))
        .hasSize(1);
  }

  @Test
  void aHaltOfAllSwitchesItOffSoThatStopsStayAndAResumeSetsItAgain() {
    CoreUnderTest core = on();
    answers(core);
    core.forgetEffects();

    core.step(new Message.Halt("ALL", "anna", "a test"));
    core.tick();
    answers(core);
    core.pass(Duration.ofMinutes(2));
    assertThat(asked(core)).containsExactly(Duration.ZERO);
    core.step(new Message.Resume("anna", "the test is over"));
    core.tick();

    assertThat(asked(core)).containsExactly(Duration.ZERO, MINUTE);
  }

  @Test
  void aHaltOfEntriesKeepsItSet() {
    CoreUnderTest core = on();
    answers(core);
    core.step(new Message.Halt("ENTRIES", "anna", "a test"));
    core.forgetEffects();

    core.pass(Duration.ofSeconds(20));

    assertThat(asked(core)).containsExactly(MINUTE);
  }

  @Test
  void aProcessThatTakesOverAHaltedAccountSwitchesOffWhatTheLastOneLeft() {
    CoreUnderTest core = on();
    answers(core);
    core.step(new Message.Halt("CANCEL_ALL", "anna", "a test"));
    core.restart();
    core.forgetEffects();

    core.keysChecked(false);
    core.tick();
    fails(core);
    core.pass(Duration.ofSeconds(2));
    answers(core);
    core.pass(Duration.ofMinutes(2));

    assertThat(asked(core)).containsExactly(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void anAnswerThatIsLostHoldsNoRenewalUp() {
    CoreUnderTest core = on();
    answers(core);
    core.pass(Duration.ofSeconds(20));
    assertThat(asked(core)).hasSize(2);

    // Kraken would cancel 40 s from here if this renewal was lost as well as its answer.
    core.pass(Duration.ofSeconds(20));

    assertThat(asked(core)).containsExactly(MINUTE, MINUTE, MINUTE);
  }
}
