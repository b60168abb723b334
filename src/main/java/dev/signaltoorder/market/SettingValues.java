package dev.signaltoorder.market;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads configured texts and collects what is wrong; never throws for a value. */
final class SettingValues {

  private final String prefix;
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  SettingValues(String prefix) {
    this.prefix = prefix;
  }

  List<ConfigurationProblem> problems() {
    return List.copyOf(problems);
  }

  void problem(String name, String problem, String allowed) {
    problems.add(new ConfigurationProblem(prefix + name, problem, allowed));
  }

  Duration duration(
      String name, Optional<String> text, Duration absent, Duration least, Duration most) {
    if (text.isEmpty()) {
      return absent;
    }
    String allowed = "a duration from " + least.toSeconds() + "s to " + most.toSeconds() + "s";
    try {
      Duration value = DurationConverter.parseDuration(text.get().strip());
      if (value != null && value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return value;
      }
      problem(name, "\"" + text.get() + "\" is out of range", allowed);
    } catch (RuntimeException malformed) {
      problem(name, "\"" + text.get() + "\" is no duration", allowed);
    }
    return absent;
  }

  int number(String name, Optional<String> text, int absent, int least, int most) {
    if (text.isEmpty()) {
      return absent;
    }
    String allowed = "a whole number from " + least + " to " + most;
    try {
      int value = Integer.parseInt(text.get().strip());
      if (value >= least && value <= most) {
        return value;
      }
      problem(name, "\"" + text.get() + "\" is out of range", allowed);
    } catch (NumberFormatException malformed) {
      problem(name, "\"" + text.get() + "\" is no number", allowed);
    }
    return absent;
  }

  List<String> names(String name, Optional<String> text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> names = Arrays.stream(text.get().split(",", -1)).map(String::strip).toList();
    if (names.contains("")) {
      problem(name, "has an empty name", "names of pairs, comma separated");
    }
    return names.stream().filter(entry -> !entry.isEmpty()).distinct().toList();
  }
}
