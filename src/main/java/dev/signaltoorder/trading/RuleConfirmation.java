package dev.signaltoorder.trading;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.List;

/**
 * Whether a second operator must confirm rules that may let more through.
 *
 * @param required for loosening; tightening never waits
 * @param within how long a proposal can be confirmed
 */
public record RuleConfirmation(boolean required, Duration within) {
  private static final String PREFIX = "signal-to-order.rules.";
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(7);

  /** Reads it; adds what is wrong to {@code problems}. */
  public static RuleConfirmation read(
      TradingConfig.Rules config, List<ConfigurationProblem> problems) {
    String required = config.confirmLoosening().strip();
    if (!required.equals("true") && !required.equals("false")) {
      problems.add(
          new ConfigurationProblem(
              PREFIX + "confirm-loosening", "\"" + required + "\" is neither", "true or false"));
    }
    Duration within = within(config.confirmWithin().strip(), problems);
    // Anything but a clear "false" asks for the second operator.
    return new RuleConfirmation(!required.equals("false"), within);
  }

  private static Duration within(String text, List<ConfigurationProblem> problems) {
    try {
      Duration value = DurationConverter.parseDuration(text);
      if (value != null && value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0) {
        return value;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Listed below like a value out of range.
    }
    problems.add(
        new ConfigurationProblem(
            PREFIX + "confirm-within",
            "\"" + text + "\" is no usable duration",
            "1m to 7d, for example 1h"));
    return LEAST;
  }
}
