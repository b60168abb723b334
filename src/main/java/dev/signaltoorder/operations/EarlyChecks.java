package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Quarkus reads the files of TLS before anything of ours is asked, and ends with a stack trace when
 * it cannot. This is asked even earlier, before there is a Vert.x: if something is wrong with those
 * files, all checks speak now instead of later, so that the list of problems is whole.
 */
@Singleton
@Unremovable
class EarlyChecks implements VertxOptionsCustomizer {
  /** One has just spoken; the other asks Kraken, for which there has to be a Vert.x. */
  static final Set<Class<?>> LATER = Set.of(TlsCheck.class, KnownPairs.class);

  private final TlsCheck tls;
  private final List<InstanceHandle<ConfigurationCheck>> checks;

  EarlyChecks(TlsCheck tls, @All List<InstanceHandle<ConfigurationCheck>> checks) {
    this.tls = tls;
    this.checks = checks;
  }

  /**
   * @throws InvalidConfigurationException if the files of TLS cannot be used
   */
  @Override
  public void accept(VertxOptions options) {
    List<ConfigurationProblem> problems = new ArrayList<>(tls.problems());
    if (problems.isEmpty()) {
      return;
    }
    for (InstanceHandle<ConfigurationCheck> check : checks) {
      if (!LATER.contains(check.getBean().getBeanClass())) {
        problems.addAll(check.get().problems());
      }
    }
    throw new InvalidConfigurationException(problems);
  }
}
