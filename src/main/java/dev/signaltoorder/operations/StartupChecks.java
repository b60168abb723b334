package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.arc.All;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks every {@link ConfigurationCheck} before anything else starts. Any problem stops the start
 * with exit code 1, and the problems, one line each, are the last thing the process says.
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
      throw refusal(problems);
    }
    LOG.debugf("%d configuration checks found nothing wrong", checks.size());
  }

  /**
   * Quarkus prints this exception's message to standard error, without a stack trace, and ends the
   * process with its exit code.
   */
  private static PreventFurtherStepsException refusal(List<ConfigurationProblem> problems) {
    String lines =
        problems.stream()
            .map(problem -> "configuration: " + problem.line())
            .collect(Collectors.joining(System.lineSeparator()));
    return new PreventFurtherStepsException(
        "not started, "
            + problems.size()
            + " configuration problem(s):"
            + System.lineSeparator()
            + lines,
        1);
  }
}
