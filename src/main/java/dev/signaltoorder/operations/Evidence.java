package dev.signaltoorder.operations;

import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.EvidenceConfig;
import dev.signaltoorder.journal.EvidenceReader;
import dev.signaltoorder.journal.EvidenceSettings;
import dev.signaltoorder.journal.JournalExport;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Puts the journal's signed checkpoints and its export together, and starts the former. */
@Singleton
class Evidence {

  @Produces
  @Singleton
  Checkpointing checkpointing(DataSource dataSource, EvidenceConfig config) {
    return Checkpointing.of(dataSource, EvidenceSettings.read(config));
  }

  @Produces
  @Singleton
  JournalExport export(DataSource dataSource, EvidenceConfig config, Checkpointing checkpointing) {
    return new JournalExport(
        dataSource, EvidenceSettings.read(config).originPrefix(), checkpointing::verifier);
  }

  @Produces
  @Singleton
  EvidenceReader reader(DataSource dataSource) {
    return new EvidenceReader(dataSource);
  }

  /** After the migrations (priority 2). */
  void start(@Observes @Priority(4) StartupEvent event, Checkpointing checkpointing) {
    checkpointing.start();
  }

  /** While the database can still be reached. */
  void stop(@Observes ShutdownEvent event, Checkpointing checkpointing) {
    checkpointing.stop();
  }
}
