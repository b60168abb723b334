package dev.signaltoorder.access;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Every bad line of the users file at once. No users file at all is allowed and closes every door
 * that needs a role: nothing can be read, armed or changed then.
 */
@ApplicationScoped
class UsersFileCheck implements ConfigurationCheck {
  static final String NAME = "signal-to-order.users-file";

  private static final Logger LOG = Logger.getLogger(UsersFileCheck.class);

  private final AccessSettings settings;

  UsersFileCheck(AccessSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    if (settings.usersFile().isEmpty()) {
      LOG.warnf(
          "%s is not set: nobody can sign in to the report, the console or the operations", NAME);
      return List.of();
    }
    Path file;
    try {
      file = Path.of(settings.usersFile().get());
    } catch (InvalidPathException e) {
      return List.of(
          new ConfigurationProblem(NAME, "is no path on this system", "a readable file's path"));
    }
    return UsersFile.read(file).problems().stream()
        .map(problem -> new ConfigurationProblem(NAME, problem, UsersFile.LINE_FORM))
        .toList();
  }
}
