package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Names a value of {@code signal-to-order.migration} that is none. */
@ApplicationScoped
class MigrationConfigCheck implements ConfigurationCheck {
  static final List<String> ALLOWED = List.of("at-start", "only", "elsewhere");

  private final MigrationConfig config;

  MigrationConfigCheck(MigrationConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    String value = config.migration().strip();
    return ALLOWED.contains(value)
        ? List.of()
        : List.of(
            new ConfigurationProblem(
                "signal-to-order.migration",
                "\"" + value + "\" is not known",
                String.join(", ", ALLOWED)));
  }
}
