package dev.signaltoorder.trading;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lists what is wrong with mode, accounts, rules and order times. */
@ApplicationScoped
class TradingConfigCheck implements ConfigurationCheck {
  private final TradingConfig config;

  TradingConfigCheck(TradingConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return TradingSettings.read(config).problems();
  }
}
