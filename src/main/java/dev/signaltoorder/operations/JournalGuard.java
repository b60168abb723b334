package dev.signaltoorder.operations;

import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import dev.signaltoorder.trading.TradingConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The journal is append-only because the service's own database role can do no more. In live mode a
 * role that could change it stops the start; elsewhere it is said.
 */
@ApplicationScoped
class JournalGuard {
  private static final Logger LOG = Logger.getLogger(JournalGuard.class);
  private static final String NAME = "quarkus.datasource.username";
  private static final String ALLOWED =
      "a role with SELECT and INSERT only, beside the owner in quarkus.flyway.username"
          + " (deploy/sql/roles.sql makes both)";

  private final Journal journal;
  private final TradingConfig config;

  JournalGuard(Journal journal, TradingConfig config) {
    this.journal = journal;
    this.config = config;
  }

  /** After the migrations (priority 2): they make the table and its grants. */
  void onStart(@Observes @Priority(3) StartupEvent event) {
    if (!journal.isChangeableByThisRole()) {
      return;
    }
    ConfigurationProblem problem =
        new ConfigurationProblem(NAME, "this database role can change the journal", ALLOWED);
    if (config.mode().strip().equals("live")) {
      throw new InvalidConfigurationException(List.of(problem));
    }
    LOG.warn(problem.line());
  }
}
