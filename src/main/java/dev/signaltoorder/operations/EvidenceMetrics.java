package dev.signaltoorder.operations;

import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.EvidenceConfig;
import dev.signaltoorder.journal.LogStatus;
import dev.signaltoorder.trading.Accounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** How far the journal is signed, and whether the database or the report contradicts it. */
@Singleton
class EvidenceMetrics {

  /** Registers the gauges; without a key nothing is signed, and nothing has an age. */
  void register(
      @Observes StartupEvent event,
      Accounts accounts,
      Checkpointing checkpointing,
      EvidenceConfig config,
      MeterRegistry meters) {
    for (String account : accounts.names()) {
      Gauge.builder(
              "signal_to_order_contradicted", () -> isContradicted(checkpointing, account) ? 1 : 0)
          .tag("account", account)
          .register(meters);
      Gauge.builder(
              "signal_to_order_journal_facts",
              () -> of(checkpointing, account).map(LogStatus::facts).orElse(0L))
          .tag("account", account)
          .register(meters);
      if (config.checkpointKeyFile().isPresent()) {
        Waiting waiting = new Waiting();
        Gauge.builder(
                "signal_to_order_checkpoint_age_seconds",
                () -> of(checkpointing, account).map(waiting::seconds).orElse(0.0))
            .description("For how long facts have waited for a signature and none was made")
            .tag("account", account)
            .register(meters);
      }
    }
  }

  /** By what was signed or read before, or by the report. */
  private static boolean isContradicted(Checkpointing checkpointing, String account) {
    return checkpointing.report().contradictions().containsKey(account)
        || of(checkpointing, account).filter(log -> log.contradiction() != null).isPresent();
  }

  private static Optional<LogStatus> of(Checkpointing checkpointing, String account) {
    return checkpointing.status().stream().filter(s -> s.account().equals(account)).findFirst();
  }

  /** Since when signatures stand still, as seen by whoever asks. */
  private static final class Waiting {
    private long signed = -1;
    private long goodNanos = System.nanoTime();

    synchronized double seconds(LogStatus log) {
      long now = System.nanoTime();
      if (log.signedFacts() != signed || log.signedFacts() >= log.facts()) {
        goodNanos = now;
      }
      signed = log.signedFacts();
      return (now - goodNanos) / 1e9;
    }
  }
}
