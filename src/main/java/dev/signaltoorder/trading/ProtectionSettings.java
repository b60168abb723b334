package dev.signaltoorder.trading;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@link TradingConfig.Protection}. */
final class ProtectionSettings {
  private static final String PREFIX = "signal-to-order.protection.";
  private static final int MOST_ATTEMPTS = 10;

  private ProtectionSettings() {}

  /** Never throws for a wrong value. */
  static ProtectionPolicy read(
      TradingConfig.Protection config, List<ConfigurationProblem> problems) {
    String what = config.ifImpossible().strip();
    if (!Set.of("alarm", "close").contains(what)) {
      problems.add(
          new ConfigurationProblem(
              PREFIX + "if-impossible", "\"" + what + "\" is not known", "alarm or close"));
    }
    int attempts = config.attempts();
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      problems.add(
          new ConfigurationProblem(
              PREFIX + "attempts", attempts + " is out of range", "1 to " + MOST_ATTEMPTS));
    }
    return new ProtectionPolicy(
        what.equals("close"),
        attempts,
        percent("break-even-after", config.breakEvenAfter(), "100", problems),
        percent("trail-by", config.trailBy(), "50", problems));
  }

  private static @Nullable BigDecimal percent(
      String name, Optional<String> text, String most, List<ConfigurationProblem> problems) {
    if (text.isEmpty() || text.get().isBlank()) {
      return null;
    }
    String allowed = "per cent, 0.1 to " + most + ", for example 2.5";
    try {
      BigDecimal value = new BigDecimal(text.get().strip());
      if (value.compareTo(new BigDecimal("0.1")) >= 0
          && value.compareTo(new BigDecimal(most)) <= 0) {
        return value;
      }
      problems.add(new ConfigurationProblem(PREFIX + name, value + " is out of range", allowed));
    } catch (NumberFormatException e) {
      problems.add(
          new ConfigurationProblem(PREFIX + name, "\"" + text.get() + "\" is no number", allowed));
    }
    return null;
  }
}
