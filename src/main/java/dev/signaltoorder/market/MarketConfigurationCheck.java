package dev.signaltoorder.market;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Checks {@code signal-to-order.market.*}. */
@ApplicationScoped
class MarketConfigurationCheck implements ConfigurationCheck {

  private final MarketConfig config;

  MarketConfigurationCheck(MarketConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return MarketSettings.read(config).problems();
  }
}
