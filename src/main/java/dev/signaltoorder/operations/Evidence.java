package dev.signaltoorder.operations;

import dev.signaltoorder.journal.ArchiveConfig;
import dev.signaltoorder.journal.ArchiveFolder;
import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.EvidenceConfig;
import dev.signaltoorder.journal.EvidenceReader;
import dev.signaltoorder.journal.EvidenceSettings;
import dev.signaltoorder.journal.JournalExport;
import dev.signaltoorder.journal.MovedFacts;
import dev.signaltoorder.journal.SummaryCheck;
import dev.signaltoorder.trading.SignalFold;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/**
 * Puts the journal's signed checkpoints, its export and the check of the report together, and
 * starts the first.
 */
@Singleton
class Evidence {

  @Produces
  @Singleton
  SummaryCheck summaryCheck(DataSource dataSource) {
    return new SummaryCheck(dataSource, new SignalFold());
  }

  @Produces
  @Singleton
  Checkpointing checkpointing(DataSource dataSource, EvidenceConfig config, SummaryCheck report) {
    return Checkpointing.of(dataSource, EvidenceSettings.read(config), report);
  }

  @Produces
  @Singleton
  ArchiveFolder archives(ArchiveConfig config) {
    return ArchiveFolder.of(config);
  }

  @Produces
  @Singleton
  MovedFacts movedFacts(DataSource dataSource, ArchiveFolder archives) {
    return new MovedFacts(dataSource, archives);
  }

  @Produces
  @Singleton
  JournalExport export(
      DataSource dataSource,
      EvidenceConfig config,
      Checkpointing checkpointing,
      ArchiveFolder archives) {
    return new JournalExport(
        dataSource,
        EvidenceSettings.read(config).originPrefix(),
        checkpointing::verifier,
        archives);
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
