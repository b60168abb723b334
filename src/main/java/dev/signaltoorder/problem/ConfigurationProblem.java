package dev.signaltoorder.problem;

/**
 * One wrong or missing configuration value.
 *
 * @param name the configuration name, "signal-to-order.sources.demo.auth"
 * @param problem what is wrong with its value
 * @param allowed what is allowed
 */
public record ConfigurationProblem(String name, String problem, String allowed) {

  /** One line for the log. */
  public String line() {
    return name + ": " + problem + "; allowed: " + allowed;
  }
}
