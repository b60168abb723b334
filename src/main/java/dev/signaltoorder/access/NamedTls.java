package dev.signaltoorder.access;

import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Which TLS configurations there are, {@code quarkus.tls.<name>}. Taken from the settings: Quarkus'
 * own registry may not be there yet when checks of the configuration are asked.
 */
@Singleton
public class NamedTls {
  private final TlsConfig config;

  NamedTls(Config config) {
    this.config = config.unwrap(SmallRyeConfig.class).getConfigMapping(TlsConfig.class);
  }

  boolean isKnown(String name) {
    return of(config, name).isPresent();
  }

  /** Whether it says whose certificates are good. */
  boolean hasAuthorities(String name) {
    return of(config, name).flatMap(TlsBucketConfig::trustStore).isPresent();
  }

  /** The configuration of that name, if there is one: the map itself has one for every name. */
  public static Optional<TlsBucketConfig> of(TlsConfig config, String name) {
    // Asked for a name that it does not have, it gives one of defaults.
    return config.namedCertificateConfig().containsKey(name)
        ? Optional.ofNullable(config.namedCertificateConfig().get(name))
        : Optional.empty();
  }
}
