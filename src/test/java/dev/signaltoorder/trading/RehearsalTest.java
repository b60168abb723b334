package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.signal.Action;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A halt that is only rehearsed says what it would do, and does none of it. */
class RehearsalTest {

  @Test
  void nothingIsHaltedAndTheRehearsalIsAFactWithItsActor() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID open = core.open();
    core.forgetEffects();

    Step step = core.step(new Message.RehearseHalt("CANCEL_ALL", "anna", "the yearly drill"));

    assertThat(CoreUnderTest.kinds(step)).isEqualTo("halt-rehearsed");
    assertThat(core.facts(ConductFact.HaltRehearsed.class))
        .containsExactly(
            new ConductFact.HaltRehearsed(
                "CANCEL_ALL",
                "anna",
                "the yearly drill",
                List.of(),
                List.of(open),
                List.of(),
                0,
                Sweep.ENTRIES));
    assertThat(core.effects(Effect.class)).isEmpty();
    assertThat(core.state().halt()).isNull();
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void itNamesWhatIsHeldBackWhatIsCancelledAndWhatStays() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID open = core.open();
    UUID unsent = core.intended();

    assertThat(rehearsed(core, "CANCEL_ALL").heldBack()).containsExactly(unsent);
    assertThat(rehearsed(core, "CANCEL_ALL").canceled()).containsExactly(open);
    assertThat(rehearsed(core, "ALL").canceled()).isEmpty();
    assertThat(rehearsed(core, "ALL").kept()).containsExactly(open);
    Step step = core.step(new Message.RehearseHalt("ALL", "anna", "drill"));
    assertThat(String.valueOf(step.answer()))
        .contains("nothing was halted. A halt of ALL would refuse every order;")
        .contains("unless already begun: 1 [" + unsent, "left as they are: 1 [" + open);
  }

  @Test
  void aHaltOfEntriesWouldNotHoldBackASell() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    core.arrives(Action.CLOSE);
    UUID sell = core.lastIntent().orderId();

    assertThat(rehearsed(core, "ENTRIES").heldBack()).isEmpty();
    assertThat(rehearsed(core, "ENTRIES").kept()).containsExactly(sell);
    assertThat(rehearsed(core, "ALL").heldBack()).containsExactly(sell);
  }

  @Test
  void whatItForetellsIsWhatTheHaltDoes() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.open();
    List<UUID> foretold = rehearsed(core, "CANCEL_ALL").canceled();
    core.forgetEffects();

    core.step(new Message.Halt("CANCEL_ALL", "anna", "now for real"));
    core.tick();

    assertThat(core.effects(Effect.Cancel.class))
        .extracting(Effect.Cancel::orderId)
        .containsExactlyElementsOf(foretold);
  }

  @Test
  void aWiderHaltThatIsInForceIsWhatIsRehearsed() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.step(new Message.Halt("ALL", "anna", "news"));

    assertThat(rehearsed(core, "ENTRIES").scope()).isEqualTo("ALL");
  }

  private static ConductFact.HaltRehearsed rehearsed(CoreUnderTest core, String scope) {
    core.step(new Message.RehearseHalt(scope, "anna", "drill"));
    return core.facts(ConductFact.HaltRehearsed.class).getLast();
  }
}
