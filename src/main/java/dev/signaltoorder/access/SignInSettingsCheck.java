package dev.signaltoorder.access;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Client certificates need TLS that ends here and the authorities whose certificates are good: with
 * neither the switch would only seem to be on.
 */
@ApplicationScoped
class SignInSettingsCheck implements ConfigurationCheck {
  static final String CERTIFICATES = "signal-to-order.client-certificates";
  static final String METRICS = "signal-to-order.metrics-sign-in";

  private static final String TLS = "quarkus.http.tls-configuration-name";

  private final SignInSettings settings;
  private final Optional<String> tls;
  private final Predicate<String> hasAuthorities;

  @Inject
  SignInSettingsCheck(
      SignInSettings settings, @ConfigProperty(name = TLS) Optional<String> tls, NamedTls named) {
    this(settings, tls, named::hasAuthorities);
  }

  /**
   * @param hasAuthorities whether the TLS configuration of a name says whose certificates are good
   */
  SignInSettingsCheck(
      SignInSettings settings, Optional<String> tls, Predicate<String> hasAuthorities) {
    this.settings = settings;
    this.tls = tls;
    this.hasAuthorities = hasAuthorities;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    List<ConfigurationProblem> problems = new ArrayList<>();
    checkSwitch(CERTIFICATES, settings.clientCertificates(), problems);
    checkSwitch(METRICS, settings.metricsSignIn(), problems);
    if (Switch.isOn(settings.clientCertificates()) && !tls.filter(hasAuthorities).isPresent()) {
      problems.add(
          new ConfigurationProblem(
              CERTIFICATES,
              tls.isEmpty()
                  ? TLS + " is not set: without TLS here there are no certificates"
                  : "quarkus.tls." + tls.get() + ".trust-store.* does not say whose are good",
              "false, or TLS here with the authorities of client certificates"));
    }
    return problems;
  }

  private static void checkSwitch(String name, String value, List<ConfigurationProblem> problems) {
    String stripped = value.strip();
    if (!stripped.equals("true") && !stripped.equals("false")) {
      problems.add(
          new ConfigurationProblem(name, "\"" + stripped + "\" is neither", "true or false"));
    }
  }
}
