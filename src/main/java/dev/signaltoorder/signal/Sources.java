package dev.signaltoorder.signal;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configured sources, read once at start, and the check of their configuration. */
@Singleton
class Sources implements ConfigurationCheck {
  private final Map<String, WebhookSource> byName = new TreeMap<>();
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  Sources(SourcesConfig config, AccountNames accounts, Clock clock) {
    // In the order of their names, so that the same mistakes always print the same list.
    new TreeMap<>(config.sources())
        .forEach(
            (name, configured) -> {
              SourceReader reader = new SourceReader(name, configured, accounts.names(), clock);
              reader.read().ifPresent(source -> byName.put(name, source));
              problems.addAll(reader.problems());
            });
  }

  /** The source of that name; empty for unknown ones and for such with a wrong configuration. */
  Optional<WebhookSource> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them that are usable. */
  Collection<WebhookSource> all() {
    return List.copyOf(byName.values());
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return List.copyOf(problems);
  }
}
