package dev.signaltoorder.kraken;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** The addresses from the configuration. */
@ApplicationScoped
@DefaultBean
class ConfiguredFeedUrls implements KrakenFeedUrls {

  private final KrakenConfig config;

  ConfiguredFeedUrls(KrakenConfig config) {
    this.config = config;
  }

  @Override
  public Optional<URI> publicUrl() {
    return KrakenSettings.of(config).wsUrl();
  }

  @Override
  public Optional<URI> privateUrl() {
    return KrakenSettings.of(config).wsAuthUrl();
  }
}
