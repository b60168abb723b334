package dev.signaltoorder.outbound;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lists what is wrong with notifications and feed. */
@ApplicationScoped
class OutboundConfigCheck implements ConfigurationCheck {
  private final OutboundConfig config;

  OutboundConfigCheck(OutboundConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return OutboundSettings.read(config).problems();
  }
}
