package dev.signaltoorder.problem;

import java.util.List;

/**
 * Checks one package's configuration at start. All checks run; all their problems are listed; any
 * problem stops the start.
 */
public interface ConfigurationCheck {

  /**
   * What is wrong, empty when nothing is. Never throws for a wrong value, never repeats a secret.
   */
  List<ConfigurationProblem> problems();
}
