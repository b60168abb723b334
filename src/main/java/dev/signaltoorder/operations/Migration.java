package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import dev.signaltoorder.problem.NothingMoreToDoException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/**
 * Brings the database up to date, after the configuration was found good and before anything uses
 * it. Not Quarkus' own migration at start: that runs before any check could speak, and a database
 * that is a few seconds late would end the process with a stack trace.
 */
@ApplicationScoped
class Migration {
  private static final Logger LOG = Logger.getLogger(Migration.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Flyway flyway;
  private final MigrationHistory history;
  private final MigrationConfig config;

  Migration(Flyway flyway, MigrationHistory history, MigrationConfig config) {
    this.flyway = flyway;
    this.history = history;
    this.config = config;
  }

  void onStart(@Observes @Priority(2) StartupEvent event) throws InterruptedException {
    switch (config.migration().strip()) {
      case "elsewhere" -> awaitMigrated();
      case "only" -> {
        migrate();
        throw new NothingMoreToDoException("the database is up to date");
      }
      default -> {
        if (!history.isComplete()) {
          migrate();
        }
      }
    }
  }

  /** Somebody else migrates: waits until nothing is missing, however long that takes. */
  private void awaitMigrated() throws InterruptedException {
    String said = "";
    while (true) {
      String missing = missing();
      if (missing.isEmpty()) {
        return;
      }
      if (!missing.equals(said)) {
        LOG.infof("waiting for the migration of the database: %s", missing);
        said = missing;
      }
      Thread.sleep(PAUSE);
    }
  }

  private String missing() {
    try {
      MigrationInfo[] pending = flyway.info().pending();
      return pending.length == 0 ? "" : "version " + pending[0].getVersion() + " is missing";
    } catch (FlywayException e) {
      return firstLine(e);
    }
  }

  private void migrate() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (System.nanoTime() > until) {
          throw new InvalidConfigurationException(
              List.of(
                  new ConfigurationProblem(
                      "quarkus.datasource and quarkus.flyway",
                      "the database cannot be migrated: " + firstLine(e),
                      "a PostgreSQL that answers, and a role that owns the schema")));
        }
        LOG.warnf("waiting for the database: %s", firstLine(e));
        Thread.sleep(PAUSE);
      }
    }
  }

  private static String firstLine(FlywayException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.lines().findFirst().orElse("no reason given");
  }
}
