package dev.signaltoorder.operations;

import dev.signaltoorder.journal.CheckpointKey;
import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.EvidenceConfig;
import dev.signaltoorder.journal.EvidenceSettings;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.trading.Message;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks at the file of the checkpoint key every few seconds, by content. A key that is there at two
 * looks one after the other replaces the one in use; whatever is wrong with a new file, the old key
 * goes on signing.
 */
@Singleton
class CheckpointKeyWatch {
  private static final Logger LOG = Logger.getLogger(CheckpointKeyWatch.class);

  private final EvidenceConfig config;
  private final Checkpointing checkpointing;
  private final Journals journals;
  private String seen = "";
  private String problem = "";
  private boolean told;

  CheckpointKeyWatch(EvidenceConfig config, Checkpointing checkpointing, Journals journals) {
    this.config = config;
    this.checkpointing = checkpointing;
    this.journals = journals;
  }

  @Scheduled(
      identity = "checkpoint-key-file",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    Optional<String> inUse = checkpointing.keyFingerprint();
    if (inUse.isEmpty()) {
      return;
    }
    List<ConfigurationProblem> problems = new ArrayList<>();
    Optional<CheckpointKey> found = EvidenceSettings.key(config, problems);
    if (found.isEmpty()) {
      unusable(problems);
      return;
    }
    problem = "";
    told = false;
    String fingerprint = found.get().fingerprint();
    boolean same = fingerprint.equals(inUse.get());
    if (!same && fingerprint.equals(seen)) {
      checkpointing.replaceKey(
          found.get(), (from, to) -> journals.tell(new Message.CheckpointKeyReplaced(from, to)));
    }
    seen = same ? "" : fingerprint;
  }

  /** A file is replaced in a moment; only what stays wrong is wrong. */
  private void unusable(List<ConfigurationProblem> problems) {
    String now =
        problems.stream().map(ConfigurationProblem::line).collect(Collectors.joining("; "));
    if (now.equals(problem) && !told) {
      told = true;
      LOG.errorf("ALARM: %s. Checkpoints are signed with the key that was read before", now);
    }
    problem = now;
    seen = "";
  }
}
