package dev.signaltoorder.kraken;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Lists what is wrong with {@link KrakenConfig}. */
@ApplicationScoped
class KrakenConfigCheck implements ConfigurationCheck {

  private final KrakenConfig config;

  KrakenConfigCheck(KrakenConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    List<ConfigurationProblem> problems = new ArrayList<>();
    KrakenSettings.read(config, problems);
    return problems;
  }
}
