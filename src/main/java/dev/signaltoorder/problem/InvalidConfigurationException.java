package dev.signaltoorder.problem;

import java.util.List;
import java.util.stream.Collectors;

/** The start was refused because of the configuration. Its message lists every problem. */
public final class InvalidConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigurationProblem> problems;

  /** Of at least one problem. */
  public InvalidConfigurationException(List<ConfigurationProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "configuration: " + problem.line())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All of them. */
  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
