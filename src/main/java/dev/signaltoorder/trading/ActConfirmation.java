package dev.signaltoorder.trading;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which acts of an operator wait until another operator does the same.
 *
 * @param acts those; none by default
 * @param within how long the other one has
 */
public record ActConfirmation(Set<Act> acts, Duration within) {
  /** Every operator acts alone. */
  public static final ActConfirmation NONE = new ActConfirmation(Set.of(), Duration.ofMinutes(15));

  private static final String PREFIX = "signal-to-order.operations.";
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(1);

  /** What can wait. A halt cannot: whoever sees a reason to stop stops. */
  public enum Act {
    /** Trading goes on after a halt. */
    RESUME,
    /** An account may place live orders. */
    ARM,
    /** A quarantined order is said to be this one at Kraken, or none. */
    SETTLE
  }

  public ActConfirmation {
    acts = Set.copyOf(acts);
  }

  /** Reads it; adds what is wrong to {@code problems}. */
  static ActConfirmation read(
      TradingConfig.Operations config, List<ConfigurationProblem> problems) {
    Set<Act> acts = EnumSet.noneOf(Act.class);
    for (String word : config.secondOperator().orElse(List.of())) {
      Optional<Act> act = act(word.strip());
      act.ifPresent(acts::add);
      if (act.isEmpty()) {
        problems.add(
            new ConfigurationProblem(
                PREFIX + "second-operator",
                "\"" + word.strip() + "\" is no act that can wait",
                words() + ", with commas"));
      }
    }
    return new ActConfirmation(acts, within(config.confirmWithin().strip(), problems));
  }

  private static Optional<Act> act(String word) {
    return Arrays.stream(Act.values()).filter(act -> word(act).equals(word)).findFirst();
  }

  private static String word(Act act) {
    return act.name().toLowerCase(Locale.ROOT);
  }

  private static String words() {
    return Arrays.stream(Act.values()).map(ActConfirmation::word).collect(Collectors.joining(", "));
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
            "1m to 1d, for example 15m"));
    return LEAST;
  }
}
