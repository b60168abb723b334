package dev.signaltoorder.kraken;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The address from the configuration. */
@ApplicationScoped
@DefaultBean
class ConfiguredRestUrl implements RestUrl {

  private final KrakenConfig config;

  ConfiguredRestUrl(KrakenConfig config) {
    this.config = config;
  }

  @Override
  public URI get() {
    return KrakenSettings.of(config).restUrl();
  }
}
