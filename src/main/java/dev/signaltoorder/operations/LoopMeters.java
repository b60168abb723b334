package dev.signaltoorder.operations;

import dev.signaltoorder.trading.Fact;
import dev.signaltoorder.trading.LoopObserver;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** How fast the loops decide and commit, and how often they alarm. */
@Singleton
class LoopMeters implements LoopObserver {
  private static final String PREFIX = "signal.to.order.";
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry meters;
  private final Clock clock;

  LoopMeters(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** Registers an account's meters before anything happened, so that alerts have a beginning. */
  void known(String account) {
    commit(account);
    batch(account);
    decision(account, true);
    decision(account, false);
    meters.counter(PREFIX + "alarms", "account", account);
  }

  @Override
  public void committed(String account, List<Fact> facts, long nanos) {
    commit(account).record(Duration.ofNanos(nanos));
    batch(account).record(facts.size());
    for (Fact fact : facts) {
      if (fact instanceof Fact.SignalDecided decided) {
        decision(account, decided.decision().approved())
            .record(Duration.between(decided.input().receivedAt(), clock.instant()));
      }
    }
  }

  @Override
  public void alarmed(String account) {
    meters.counter(PREFIX + "alarms", "account", account).increment();
  }

  private Timer commit(String account) {
    return Timer.builder(PREFIX + "commit")
        .description("Time of one commit of facts")
        .tag("account", account)
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }

  private DistributionSummary batch(String account) {
    return DistributionSummary.builder(PREFIX + "commit.facts")
        .description("Facts in one commit")
        .tag("account", account)
        .register(meters);
  }

  private Timer decision(String account, boolean approved) {
    return Timer.builder(PREFIX + "decision")
        .description("From the arrival of a signal to its committed decision")
        .tag("account", account)
        .tag("approved", Boolean.toString(approved))
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }
}
