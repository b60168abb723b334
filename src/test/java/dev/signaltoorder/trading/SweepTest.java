package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What a halt of CANCEL_ALL cancels: entries, and stops and exits only when it is told to. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class SweepTest {
  private static final Sweep STOPS = new Sweep(true, false);
  private static final Sweep EXITS = new Sweep(false, true);

  @Test
  void anExitThatRestsStaysUnlessTheHaltSaysOtherwise() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID exit = restingExit(core);
    core.arrives(
        "entry",
        "body",
        Samples.signal(Action.BUY, "other", "ETH/USD", "50", core.now()),
        Samples.market(Samples.ETH, core.now(), core.id()));
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OETH"));
    core.forgetEffects();

    core.step(new Message.Halt("CANCEL_ALL", "anna", "news"));
    core.tick();
    assertThat(core.effects(Effect.Cancel.class)).containsExactly(new Effect.Cancel(entry, "OETH"));
    Step told = core.step(new Message.Halt("CANCEL_ALL", "anna", "out", EXITS));
    core.forgetEffects();
    core.tick();

    assertThat(told.answer()).isEqualTo(new CommandResult(true, "halted: CANCEL_ALL with exits"));
    assertThat(core.effects(Effect.Cancel.class)).containsExactly(new Effect.Cancel(exit, "OEXIT"));
  }

  @Test
  void aStopStaysUnlessTheHaltSaysOtherwise() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID stop = guarded(core);
    core.forgetEffects();

    core.step(new Message.Halt("CANCEL_ALL", "anna", "news", EXITS));
    core.pass(Duration.ofSeconds(3));
    assertThat(core.effects(Effect.Cancel.class)).isEmpty();
    core.step(new Message.Halt("CANCEL_ALL", "anna", "all out", STOPS));
    core.tick();

    assertThat(core.effects(Effect.Cancel.class)).containsExactly(new Effect.Cancel(stop, "OSTOP"));
    assertThat(Halts.what(core.state().halt())).isEqualTo("CANCEL_ALL with stops and exits");
  }

  @Test
  void aStopThatAHaltCancelledIsNotPlacedAgainBeforeAResumeAndThenAtOnce() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID stop = guarded(core);
    core.step(new Message.Halt("CANCEL_ALL", "anna", "all out", STOPS));
    core.tick();
    core.forgetEffects();

    core.followed(Samples.info("OSTOP", stop.toString(), "canceled", "0", "0", "0.0009998"));
    core.pass(Duration.ofMinutes(2));
    core.restart();
    core.keysChecked(false);
    core.pass(Duration.ofMinutes(2));

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.effects(Effect.Amend.class)).isEmpty();
    assertThat(core.effects(Effect.Alarm.class))
        .as("whoever comes later is told that the position has no stop")
        .anyMatch(alarm -> alarm.text().contains("halted (CANCEL_ALL with stops) by anna"));
    core.step(new Message.Resume("anna", "over"));
    assertThat(core.effects(Effect.SendOrder.class)).hasSize(1);
    assertThat(core.last(Effect.SendOrder.class).request().orderType()).isEqualTo("stop-loss");
  }

  @Test
  void aStopThatIsBeingCancelledIsNotChanged() {
    CoreUnderTest core = CoreUnderTest.serving();
    guarded(core);
    UUID more = core.open();
    core.step(new Message.Halt("CANCEL_ALL", "anna", "all out", STOPS));
    core.forgetEffects();

    core.followed(Samples.info("OABC", more.toString(), "closed", "0.00099980", "50010.0"));
    core.pass(Duration.ofSeconds(3));

    assertThat(core.effects(Effect.Amend.class)).isEmpty();
  }

  @Test
  void whatAHaltSweepsIsNotLiftedByANarrowerOneOnlyByAResume() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.step(new Message.Halt("CANCEL_ALL", "anna", "all out", STOPS));

    core.step(new Message.Halt("ALL", "bert", "news"));
    assertThat(core.state().halt())
        .isEqualTo(new Fact.TradingHalted("CANCEL_ALL", "bert", "news", STOPS));
    core.step(new Message.Resume("anna", "over"));
    core.step(new Message.Halt("CANCEL_ALL", "anna", "again"));

    assertThat(core.state().halt().sweep()).isEqualTo(Sweep.ENTRIES);
  }

  @Test
  void aRehearsalForetellsWhatSuchAHaltCancels() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID stop = guarded(core);
    UUID entry = core.open();

    core.step(new Message.RehearseHalt("CANCEL_ALL", "anna", "drill"));
    assertThat(rehearsed(core).canceled()).containsExactly(entry);
    assertThat(rehearsed(core).kept()).containsExactly(stop);
    Step step = core.step(new Message.RehearseHalt("CANCEL_ALL", "anna", "drill", STOPS));

    assertThat(rehearsed(core).canceled()).containsExactly(stop, entry);
    assertThat(rehearsed(core).sweep()).isEqualTo(STOPS);
    assertThat(String.valueOf(step.answer())).contains("A halt of CANCEL_ALL with stops would");
    assertThat(core.state().halt()).isNull();
  }

  private static ConductFact.HaltRehearsed rehearsed(CoreUnderTest core) {
    return core.facts(ConductFact.HaltRehearsed.class).getLast();
  }

  /** Sells a part of a position without a stop; rests as OEXIT. */
  private static UUID restingExit(CoreUnderTest core) {
    core.holding();
    core.arrives(
        "exit",
        "body",
        Samples.signal(Action.SELL, "breakout", "BTC/USD", "20", core.now()),
        core.freshMarket());
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    UUID exit = core.lastIntent().orderId();
    core.addOrder(exit, new AddOrderVerdict.Placed("OEXIT"));
    return exit;
  }

  /** Bought, and its stop rests as OSTOP. */
  private static UUID guarded(CoreUnderTest core) {
    core.arrives(
        "entry",
        "body",
        Samples.protectedBy(core.signal(Action.BUY), new BigDecimal("49000.0"), List.of()),
        core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", "0.0009998", "50010.0"));
    UUID stop = core.lastIntent().orderId();
    core.addOrder(stop, new AddOrderVerdict.Placed("OSTOP"));
    return stop;
  }
}
