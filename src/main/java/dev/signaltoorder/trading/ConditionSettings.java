package dev.signaltoorder.trading;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@link TradingConfig.Conditions}. */
final class ConditionSettings {
  private static final String PREFIX = "signal-to-order.conditions.";
  private static final Pattern ASSET = Pattern.compile("[A-Z0-9]{2,10}");

  private final List<ConfigurationProblem> problems;

  private ConditionSettings(List<ConfigurationProblem> problems) {
    this.problems = problems;
  }

  /** Never throws for a wrong value. */
  static ConditionPolicy read(
      TradingConfig.Conditions config, List<ConfigurationProblem> problems) {
    return new ConditionSettings(problems).read(config);
  }

  private ConditionPolicy read(TradingConfig.Conditions config) {
    Map<String, BigDecimal> minDepth = new TreeMap<>();
    config.minDepth().forEach((asset, text) -> depth(asset, text, minDepth));
    ConditionPolicy policy =
        new ConditionPolicy(
            number("max-spread-bps", config.maxSpreadBps(), "1", "5000", "basis points"),
            minDepth,
            number("max-move-per-minute", config.maxMovePerMinute(), "0.1", "50", "per cent"),
            duration("calm-for", config.calmFor(), 1_000, 3_600_000),
            number("tighten-stops-to", config.tightenStopsTo(), "0.1", "50", "per cent"),
            flag(config.pauseEntriesInSpike().strip()),
            duration("spike-fresh-for", config.spikeFreshFor(), 200, 2_000));
    if (config.tightenStopsTo().isPresent()
        && config.maxSpreadBps().isEmpty()
        && config.minDepth().isEmpty()) {
      problem("tighten-stops-to", "no market can be thin", "with max-spread-bps or min-depth");
    }
    if (policy.pauseInSpike() && config.maxMovePerMinute().isEmpty()) {
      problem("pause-entries-in-spike", "no market can spike", "with max-move-per-minute");
    }
    return policy;
  }

  private void depth(String asset, String text, Map<String, BigDecimal> minDepth) {
    String name = "min-depth." + asset;
    if (!ASSET.matcher(asset).matches()) {
      problem(name, "\"" + asset + "\" is no quote asset", "as in BTC/USD, for example USD");
    }
    BigDecimal value = number(name, Optional.of(text), "1", "1000000000", "units of it");
    if (value != null) {
      minDepth.put(asset, value);
    }
  }

  private boolean flag(String text) {
    if (!Set.of("true", "false").contains(text)) {
      problem("pause-entries-in-spike", "\"" + text + "\" is not known", "true or false");
    }
    return text.equals("true");
  }

  private @Nullable BigDecimal number(
      String name, Optional<String> text, String least, String most, String unit) {
    if (text.isEmpty()) {
      return null;
    }
    String allowed = unit + ", " + least + " to " + most;
    try {
      BigDecimal value = new BigDecimal(text.get().strip());
      if (value.compareTo(new BigDecimal(least)) >= 0
          && value.compareTo(new BigDecimal(most)) <= 0) {
        return value;
      }
      problem(name, value + " is out of range", allowed);
    } catch (NumberFormatException e) {
      problem(name, "\"" + text.get() + "\" is no number", allowed);
    }
    return null;
  }

  private Duration duration(String name, String text, long leastMs, long mostMs) {
    String allowed = "a duration of " + leastMs + "ms to " + mostMs + "ms, for example 2s";
    try {
      Duration value = DurationConverter.parseDuration(text.strip());
      if (value != null && value.toMillis() >= leastMs && value.toMillis() <= mostMs) {
        return value;
      }
      problem(name, "\"" + text + "\" is out of range", allowed);
    } catch (IllegalArgumentException | ArithmeticException e) {
      problem(name, "\"" + text + "\" is not a duration", allowed);
    }
    return Duration.ofMillis(mostMs);
  }

  private void problem(String name, String problem, String allowed) {
    problems.add(new ConfigurationProblem(PREFIX + name, problem, allowed));
  }
}
