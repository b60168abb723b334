package dev.signaltoorder.journal;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Lists what is wrong with the settings of signed checkpoints, and says what is given up without
 * them: it is allowed, and it weakens every later proof.
 */
@ApplicationScoped
class EvidenceConfigCheck implements ConfigurationCheck {
  private static final Logger LOG = Logger.getLogger(EvidenceConfigCheck.class);

  private final EvidenceConfig config;

  EvidenceConfigCheck(EvidenceConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    if (config.checkpointKeyFile().isEmpty()) {
      LOG.warn(
          "signal-to-order.checkpoint-key-file is not set: checkpoints are not signed,"
              + " nobody will be able to prove that the journal was not rewritten");
    } else if (config.checkpointFile().isEmpty()) {
      LOG.warn(
          "signal-to-order.checkpoint-file is not set: signed checkpoints are kept in the database"
              + " and in the log only");
    }
    return EvidenceSettings.read(config).problems();
  }
}
