package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks every {@link ConfigurationCheck} before anything else starts. Any problem stops the start;
 * the program then says all of them, one line each, and ends with exit code 1.
 */
@ApplicationScoped
class StartupChecks {
  private static final Logger LOG = Logger.getLogger(StartupChecks.class);

  private final List<ConfigurationCheck> checks;

  StartupChecks(@All List<ConfigurationCheck> checks) {
    this.checks = checks;
  }

  // The first of all observers, so that nothing meets a value that was not checked.
  void onStart(@Observes @Priority(1) StartupEvent event) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (ConfigurationCheck check : checks) {
      problems.addAll(check.problems());
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    LOG.debugf("%d configuration checks found nothing wrong", checks.size());
  }
}
