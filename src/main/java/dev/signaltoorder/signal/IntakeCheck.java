package dev.signaltoorder.signal;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.inject.Singleton;
import java.util.List;

/** Checks the settings of the intake as a whole. */
@Singleton
class IntakeCheck implements ConfigurationCheck {
  private final IntakeConfig config;

  IntakeCheck(IntakeConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    if (SourceReader.readRate(config.addressRateLimit()).isPresent()) {
      return List.of();
    }
    return List.of(
        new ConfigurationProblem(
            "signal-to-order.webhooks.address-rate-limit",
            "is no usable number",
            "deliveries a minute, 1 to 100000"));
  }
}
