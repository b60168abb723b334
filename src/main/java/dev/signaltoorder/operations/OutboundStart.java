package dev.signaltoorder.operations;

import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.LogStatus;
import dev.signaltoorder.outbound.Outbound;
import dev.signaltoorder.outbound.OutboundConfig;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Puts together what goes out to others, and looks every second whether there is something. */
@Singleton
class OutboundStart {

  @Produces
  @Singleton
  Outbound outbound(
      OutboundConfig config,
      DataSource dataSource,
      Instance<ReactiveMailer> mailer,
      Checkpointing checkpointing,
      Clock clock) {
    return new Outbound(
        config,
        dataSource,
        UUID.randomUUID(),
        mailer::get,
        () -> contradictions(checkpointing),
        clock);
  }

  private static Map<String, String> contradictions(Checkpointing checkpointing) {
    Map<String, String> found = new HashMap<>(checkpointing.report().contradictions());
    for (LogStatus log : checkpointing.status()) {
      if (log.contradiction() != null) {
        found.put(log.account(), log.contradiction());
      }
    }
    return found;
  }

  /** While the database can still be reached. */
  void stop(@Observes ShutdownEvent event, Outbound outbound) {
    outbound.close();
  }

  @Singleton
  static class Clockwork {
    private final Outbound outbound;

    Clockwork(Outbound outbound) {
      this.outbound = outbound;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
      outbound.tick();
    }
  }
}
