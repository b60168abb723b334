package dev.signaltoorder.journal;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Names a folder of archives that cannot be one. One that is only not there is said and stops
 * nothing: trading must not wait for a disk with old answers.
 */
@ApplicationScoped
class ArchiveConfigCheck implements ConfigurationCheck {
  private static final Logger LOG = Logger.getLogger(ArchiveConfigCheck.class);
  private static final String NAME = "signal-to-order.archive-folder";

  private final ArchiveConfig config;

  ArchiveConfigCheck(ArchiveConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    String text = config.archiveFolder().orElse("");
    if (text.isBlank()) {
      return List.of();
    }
    Optional<Path> folder = ArchiveFolder.path(text);
    if (folder.isEmpty()) {
      return List.of(
          new ConfigurationProblem(NAME, "is no path on this system", "the path of a folder"));
    }
    if (!Files.isDirectory(folder.get()) || !Files.isReadable(folder.get())) {
      LOG.warnf("%s: %s is no folder that can be read now", NAME, folder.get());
    }
    return List.of();
  }
}
