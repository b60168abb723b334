package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.trading.ActConfirmation.Act;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one operator wants, another one has to want as well, where so configured. */
class SecondOperatorTest {
  private static final Duration WITHIN = Duration.ofMinutes(15);

  private final CoreUnderTest core = core(EnumSet.allOf(Act.class));

  private static CoreUnderTest core(Set<Act> acts) {
    return CoreUnderTest.serving(
        Samples.ruleSet(Samples.generousRules("GTC")),
        CorePolicy.standard().with(new ActConfirmation(acts, WITHIN)));
  }

  private Step halt() {
    return core.step(new Message.Halt("ALL", "anna", "smoke", Sweep.ENTRIES));
  }

  private Step resume(String actor) {
    return core.step(new Message.Resume(actor, actor + " looked"));
  }

  private static boolean isWaiting(Step step) {
    return CommandResult.isWaiting(answer(step).text());
  }

  private static CommandResult answer(Step step) {
    return (CommandResult) Objects.requireNonNull(step.answer());
  }

  @Test
  void nothingWaitsUnlessItIsConfigured() {
    CoreUnderTest alone = core(Set.of());
    alone.step(new Message.Halt("ALL", "anna", "smoke", Sweep.ENTRIES));

    Step step = alone.step(new Message.Resume("anna", "no fire"));

    assertThat(answer(step)).isEqualTo(new CommandResult(true, "resumed"));
    assertThat(alone.state().halt()).isNull();
  }

  @Test
  void aResumeWaitsUntilAnotherOperatorWantsItToo() {
    halt();

    Step first = resume("anna");

    assertThat(CoreUnderTest.kinds(first)).isEqualTo("act-proposed");
    assertThat(isWaiting(first)).isTrue();
    assertThat(core.state().halt()).isNotNull();
    assertThat(core.status().waitingActs())
        .singleElement()
        .satisfies(act -> assertThat(act.actor()).isEqualTo("anna"));
    Step again = resume("anna");
    assertThat(isWaiting(again)).as("once more alone").isTrue();
    assertThat(again.facts()).isEmpty();

    Step second = resume("bert");

    assertThat(answer(second)).isEqualTo(new CommandResult(true, "resumed"));
    assertThat(core.state().halt()).isNull();
    assertThat(core.facts(ConductFact.ActConfirmed.class))
        .containsExactly(new ConductFact.ActConfirmed("RESUME", "", "anna", "bert"));
    assertThat(core.status().waitingActs()).isEmpty();
  }

  @Test
  void itWaitsOnlySoLong() {
    halt();
    resume("anna");
    core.stepClock(WITHIN.plusMillis(1));

    Step late = resume("bert");

    assertThat(isWaiting(late)).isTrue();
    assertThat(core.state().halt()).isNotNull();
    resume("anna");
    assertThat(core.state().halt()).as("of the second proposal anna is the other one").isNull();
  }

  @Test
  void aNewHaltEndsTheWishToResume() {
    halt();
    resume("anna");
    halt();

    assertThat(isWaiting(resume("bert"))).isTrue();
    assertThat(core.state().halt()).isNotNull();
  }

  @Test
  void aHaltAndADisarmNeverWait() {
    halt();
    assertThat(core.state().halt()).isNotNull();

    assertThat(answer(core.step(new Message.Disarm("anna"))))
        .isEqualTo(new CommandResult(true, "disarmed"));
  }

  @Test
  void arming() {
    core.keysChecked(false);

    assertThat(isWaiting(core.step(new Message.Arm("anna")))).isTrue();
    assertThat(core.state().armed()).isFalse();
    assertThat(answer(core.step(new Message.Arm("bert"))).text()).isEqualTo("armed");
    assertThat(core.state().armed()).isTrue();
  }

  @Test
  void aProcessThatTakesOverKnowsWhatWaitsButNotWhatWasToBeArmed() {
    core.keysChecked(false);
    halt();
    resume("anna");
    core.step(new Message.Arm("anna"));

    core.restart();
    core.keysChecked(false);

    assertThat(isWaiting(core.step(new Message.Arm("bert")))).isTrue();
    assertThat(answer(resume("bert")).text()).isEqualTo("resumed");
  }

  @Test
  void bothMustSayTheSameOfAQuarantinedOrder() {
    UUID order = quarantined();
    settle(order, "OABCDE-ABCDE-ABCDEF", "anna");
    assertThat(core.orderState(order)).isInstanceOf(OrderState.Quarantined.class);

    Step other = settle(order, "", "bert");

    assertThat(isWaiting(other)).as("another finding is another wish").isTrue();
    assertThat(core.orderState(order)).isInstanceOf(OrderState.Quarantined.class);
    assertThat(answer(settle(order, "", "anna")).text()).isEqualTo("settled");
    assertThat(core.facts(ConductFact.OrderSettled.class)).hasSize(1);
  }

  private Step settle(UUID order, String txid, String actor) {
    return core.step(new Message.Settle(order, txid, actor, "looked at Kraken"));
  }

  private UUID quarantined() {
    UUID order = core.inDoubt();
    core.write(new Fact.OrderQuarantined(order, core.lastIntent().signalId(), "a test"));
    return order;
  }
}
