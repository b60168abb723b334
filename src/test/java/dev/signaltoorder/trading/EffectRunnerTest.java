package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Formatter;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes to the log when the effects of a step are let go. */
class EffectRunnerTest {
  private final AtomicInteger alarms = new AtomicInteger();
  private final EffectRunner effects =
      new EffectRunner(
          new PromptKraken(Clock.systemUTC()).open(),
          new NoMarkets(),
          new SendGate(System::nanoTime, java.time.Duration.ofSeconds(1)),
          Clock.systemUTC(),
          message -> {},
          alarms::incrementAndGet);
  private final Listening log = new Listening();

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(log);
  }

  @Test
  void anAlarmNamesTheSignalThatItsStepIsAboutAndIsCounted() {
    UUID signalId = UUID.randomUUID();
    Step step = new Step(new AccountState());
    step.record(new Fact.SignalInvalid(signalId, "demo", "msg_1", "00", Instant.EPOCH, List.of()));
    step.effect(new Effect.Alarm("look here"));

    effects.release(step);
    Step other = new Step(new AccountState());
    other.effect(new Effect.Alarm("and there"));
    effects.release(other);

    assertThat(log.lines)
        .containsExactly("ALARM: look here of " + signalId, "ALARM: and there of null");
    assertThat(alarms).hasValue(2);
  }

  private static final class NoMarkets implements Markets {
    @Override
    public MarketView now(String pair) {
      throw new UnsupportedOperationException(pair);
    }

    @Override
    public void refresh(String pair, java.util.function.Consumer<MarketView> done) {
      throw new UnsupportedOperationException(pair);
    }
  }

  private static final class Listening extends ExtHandler {
    private static final Formatter TEXT = new PatternFormatter("%s");

    private final List<String> lines = new ArrayList<>();

    @Override
    protected void doPublish(ExtLogRecord entry) {
      if (entry.getLoggerName().equals(EffectRunner.class.getName())) {
        lines.add(TEXT.format(entry) + " of " + entry.getMdc("signalId"));
      }
    }
  }
}
