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
class NamedTls {
  private final TlsConfig config;

  NamedTls(Config config) {
    this.config = config.unwrap(SmallRyeConfig.class).getConfigMapping(TlsConfig.class);
  }

  boolean isKnown(String name) {
    return of(name).isPresent();
  }

  /** Whether it says whose certificates are good. */
  boolean hasAuthorities(String name) {
    return of(name).flatMap(TlsBucketConfig::trustStore).isPresent();
  }

  private Optional<TlsBucketConfig> of(String name) {
    // Asked for a name that it does not have, the map gives one of defaults.
    return config.namedCertificateConfig().containsKey(name)
        ? Optional.ofNullable(config.namedCertificateConfig().get(name))
        : Optional.empty();
  }
}
