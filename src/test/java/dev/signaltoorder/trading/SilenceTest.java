package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source that should send and does not is told of, once, until it sends again. */
class SilenceTest {

  private static CoreUnderTest expecting(Duration longest) {
    return CoreUnderTest.serving(
        Samples.ruleSet(Samples.generousRules("GTC")),
        CorePolicy.standard().expecting(Map.of("demo", longest)));
  }

  @Test
  void afterItsTimeItAlarmsOnceAndIsAFact() {
    CoreUnderTest core = expecting(Duration.ofMinutes(30));
    Instant heard = core.now();
    core.arrives(Action.BUY);
    core.forgetEffects();

    core.stepClock(Duration.ofMinutes(30));
    core.tick();
    assertThat(core.facts(ConductFact.SourceSilent.class)).isEmpty();
    core.stepClock(Duration.ofMillis(1));
    core.tick();
    core.stepClock(Duration.ofHours(5));
    core.tick();

    assertThat(core.facts(ConductFact.SourceSilent.class))
        .containsExactly(new ConductFact.SourceSilent("demo", heard, 1800));
    assertThat(core.effects(Effect.Alarm.class))
        .extracting(Effect.Alarm::text)
        .containsExactly(
            "the source demo has sent no signal for 30 minutes; its last one came at " + heard);
    assertThat(core.state().track().senders().silent()).containsExactly("demo");
  }

  @Test
  void onceItSendsAgainItsNextSilenceIsToldAnew() {
    CoreUnderTest core = expecting(Duration.ofSeconds(90));
    core.stepClock(Duration.ofSeconds(91));
    core.tick();

    core.arrives(Action.BUY);
    assertThat(core.state().track().senders().silent()).isEmpty();
    core.stepClock(Duration.ofSeconds(91));
    core.tick();

    assertThat(core.facts(ConductFact.SourceSilent.class)).hasSize(2);
    assertThat(core.facts(ConductFact.SourceSilent.class).getFirst().lastAt()).isNull();
    assertThat(core.effects(Effect.Alarm.class).getFirst().text())
        .isEqualTo("the source demo has sent no signal for 90 s; its last one came never");
  }

  @Test
  void whatCouldNotBeReceivedWhileNobodyServedIsNoSilence() {
    CoreUnderTest core = expecting(Duration.ofMinutes(10));
    core.arrives(Action.BUY);
    core.stepClock(Duration.ofHours(3));

    core.restart();
    core.tick();

    assertThat(core.facts(ConductFact.SourceSilent.class)).isEmpty();
  }

  @Test
  void aSourceThatMayBeSilentIsLeftAlone() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.stepClock(Duration.ofDays(30));

    core.tick();

    assertThat(core.facts(ConductFact.SourceSilent.class)).isEmpty();
  }
}
