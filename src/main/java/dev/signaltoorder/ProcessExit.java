package dev.signaltoorder;

import dev.signaltoorder.problem.InvalidConfigurationException;
import dev.signaltoorder.problem.NothingMoreToDoException;
import io.quarkus.runtime.QuarkusBindException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process, after everything was stopped: what went wrong is the last thing it says,
 * and a wrong configuration is said without a stack trace, which would only hide it.
 */
final class ProcessExit implements BiConsumer<Integer, @Nullable Throwable> {
  private static final Logger LOG = Logger.getLogger(ProcessExit.class);

  @Override
  public void accept(Integer exitCode, @Nullable Throwable failure) {
    if (failure != null) {
      Optional<NothingMoreToDoException> done = cause(failure, NothingMoreToDoException.class);
      if (done.isPresent()) {
        LOG.info(done.get().getMessage());
        System.exit(0);
      }
      report(failure);
    }
    System.exit(exitCode);
  }

  private static void report(Throwable failure) {
    Optional<InvalidConfigurationException> configuration =
        cause(failure, InvalidConfigurationException.class);
    Optional<QuarkusBindException> ports = cause(failure, QuarkusBindException.class);
    if (configuration.isPresent()) {
      LOG.errorf("not started: %d problems", configuration.get().problems().size());
      configuration
          .get()
          .problems()
          .forEach(problem -> LOG.errorf("configuration: %s", problem.line()));
    } else if (ports.isPresent()) {
      LOG.errorf("not started: a port is in use: %s", ports.get().getMessage());
    } else {
      LOG.error("not started", failure);
    }
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
